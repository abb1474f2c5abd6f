// "Same as yesterday" at once: fills what is blank, and marks it until somebody touches it. And the writing prompts.
// Without this the button asks the server to do the same.
"use strict";
{
  const form = document.querySelector("[data-entry]");
  const carried = form.elements.carried;
  let names = new Set();
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

  // What the page or a draft says is carried is drawn so.
  const read = () => {
    names = new Set(carried.value.split(" ").filter(Boolean));
    for (const place of form.querySelectorAll("[data-carry]")) {
      const fields = Array.from(place.querySelectorAll("input"));
      const here = names.has(fields[0].name);
      for (const field of fields) field.classList.toggle("is-carried", here && field.type === "radio" && field.checked);
      note(place, here);
    }
  };

  const note = (place, on) => {
    const word = (place.closest(".field") || place).querySelector("[data-carried-note]");
    if (word) word.hidden = !on;
  };

  // What was touched is the person's own, whatever it is.
  const touched = (event) => {
    if (event.target === carried) return read();
    if (!names.delete(event.target.name)) return;
    for (const radio of form.querySelectorAll(`.is-carried[name="${CSS.escape(event.target.name)}"]`)) {
      radio.classList.remove("is-carried");
    }
    note(event.target.closest("[data-carry], .field") || form, false);
    keepNames();
  };
  form.addEventListener("input", touched);
  read();
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
}
