// The breath as one line across the screen, its sides to scale in seconds; what is done is filled, and a dot goes along.
// The still drawing has neither. For steps: a stair for each.
"use strict";

const pacerDrawing = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const ENDS = 0.07; // of the width, on each side: the line comes in from the edge
  const LABELS = 48; // below the foot of the line
  const TOP = 24; // room for the dot
  const SHAPES = {
    in: [[0, 0], [1, 1]],
    hold: [[0, 1], [1, 1]],
    out: [[0, 1], [1, 0]],
    rest: [[0, 0], [1, 0]],
    tense: [[0, 0], [0.25, 1], [1, 1]],
    release: [[0, 1], [0.2, 0], [1, 0]],
  };

  function make(tag, attributes, parent) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    parent?.append(made);
    return made;
  }

  // The sides of a round as {from, to (0 to 1 of its time), points [[x, height]], label}.
  function sidesOf(plan) {
    if (plan.steps) {
      const many = plan.steps.length;
      return plan.steps.map((step, place) => {
        const height = 1 - place / many;
        return { from: place / many, to: (place + 1) / many, points: [[0, height], [1, height]], label: step.mark };
      });
    }
    return plan.phases.map((phase) => ({
      from: phase.at / plan.roundMs,
      to: (phase.at + phase.ms) / plan.roundMs,
      points: SHAPES[phase.kind],
      label: `${phase.short} ${phase.ms / 1000}`,
    }));
  }

  // Draws `plan` into `box`, and again whenever its size changes. {at(part of the round), keyed}: `at` moves the dot.
  function draw(box, key, plan, still) {
    const sides = sidesOf(plan);
    const moves = !still || Boolean(plan.steps); // the stairs fill when a button is pressed: that was asked for
    let part = 0;
    let place = () => {};

    function whole() {
      const [width, height] = [box.clientWidth, box.clientHeight];
      if (!width) return;
      const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, width, height, focusable: "false" });
      const foot = height - LABELS;
      const x = (one) => width * (ENDS + one * (1 - 2 * ENDS));
      const y = (one) => foot - one * (foot - TOP);
      const corners = sides.flatMap(({ from, to, points }) => points.map(([one, up]) => [x(from + one * (to - from)), y(up)]));
      const first = plan.steps ? corners[0][1] : foot;
      const line = [[0, first], ...(plan.steps ? [] : [[x(0), foot]]), ...corners];
      line.push([width, corners.at(-1)[1]]);
      const path = `M${line.map(([one, other]) => `${one.toFixed(1)} ${other.toFixed(1)}`).join("L")}`;
      const area = `${path}L${width} ${height}L0 ${height}Z`;
      make("path", { class: "pacer-area", d: area }, svg);
      const clip = make("clipPath", { id: "pacer-clip" }, make("defs", {}, svg));
      const done = make("rect", { x: 0, y: 0, width: 0, height }, clip);
      if (moves) make("path", { class: "pacer-filled", d: area, "clip-path": "url(#pacer-clip)" }, svg);
      for (const { from, points } of sides.slice(1)) {
        const top = Math.min(y(points[0][1]), y(1));
        if (!plan.steps) make("path", { class: "pacer-rule", d: `M${x(from)} ${top}V${foot + 12}` }, svg);
      }
      make("path", { class: "pacer-line", d: path }, svg);
      const labels = sides.map(({ from, to, label }) => {
        const text = make("text", { class: "pacer-label", x: x((from + to) / 2), y: height - 18, "text-anchor": "middle" }, svg);
        text.textContent = label;
        return [text, (x(to) - x(from)) * 0.96];
      });
      const dot = make("g", { class: "pacer-dot" });
      make("circle", { class: "pacer-halo", r: 17 }, dot);
      make("circle", { r: 10 }, dot);
      if (!still) svg.append(dot);
      box.replaceChildren(svg);
      // Where the words do not fit below their sides, they stand in a line of their own.
      const tight = labels.some(([text, room]) => text.getBBox().width > room);
      for (const [text] of labels) text.style.display = tight ? "none" : "";
      key.hidden = !tight || Boolean(plan.steps);

      if (!moves) return;
      place = () => {
        const at = Math.min(x(part), width);
        const after = Math.max(1, corners.findIndex(([one]) => one >= at));
        const [[x1, y1], [x2, y2]] = [corners[after - 1], corners[after] || corners.at(-1)];
        const up = x2 > x1 ? y1 + ((at - x1) / (x2 - x1)) * (y2 - y1) : y2;
        dot.setAttribute("transform", `translate(${at.toFixed(2)} ${up.toFixed(2)})`);
        done.setAttribute("width", at.toFixed(2));
      };
      place();
    }

    const seen = new ResizeObserver(whole);
    seen.observe(box);
    whole();
    return {
      at(one) {
        part = one;
        place();
      },
      end() {
        seen.disconnect();
        box.replaceChildren();
      },
    };
  }

  return { draw };
})();
