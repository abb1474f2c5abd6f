// The page of a day: "same as yesterday" at once, a press is 15 minutes of sleep, the save bar says when something is not
// saved yet, and the browser asks before that is lost. Without this the page's buttons and Save do the same.
"use strict";

(() => {
  const form = document.querySelector("[data-entry]");
  if (!form) return;

  const state = document.getElementById("savebar-state");
  const atFirst = state?.textContent;
  const written = () => new URLSearchParams(new FormData(form)).toString();
  // What was refused is shown again and is not saved either.
  const stored = form.dataset.entry === "unsaved" ? null : written();

  // The browser's own question. Only while something is unsaved: with it, a page cannot be kept for the Back button.
  const ask = (event) => event.preventDefault();
  const changed = () => {
    const unsaved = written() !== stored;
    if (state) state.textContent = unsaved ? "Not saved yet" : atFirst;
    if (unsaved) window.addEventListener("beforeunload", ask);
    else window.removeEventListener("beforeunload", ask);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => window.removeEventListener("beforeunload", ask));
  if (stored === null) changed();

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

  // -- same as yesterday: fills what is blank, and marks it until somebody touches it -------------------------------

  const carried = form.elements.carried;
  const names = new Set(carried.value.split(" ").filter(Boolean));
  const keepNames = () => {
    carried.value = [...names].join(" ");
  };

  const fill = () => {
    let filled = 0;
    for (const place of form.querySelectorAll("[data-carry]")) {
      const fields = Array.from(place.querySelectorAll("input"));
      const radios = fields.filter((field) => field.type === "radio");
      const name = fields[0].name;
      if (radios.length ? radios.some((radio) => radio.checked && radio.value) : fields[0].value.trim()) continue;
      const wanted = radios.find((radio) => radio.value === place.dataset.carry);
      if (wanted) {
        wanted.checked = true;
        wanted.classList.add("is-carried");
      } else if (radios.length) continue;
      else fields[0].value = place.dataset.carry;
      names.add(name);
      note(place, true);
      filled += 1;
    }
    keepNames();
    return filled;
  };

  const note = (place, on) => {
    const word = (place.closest(".field") || place).querySelector("[data-carried-note]");
    if (word) word.hidden = !on;
  };

  // What was touched is the person's own, whatever it is.
  const touched = (event) => {
    if (!names.delete(event.target.name)) return;
    for (const radio of form.querySelectorAll(`.is-carried[name="${CSS.escape(event.target.name)}"]`)) {
      radio.classList.remove("is-carried");
    }
    note(event.target.closest("[data-carry], .field") || form, false);
    keepNames();
  };
  form.addEventListener("input", touched);
  // Tapped again, a carried rating is looked at, and meant.
  form.addEventListener("click", (event) => {
    if (event.target.type === "radio" && event.isTrusted) touched(event);
  });

  const same = form.querySelector("[data-same]");
  same?.addEventListener("click", (event) => {
    event.preventDefault();
    const filled = fill();
    const day = same.textContent.replace(/^Same as /, "").trim();
    form.querySelector("[data-same-said]").textContent = filled
      ? `${filled} filled in from ${day}, not saved yet. Change what was different.`
      : `Nothing was left to fill in from ${day}.`;
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // -- writing prompts ---------------------------------------------------------------------------------------------

  for (const button of form.querySelectorAll("[data-prompt]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const notes = form.elements.notes;
      notes.value = `${notes.value.trimEnd()}${notes.value.trim() ? "\n\n" : ""}${button.dataset.prompt}\n`;
      notes.focus();
      notes.setSelectionRange(notes.value.length, notes.value.length);
      notes.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

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
