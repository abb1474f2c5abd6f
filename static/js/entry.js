// The page of a day, or of a check-in: a press is 15 minutes of sleep. Without this the hours are typed. (What is typed is kept by
// drafts.js.)
"use strict";

(() => {
  const form = document.querySelector("[data-entry]");
  if (!form) return;

  for (const stepper of form.querySelectorAll("[data-stepper]")) {
    const field = stepper.querySelector("input");
    for (const button of stepper.querySelectorAll("button[data-minutes]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const now = minutesFrom(field.value);
        // A blank starts where yesterday was; what cannot be read stays for the person to mend.
        if (now === null) return;
        const start = Math.round(Number(stepper.dataset.start) * 60);
        const next = Number.isNaN(now) ? start : now + Number(button.dataset.minutes);
        field.value = hoursText(Math.min(Math.max(next, 0), 24 * 60));
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
  }

  // From bed to waking up, as it is typed. (The journal works it out itself, with the nights in which clocks change.)
  const said = form.querySelector("[data-night]");
  const [bed, wake] = ["bed_time", "wake_time"].map((name) => form.elements[name]);
  const minutes = (field) => {
    const found = /^(\d{1,2}):(\d{2})/.exec(field.value);
    return found ? Number(found[1]) * 60 + Number(found[2]) : NaN;
  };
  const night = () => {
    const between = (minutes(wake) - minutes(bed) + 24 * 60) % (24 * 60);
    said.textContent = between ? `${hoursText(between)} from bed to waking up` : "";
  };
  for (const field of said ? [bed, wake] : []) field.addEventListener("input", night);
  if (said) night();

  // Minutes in "7 h 30", "7:30", "7.5" or "7,5"; NaN for a blank, null for anything else.
  function minutesFrom(text) {
    const typed = text.trim();
    if (!typed) return NaN;
    const clock = /^(\d{1,2})\s*(?:h|:|hours?)\s*(?:(\d{1,2})\s*(?:m|min|minutes)?)?$/i.exec(typed);
    if (clock) return Number(clock[1]) * 60 + Number(clock[2] || 0);
    const number = /^\d{1,2}(?:[.,]\d{1,2})?$/.test(typed) ? Number(typed.replace(",", ".")) : null;
    return number === null ? null : Math.round(number * 60);
  }

  function hoursText(minutes) {
    const rest = minutes % 60;
    return `${Math.floor(minutes / 60)} h${rest ? ` ${String(rest).padStart(2, "0")}` : ""}`;
  }
})();
