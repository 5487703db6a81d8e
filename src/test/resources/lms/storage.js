// LTI Client Side postMessages 0.1 and Platform Storage 0.1, as far as a tool can see them; and what may go wrong.
(function () {
  "use strict";

  var own = document.currentScript.dataset;
  var toolOrigin = own.tool || new URLSearchParams(location.search).get("tool");
  var kept = {};

  function answerTo(message, origin) {
    var answer = { subject: message.subject + ".response", message_id: message.message_id };
    if (origin !== toolOrigin) {
      answer.error = { code: "wrong_origin", message: "No tool is launched from there" };
    } else if (!message.message_id) {
      answer.error = { code: "bad_request", message: "message_id is missing" };
    } else if (own.part === "failing") {
      answer.error = { code: "storage_exhaustion", message: "There is no room left" };
    } else if (message.subject === "lti.capabilities") {
      answer.supported_messages = ["lti.capabilities", "lti.put_data", "lti.get_data"].map(function (subject) {
        return window.name ? { subject: subject, frame: window.name } : { subject: subject };
      });
    } else if (!message.key) {
      answer.error = { code: "bad_request", message: "key is missing" };
    } else if (message.subject === "lti.put_data") {
      if (message.value === null || message.value === undefined) {
        delete kept[message.key];
      } else {
        kept[message.key] = String(message.value);
      }
      answer.key = message.key;
      answer.value = message.value;
    } else if (message.subject === "lti.get_data") {
      answer.key = message.key;
      answer.value = kept[message.key] === undefined ? null : kept[message.key];
    } else {
      answer.error = { code: "unsupported_subject", message: "Only put_data, get_data and capabilities" };
    }
    return answer;
  }

  window.addEventListener("message", function (event) {
    var message = event.data;
    if (own.part === "impostor") {
      // What the true keeper would say, said by somebody else.
      window.parent.frames.tool.postMessage(message, "*");
    } else if (message && String(message.subject).indexOf("lti.") === 0) {
      var answer = answerTo(message, event.origin);
      if (own.part === "misled") {
        window.frames.impostor.postMessage(answer, "*");
      } else {
        event.source.postMessage(answer, event.origin);
      }
    }
  });
})();
