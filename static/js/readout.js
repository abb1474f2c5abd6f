// The read-out of a chart: point at a day, or move to it with the keys, and its numbers stand above the drawing.
// Everything that is said was written by the page; this only chooses which. Without it the table has the same numbers.
"use strict";
const THUMB = 16; // px: the middle of a slider's thumb never comes nearer to its ends than half of this
for (const reader of document.querySelectorAll("[data-reader]")) {
  const rows = JSON.parse(document.getElementById(reader.dataset.reader).textContent);
  const box = reader.querySelector("[data-readout]");
  const [label, text, link] = ["label", "text", "open"].map((part) => box.querySelector(`[data-readout-${part}]`));
  const field = reader.querySelector("[data-readout-day]");
  const range = field.querySelector("input");
  const plots = Array.from(reader.querySelectorAll("[data-left]"));
  const days = Number(plots[0].dataset.days);
  const perDay = rows.every((row) => row[1] === 1);
  const middle = (row) => row[0] + row[1] / 2;
  const share = (plot, name) => Number(plot.dataset[name]);

  // Nothing is pointed at yet: no line through the drawing, and a word on what can be done. After the browser's Back
  // button the field is where it was.
  let isPointed = range.value !== range.defaultValue;

  const write = ([, , day, said, opens]) => {
    label.textContent = day;
    text.textContent = said && ` · ${said}`;
    link.hidden = !opens;
    if (opens) link.href = `${link.dataset.readoutOpen}${opens}/`;
  };

  const show = () => {
    const row = rows[range.value];
    if (isPointed) write(row);
    else [label.textContent, text.textContent, link.hidden] = ["", box.dataset.hint, true];
    reader.classList.toggle("is-pointed", isPointed);
    range.setAttribute("aria-valuetext", row[3] ? `${row[2]} · ${row[3]}` : row[2]);
    for (const plot of plots) {
      const [left, right] = [share(plot, "left"), share(plot, "right")];
      plot.querySelector(".chart-day").style.left = `${100 * (left + ((right - left) * middle(row)) / days)}%`;
    }
  };

  // `spoken`: the field itself says its value, so a line that is read out as well would say everything twice.
  const go = (place, spoken) => {
    text.parentElement.setAttribute("aria-live", spoken ? "off" : "polite");
    range.value = Math.max(0, Math.min(rows.length - 1, place));
    isPointed = true;
    show();
  };

  const placeAt = (plot, x) => {
    const frame = plot.getBoundingClientRect();
    const [left, right] = [share(plot, "left"), share(plot, "right")];
    const day = (((x - frame.left) / frame.width - left) / (right - left)) * days;
    let best = 0;
    for (let place = 1; place < rows.length; place++) {
      if (Math.abs(middle(rows[place]) - day) < Math.abs(middle(rows[best]) - day)) best = place;
    }
    return best;
  };

  for (const plot of plots) {
    const line = document.createElement("span");
    line.className = "chart-day";
    line.style.top = `${100 * share(plot, "top")}%`;
    line.style.bottom = `${100 * (1 - share(plot, "bottom"))}%`;
    plot.append(line);
    const point = (event) => go(placeAt(plot, event.clientX), false);
    plot.addEventListener("pointermove", (event) => {
      if (event.pointerType === "mouse" || event.buttons) point(event);
    });
    plot.addEventListener("click", point);
  }

  range.addEventListener("focus", () => go(Number(range.value), true));
  range.addEventListener("input", () => go(Number(range.value), true));
  range.addEventListener("keydown", (event) => {
    const step = { PageUp: 1, PageDown: -1 }[event.key];
    if (!step) return;
    event.preventDefault(); // a tenth of the period is no step that anybody can follow; a week is, or four of them
    go(Number(range.value) + step * (perDay ? 7 : 4), true);
  });

  // The line is as high as nearly all of its texts need, so that the drawing does not jump under the finger.
  const size = (row) => row[2].length + row[3].length;
  const long = [...rows].sort((one, other) => size(one) - size(other))[Math.floor((rows.length - 1) * 0.95)];
  const settle = () => {
    const shown = plots.find((plot) => plot.offsetParent);
    if (!shown) return; // on paper, or in a part that is folded
    const width = shown.offsetWidth;
    field.style.paddingLeft = `${Math.max(0, share(shown, "left") * width - THUMB / 2)}px`;
    field.style.paddingRight = `${Math.max(0, (1 - share(shown, "right")) * width - THUMB / 2)}px`;
    box.style.minHeight = "";
    write(long);
    link.hidden = !rows.some((row) => row[4]);
    box.style.minHeight = `${box.offsetHeight}px`;
    show();
  };

  box.hidden = field.hidden = false;
  reader.classList.add("is-read");
  new ResizeObserver(settle).observe(reader);
  // Back to the page: the browser has put the field where it was.
  window.addEventListener("pageshow", () => {
    isPointed ||= range.value !== range.defaultValue;
    settle();
  });
  settle();
}
