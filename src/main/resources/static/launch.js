// Finds out whose browser this is where cookies may not come back inside a frame of the platform:
// LTI Platform Storage 0.1. Before the login a secret is put into the platform's frame, after it the secret is read there.
(function () {
  "use strict";

  var PATIENCE_MS = 1500;
  var page = document.getElementById("main");
  var platform = window.parent === window ? window.opener : window.parent;
  var over = false;

  // The frame that keeps data: the platform's window itself, or one beside us that the login named.
  function storageFrame() {
    if (!platform || page.dataset.frame === "_parent") {
      return platform;
    }
    try {
      return platform.frames[page.dataset.frame] || platform;
    } catch (noSuchFrame) {
      return platform;
    }
  }

  // Asks the frame, and believes nobody but that frame on that origin, answering this very message.
  function ask(subject, more) {
    return new Promise(function (answered) {
      var frame = storageFrame();
      if (!frame) {
        answered(null);
        return;
      }
      var message = Object.assign({ subject: subject, message_id: newId(), key: page.dataset.key }, more);
      window.addEventListener("message", function (event) {
        var answer = event.data;
        if (event.source === frame && event.origin === page.dataset.origin && answer
            && answer.message_id === message.message_id && answer.subject === subject + ".response") {
          answered(answer.error ? null : answer);
        }
      });
      frame.postMessage(message, page.dataset.origin);
    });
  }

  function newId() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), function (byte) {
      return byte.toString(16).padStart(2, "0");
    }).join("");
  }

  function once(act) {
    return function () {
      if (!over) {
        over = true;
        act();
      }
    };
  }

  var giveUp = once(function () {
    document.getElementById("opening").hidden = true;
    var help = document.getElementById(window.parent === window ? "no-cookies" : "own-tab");
    help.hidden = false;
    document.title = help.querySelector("h1").textContent;
    page.focus();
  });

  function cookieCameBack() {
    return fetch(page.dataset.cookie, { credentials: "same-origin", cache: "no-store" })
      .then(function (response) { return response.text(); })
      .then(function (text) { return text === "yes"; })
      .catch(function () { return false; });
  }

  function beforeLogin() {
    var goOn = once(function () { window.location.replace(page.dataset.next); });
    var kept = ask("lti.put_data", { value: page.dataset.value }).then(function (answer) { return answer !== null; });
    var ways = [cookieCameBack(), kept].map(function (way) {
      return way.then(function (works) {
        if (works) {
          goOn();
        }
      });
    });
    Promise.all(ways).then(giveUp);
  }

  function afterLogin() {
    var form = document.getElementById("proof");
    ask("lti.get_data", {}).then(function (answer) {
      if (answer && typeof answer.value === "string" && answer.value !== "") {
        once(function () {
          form.elements.proof.value = answer.value;
          form.submit();
        })();
      } else {
        giveUp();
      }
    });
  }

  window.setTimeout(giveUp, PATIENCE_MS);
  if (page.dataset.step === "put") {
    beforeLogin();
  } else {
    afterLogin();
  }
})();
