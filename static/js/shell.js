// A blank page that this device keeps stands in for the page of any day: the day is in the address. On Today's place it
// lists the last days, as it does in the place of pages that are not kept. (A practice is about the moment in which it is done: its form knows where it goes.)
"use strict";

(() => {
  const KEPT_AT = /^\/(entries|coping)\/offline\//;
  const today = new Date();
  const day = device.dayIn(location.pathname) || today;
  const iso = device.isoDay(day);
  const checkIn = /\/(check-in|now)\/$/.test(location.pathname);

  // Opened at its own address there is a connection, and nothing to say about that.
  const note = document.querySelector("[data-shell]");
  if (KEPT_AT.test(location.pathname)) {
    note.hidden = true;
    note.removeAttribute("data-shell");
    note.setAttribute("data-kept", "");
  }

  const form = document.getElementById("task");
  if (form && !form.matches("[data-practise]")) {
    form.action = `/entries/${iso}/${checkIn ? "check-in/" : ""}`;
    const heading = document.querySelector("[data-day]") || document.querySelector("h1");
    heading.textContent = device.dayName(day);
    document.title = checkIn ? document.title : `${device.dayName(day)} ${day.getFullYear()}`;
  }

  // Of an earlier day the time has to be said.
  const when = document.querySelector(".check-in-when");
  if (when && iso !== device.isoDay(today)) {
    when.open = true;
    document.querySelector("h1").textContent = "How was it?";
  }

  // In the place of a page that is not kept: it says so, and not that it were this one.
  const elsewhere = note.dataset.place && !note.hidden && note.dataset.place !== location.pathname;
  if (elsewhere) {
    document.title = "No connection";
    document.querySelector("h1").textContent = "This page needs a connection";
    note.querySelector("[data-here]").hidden = true;
    note.querySelector("[data-elsewhere]").hidden = false;
  }

  const days = document.querySelector("[data-days]");
  if (!days) return;
  if (!elsewhere) document.querySelector("[data-day]").textContent = device.dayName(today);
  for (let back = 0; back < 7; back += 1) {
    const one = new Date(today.getFullYear(), today.getMonth(), today.getDate() - back);
    const link = document.createElement("a");
    link.className = "open-row";
    link.href = `/entries/${device.isoDay(one)}/`;
    const name = document.createElement("span");
    name.className = "open-main row-title";
    name.textContent = device.dayName(one);
    link.append(name);
    const row = document.createElement("li");
    row.append(link);
    days.append(row);
  }
})();
