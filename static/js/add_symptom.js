// A symptom in a hurry: three letters find it, one tap chooses it, and it is rated without leaving the page. Without this
// the browser suggests names by itself, and Save adds what was written.
"use strict";
{
  const place = document.querySelector("[data-added-symptoms]");
  const data = document.getElementById("known-symptoms-data");
  const known = data ? JSON.parse(data.textContent) : [];
  const MOST = 6;
  const LEAST = 2; // letters; a list of half the alphabet helps nobody
  const key = (text) => text.toLowerCase().replace(/[-_\s]+/g, " ").trim();

  // What fits, names that begin so first.
  const fitting = (typed) => {
    const wanted = key(typed);
    const rank = (one) => {
      if (key(one.name).startsWith(wanted)) return 0;
      const words = ` ${key(`${one.name} ${one.words}`)}`;
      if (words.includes(` ${wanted}`)) return 1;
      return words.includes(wanted) ? 2 : 3;
    };
    const ranked = known.map((one) => [rank(one), one]).filter(([place]) => place < 3);
    return ranked.sort((a, b) => a[0] - b[0]).slice(0, MOST).map(([, one]) => one);
  };

  const line = (name, says) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "add-choice";
    const title = document.createElement("b");
    title.textContent = name;
    button.append(title);
    if (says) {
      const words = document.createElement("span");
      words.className = "quiet";
      words.textContent = says;
      button.append(words);
    }
    item.append(button);
    return item;
  };

  const prepare = (block) => {
    const field = block.querySelector("[data-add-name]");
    const list = block.querySelector("[data-add-found]");
    const says = block.querySelector("[data-add-says]");
    const title = block.querySelector("summary span");
    const hint = says.textContent;
    field.removeAttribute("list"); // its own list would lie over ours

    const show = () => {
      const typed = field.value.trim();
      const found = key(typed).length < LEAST ? [] : fitting(typed);
      const exact = found.some((one) => key(one.name) === key(typed));
      list.replaceChildren(...found.map((one) => line(one.name, one.row ? "On this page already: go there" : one.says)));
      if (key(typed).length >= LEAST && !exact) list.append(line(`Add “${typed}” as mine`, ""));
      list.hidden = !list.children.length;
      says.textContent = list.hidden ? hint : `${found.length} found`;
      found.forEach((one, number) => {
        list.children[number].firstChild.addEventListener("click", () => choose(one.name, one.says, one.row));
      });
      if (list.children.length > found.length) {
        list.lastChild.firstChild.addEventListener("click", () => choose(typed, "", ""));
      }
      title.textContent = typed || "Add a symptom";
    };

    const choose = (name, what, row) => {
      const there = row && document.getElementById(`id_${row}`);
      field.value = there ? "" : name;
      list.hidden = true;
      says.textContent = there ? hint : what || "It becomes your own, on your list from now on.";
      title.textContent = there ? "Add a symptom" : name;
      if (there) {
        block.open = false;
        there.scrollIntoView({ block: "center" });
        there.querySelector("input").focus({ preventScroll: true });
      } else {
        block.querySelector(".add-kind input").focus({ preventScroll: true });
      }
      field.dispatchEvent(new Event("change", { bubbles: true }));
      another.hidden = !isFilled();
    };

    field.addEventListener("input", (event) => {
      if (event.isTrusted) show();
      else title.textContent = field.value.trim() || "Add a symptom"; // put back, not typed: nothing is suggested
      another.hidden = !isFilled();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && !list.hidden) {
        event.preventDefault();
        list.querySelector("button").focus();
      } else if (event.key === "Enter" && field.value.trim()) {
        event.preventDefault(); // chooses, and does not save the day half written
        list.querySelector("button")?.click();
      } else if (event.key === "Escape") list.hidden = true;
    });
    list.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") {
        list.hidden = true;
        field.focus();
      }
      if (!step) return;
      event.preventDefault();
      const buttons = Array.from(list.querySelectorAll("button"));
      const next = buttons.indexOf(document.activeElement) + step;
      (buttons[next] || field).focus();
    });
    block.addEventListener("toggle", () => {
      if (block.open && !field.value) field.focus({ preventScroll: true });
    });
    const out = block.querySelector("[data-add-out]");
    out.hidden = false;
    out.addEventListener("click", () => {
      for (const one of block.querySelectorAll("input")) {
        if (one.type === "radio") one.checked = one.value === "";
        else one.value = "";
      }
      block.querySelectorAll(".error").forEach((error) => error.remove());
      block.querySelectorAll(".field-wrong").forEach((wrong) => wrong.classList.remove("field-wrong"));
      title.textContent = "Add a symptom";
      list.hidden = true;
      says.textContent = hint;
      block.open = false;
      block.querySelector("summary").focus();
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    if (field.value) title.textContent = field.value;
  };

  const another = document.querySelector("[data-add-another]");
  const blocks = () => Array.from(place.querySelectorAll("[data-add-symptom]"));
  const isFilled = () => blocks().every((block) => block.querySelector("[data-add-name]").value.trim());

  if (place) {
    const blank = blocks()[0].cloneNode(true);
    blocks().forEach(prepare);
    another.hidden = !isFilled();
    const numberOf = (block) => Number(/add-(\d+)/.exec(block.innerHTML)[1]);
    const add = (number) => {
      const block = blank.cloneNode(true);
      block.innerHTML = block.innerHTML.replace(/add-\d+-/g, `add-${number}-`);
      for (const field of block.querySelectorAll("input")) {
        if (field.type === "radio") field.checked = field.value === "";
        else field.value = "";
      }
      block.querySelectorAll(".error").forEach((error) => error.remove());
      place.append(block);
      prepare(block);
      block.open = true;
      another.hidden = blocks().length >= 12 || !isFilled();
    };
    another.querySelector("button").addEventListener("click", () => add(Math.max(...blocks().map(numberOf)) + 1));

    // What was written and not saved is put back: its blocks come first.
    place.closest("form").addEventListener("restore", ({ detail }) => {
      const there = new Set(blocks().map(numberOf));
      const numbers = detail.names.map((name) => /^add-(\d+)-/.exec(name)?.[1]).filter(Boolean).map(Number);
      for (const number of new Set(numbers)) {
        if (!there.has(number)) add(number);
        else blocks().find((block) => numberOf(block) === number).open = true;
      }
    });
  }
}
