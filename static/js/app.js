// Script that every page loads. Everything works without it; it only makes things quicker.
"use strict";

// Help without a connection: a service worker keeps a copy of the help page, and nothing else. Asked for on every page,
// because signing out clears the device, the worker included. (It exists on https and on localhost only.)
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js").catch(() => {});
}

// That copy, when it stands in for a page that could not be loaded, says for which, and what else could be kept here.
const noConnection = document.getElementById("no-connection");
if (noConnection && !location.pathname.startsWith(noConnection.dataset.copyOf)) {
  const { pathname } = location;
  const ofPlan = /^\/care\/(safety-plan\/(edit\/)?|people\/)$/.test(pathname);
  const place = pathname.startsWith("/help-now/") ? "help" : ofPlan ? "plan" : "page";
  for (const said of noConnection.querySelectorAll("[data-no-connection]")) {
    said.hidden = said.dataset.noConnection !== place;
  }
  for (const offered of noConnection.querySelectorAll("[data-not-kept]")) {
    device.keeps(`${offered.dataset.notKept}-`).then((kept) => {
      offered.hidden = kept;
    });
  }
  noConnection.hidden = false;
}
device.offerPlan(document);

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
