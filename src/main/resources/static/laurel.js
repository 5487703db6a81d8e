// Small comforts on top of pages that work without any script.
(function () {
  "use strict";

  // A slider and its number field show the same value; the number field is the one that is sent.
  function pairSliders(root) {
    root.querySelectorAll("input[type=range][data-pair]").forEach(function (slider) {
      var number = document.getElementById(slider.dataset.pair);
      if (!number || slider.dataset.paired) {
        return;
      }
      slider.dataset.paired = "true";
      slider.closest("[hidden]")?.removeAttribute("hidden");
      slider.addEventListener("input", function () {
        number.value = slider.value;
        number.dispatchEvent(new Event("input", { bubbles: true }));
      });
      number.addEventListener("input", function () {
        if (number.value !== "") {
          slider.value = number.value;
        }
      });
    });
  }

  // What is wrong is read out and reached at once.
  function showErrors() {
    var summary = document.getElementById("error-summary");
    if (summary) {
      summary.focus();
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
    }
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
    });
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

  pairSliders(document);
  showErrors();
  document.addEventListener("htmx:afterSettle", function (event) {
    pairSliders(event.target);
  });
})();
