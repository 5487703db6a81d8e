// Tells the LMS that registering is done, so that it closes this frame or window; not before it could be read.
(function () {
  "use strict";

  var SECONDS = 6;
  var platform = window.opener || (window.parent === window ? null : window.parent);
  if (!platform) {
    return;
  }
  function close() {
    // Any origin: the message says nothing but that we are done, and the LMS's page may be at another address than its services.
    platform.postMessage({ subject: "org.imsglobal.lti.close" }, "*");
  }
  var timer = window.setTimeout(close, SECONDS * 1000);
  document.getElementById("closing").hidden = false;
  document.getElementById("close-now").addEventListener("click", function () {
    window.clearTimeout(timer);
    close();
  });
  document.getElementById("stay").addEventListener("click", function () {
    window.clearTimeout(timer);
    document.getElementById("countdown").hidden = true;
    this.hidden = true;
  });
})();
