// Small comforts on top of pages that work without any script.
(function () {
  "use strict";

  // A slider and its number field show the same value; the number field is the one that is sent.
  function pairSliders(root) {
    root.querySelectorAll("input[type=range][data-pair]").forEach(function (slider) {
      var number = document.getElementById(slider.dataset.pair);
      var unit = document.querySelector("select[data-unit-of='" + slider.dataset.pair + "']");
      if (!number || slider.dataset.paired) {
        return;
      }
      slider.dataset.paired = "true";
      if (unit && slider.dataset.most) {
        // 80 % of 50 points stays the same demand when it is said in points: 40.
        unit.addEventListener("change", function () {
          var most = Number(slider.dataset.most);
          var value = Number(number.value.replace(",", "."));
          var inPoints = unit.value === "POINTS";
          slider.max = inPoints ? most : 100;
          if (value > 0) {
            var said = inPoints ? (value * most) / 100 : (value * 100) / most;
            number.value = String(Math.round(said * 100) / 100);
            slider.value = number.value;
          }
        });
      }
      slider.addEventListener("input", function () {
        number.value = slider.value;
        number.dispatchEvent(new Event("input", { bubbles: true }));
      });
      number.addEventListener("input", function () {
        if (number.value !== "") {
          slider.value = number.value.replace(",", ".");
        }
      });
    });
  }

  // Said before five megabytes travel for nothing.
  function checkPictures(root) {
    root.querySelectorAll("input[type=file][data-most-bytes]").forEach(function (input) {
      input.addEventListener("change", function () {
        var file = input.files[0];
        var tooLarge = file && file.size > Number(input.dataset.mostBytes);
        input.setCustomValidity(tooLarge ? input.dataset.tooLarge : "");
        if (tooLarge) {
          input.value = "";
          input.reportValidity();
          input.setCustomValidity("");
        }
      });
    });
  }

  // A file can be dropped where it can be chosen; the field is what is sent.
  function takeDrops(root) {
    root.querySelectorAll("[data-drop]").forEach(function (zone) {
      var input = document.getElementById(zone.dataset.drop);
      ["dragenter", "dragover", "dragleave", "drop"].forEach(function (kind) {
        zone.addEventListener(kind, function (event) {
          event.preventDefault();
          zone.classList.toggle("over", kind === "dragenter" || kind === "dragover");
        });
      });
      zone.addEventListener("drop", function (event) {
        if (event.dataTransfer && event.dataTransfer.files.length === 1) {
          input.files = event.dataTransfer.files;
          input.dispatchEvent(new Event("change", { bubbles: true }));
          input.focus();
        }
      });
    });
  }

  // What only makes sense with, or without, this script.
  function fit(root) {
    root.querySelectorAll(".needs-script").forEach(function (element) {
      element.hidden = false;
    });
    root.querySelectorAll("button[data-copy][hidden]").forEach(function (button) {
      if (navigator.clipboard) {
        button.hidden = false;
      }
    });
    root.querySelectorAll(".needs-no-script").forEach(function (element) {
      element.hidden = true;
    });
  }

  // What is wrong is read out and reached at once.
  function showErrors() {
    var summary = document.getElementById("error-summary");
    // Browsers do not follow autofocus inside a frame of another site.
    var next = summary || document.querySelector("[autofocus]");
    if (next) {
      next.focus();
    }
  }

  // An answer that the person has just given goes on its way without another press.
  function sendAnswer() {
    var form = document.querySelector("form[data-send-now]");
    if (form) {
      form.submit();
    }
  }

  // A second press of the same button must not send the form again.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (form.method === "post" && !form.hasAttribute("hx-post")) {
      form.dataset.sent = "true";
      if (form.target === "_blank") {
        // Its page stays, and the button may be wanted again later.
        window.setTimeout(function () {
          delete form.dataset.sent;
        }, 2000);
      }
    }
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
    });
  });

  // What is asked in another window shows here as soon as it is done there.
  document.addEventListener("submit", function (event) {
    var ticket = event.target.querySelector("input[data-act]");
    if (!ticket || event.defaultPrevented) {
      return;
    }
    var after = event.target.dataset.after;
    var number = ticket.dataset.act;
    var left = 600;
    function look() {
      fetch("/acts/" + number, { credentials: "same-origin" })
        .then(function (answer) {
          return answer.ok ? answer.text() : "gone";
        })
        .then(function (state) {
          if (state === "done") {
            window.location.assign(after);
          } else if (state === "waiting" && left > 0) {
            left -= 1;
            window.setTimeout(look, 1000);
          }
        })
        .catch(function () {});
    }
    window.setTimeout(function () {
      look();
      // A ticket opens one window; the next press needs another.
      ticket.dispatchEvent(new Event("used"));
    }, 1000);
  });

  // Nothing is gained by copying by hand.
  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-copy]");
    if (!button || !navigator.clipboard) {
      return;
    }
    var source = document.getElementById(button.dataset.copy);
    navigator.clipboard.writeText(source.value || source.textContent).then(function () {
      document.getElementById("status").textContent = button.dataset.copied;
    });
  });

  fit(document);
  pairSliders(document);
  checkPictures(document);
  takeDrops(document);
  showErrors();
  sendAnswer();
  document.addEventListener("htmx:afterSettle", function (event) {
    pairSliders(event.target);
  });
})();
