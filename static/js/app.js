// Script that every page loads. Everything works without it; it only makes things quicker.
"use strict";

// Help without a connection: a service worker keeps a copy of the help page, and nothing else. Asked for on every page,
// because signing out clears the device, the worker included. (It exists on https and on localhost only.)
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js").catch(() => {});
}

// That copy, when it stands in for a page that could not be loaded, says so.
const noConnection = document.getElementById("no-connection");
if (noConnection && location.pathname !== noConnection.dataset.copyOf) {
  noConnection.hidden = false;
}

// A way from it to the safety plan, where somebody chose to keep that on this device.
const keptPlan = document.getElementById("kept-plan");
if (keptPlan && "caches" in window) {
  caches.keys().then((names) => {
    keptPlan.hidden = !names.some((name) => name.startsWith("plan-"));
  });
}

// "Close" goes back to where the person was, when that was here; else its link leads to Today.
for (const link of document.querySelectorAll("a[data-back]")) {
  link.addEventListener("click", (event) => {
    const from = document.referrer ? new URL(document.referrer) : null;
    if (from && from.origin === location.origin && from.pathname !== location.pathname) {
      event.preventDefault();
      history.back();
    }
  });
}
