// Searching at once, adding an own name, counting what is chosen. Without it a button searches and the page does the rest.
"use strict";
{
  const form = document.querySelector("[data-chooser]");
  const search = form.elements.q;
  const own = form.querySelector("[data-own]");
  const ownBox = own.querySelector("input");
  const found = form.querySelector("[data-found]");
  const button = document.querySelector("[data-count-label]");
  const plainLabel = button.textContent.trim();
  let hits = 0;
  const folded = new Map(Array.from(form.querySelectorAll("details"), (group) => [group, group.open]));
  const key = (text) => text.toLowerCase().replace(/[-_\s]+/g, " ").trim();
  const lines = () => Array.from(form.querySelectorAll("li[data-words]"));

  const count = () => {
    const chosen = new Set(Array.from(form.querySelectorAll("input[name=symptom]:checked"), (box) => key(box.value)));
    const typed = key(search.value);
    const searched = lines().some((line) => line.querySelector("input").checked && key(line.dataset.words).includes(typed));
    if (typed && !searched) chosen.add(typed); // it is added by the button, as the page after it says
    button.textContent = chosen.size ? `${button.dataset.countLabel} ${chosen.size}` : plainLabel;
  };

  const filter = () => {
    const wanted = key(search.value);
    hits = 0;
    let exact = false;
    for (const line of lines()) {
      const hit = key(`${line.dataset.words} ${line.querySelector("label").textContent}`).includes(wanted);
      line.hidden = !hit;
      hits += hit;
      exact ||= key(line.querySelector("input").value) === wanted;
    }
    for (const section of form.querySelectorAll("[data-section]")) {
      section.hidden = !section.querySelector("li[data-words]:not([hidden])");
      if (folded.has(section)) section.open = wanted ? !section.hidden : folded.get(section);
    }
    own.hidden = !wanted || exact;
    ownBox.checked = false;
    ownBox.value = search.value.trim();
    own.querySelector("[data-own-name]").textContent = ownBox.value;
    found.textContent = wanted ? `${hits} found` : "";
    count();
  };

  // The own name becomes a line like the others, ticked, under the search field.
  const add = () => {
    const line = document.createElement("li");
    line.append(own.querySelector("label").cloneNode(true));
    line.dataset.words = ownBox.value;
    line.querySelector("b").textContent = ownBox.value;
    const box = line.querySelector("input");
    box.checked = true;
    form.querySelector("[data-added] ul").append(line);
    search.value = "";
    filter();
    box.focus();
  };

  form.querySelector("[data-search]").hidden = true;
  form.append(own); // below what is found, which is all that is left while somebody types
  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    // "zap" and Enter means that the list was wanted, and the keyboard away; only what is not in it is one's own.
    if (!own.hidden && !hits) add();
    else search.blur();
  });
  form.addEventListener("change", (event) => {
    if (event.target === ownBox) add();
    else count();
  });
  // Back to the page from the next step: the browser has put the ticks where they were.
  window.addEventListener("pageshow", count);
  if (search.value) filter();
  count();
}
