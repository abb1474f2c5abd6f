// The page of a guided practice: distress before, the practice, distress after, one stage after the other. Without this it
// is the steps and one form. (Where the practice is at a moment: pacer.js. What is typed is kept by drafts.js.)
"use strict";

(() => {
  const form = document.querySelector("form[data-practise]");
  // With mistakes in it the form is shown whole, as the journal sent it.
  if (!form || form.dataset.keep === "unsaved") return;

  const find = (name) => document.querySelector(`[data-${name}]`);
  const pace = pacer.asked(JSON.parse(document.getElementById("pace").textContent), location.search);
  const planned = pace.steps ? null : pacer.plan(pace);
  const TICK = 200; // milliseconds between looks where nothing moves
  const PICTURE = 30; // at least so long from one place of the dot to the next: more would only tire the phone
  const MOST_MINUTES = 600;
  let stage = "";
  let drawing = null;
  let start = NaN; // of the first phase, by the pacer's clock; moved on by what was paused
  let pausedAt = NaN;
  let shown = ""; // the phase on the screen
  let step = 0;
  let frame = 0;
  let timer = 0;
  let drawnAt = -Infinity;

  // -- stages -------------------------------------------------------------------------------------------------------

  function go(to) {
    stage = to;
    document.body.dataset.stage = to;
    find("pacer").hidden = to !== "practise";
    find("begin").hidden = to !== "before";
    find("save").hidden = to !== "after";
    // Nothing is loaded anew from under somebody who is in the middle of it.
    document.body.toggleAttribute("data-busy", to === "practise");
    senses.keepAwake(to === "practise");
    if (to !== "practise") drawing?.end();
    scrollTo(0, 0);
  }

  function begin() {
    senses.wake();
    go("practise");
    step = 0;
    shown = "";
    pausedAt = NaN;
    const still = senses.is("still");
    drawing = pacerDrawing.draw(find("drawing"), find("key"), planned || pace, still);
    start = pacer.now() + (planned ? pacer.READY : 0);
    if (planned) {
      write("key", pacer.sidesOf(planned));
      pauseWord();
      find("pause").focus();
      document.dispatchEvent(new CustomEvent("practise", { detail: { start } }));
      tick();
    } else {
      showStep();
      find("next").focus();
    }
  }

  // What was done counts, however much of it. Stopped before it began it was nothing.
  function finish() {
    cancel();
    const t = elapsed();
    const done = planned ? Math.min(t, planned.totalMs) : t;
    senses.forget();
    if (done <= 0) return go("before");
    const minutes = pacer.minutesOf(done);
    put("minutes", minutes && Math.min(MOST_MINUTES, minutes));
    // A practice that came to its end while nobody looked ended then, not now.
    put("ended", Math.round(Date.now() - (Number.isNaN(pausedAt) ? t - done : pacer.now() - pausedAt)));
    go("after");
    const whole = planned ? done >= planned.totalMs : step === pace.steps.length;
    write("done", `${pacer.lengthOf(done)} of practice.${whole ? "" : " What you did counts."}${saidBefore()}`);
    find("after-head").querySelector("h2").focus({ preventScroll: true });
    return undefined;
  }

  function saidBefore() {
    const before = form.elements.before.value;
    return before ? ` Distress before: ${before}.` : "";
  }

  // "Practised on Sunday 22 November, 14:05. "
  function saidWhen(ms) {
    if (!ms) return "";
    const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "short" }).format(ms);
    return `Practised on ${device.dayName(new Date(ms))}, ${time}. `;
  }

  function put(name, value) {
    form.elements[name].value = value;
    form.elements[name].dispatchEvent(new Event("input", { bubbles: true }));
  }

  function write(name, text) {
    const place = find(name);
    if (place && place.textContent !== text) place.textContent = text;
  }

  // -- a paced one ----------------------------------------------------------------------------------------------------

  const elapsed = () => (Number.isNaN(pausedAt) ? pacer.now() : pausedAt) - start;

  function tick() {
    cancel();
    if (stage !== "practise" || !planned) return;
    const where = pacer.position(planned, elapsed());
    if (where.state === "done") {
      senses.buzz("end");
      return finish();
    }
    show(where);
    if (!Number.isNaN(pausedAt)) return;
    const next = pacer.following(planned, where);
    senses.ahead(next?.kind || "end", where.until, Math.round(pacer.now() + where.until - start));
    // A timer for the next phase, which is then there in time whatever the pictures do.
    timer = setTimeout(tick, Math.max(1, Math.ceil(Math.min(where.until, TICK))));
    if (!document.hidden && !senses.is("still")) frame = requestAnimationFrame(move);
  }

  // The dot, and nothing else, goes on with each picture.
  function move() {
    frame = requestAnimationFrame(move);
    const now = pacer.now();
    if (now - drawnAt < PICTURE) return;
    drawnAt = now;
    const where = pacer.position(planned, elapsed());
    if (where.state === "on") drawing.at(where.within / planned.roundMs);
  }

  function cancel() {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  }

  function show(where) {
    const ready = where.state === "ready";
    const now = ready ? "ready" : `${where.round} ${where.index}`;
    if (now !== shown) {
      shown = now;
      senses.passed();
      if (!ready) senses.buzz(where.phase.kind);
      const part = planned.parts?.[where.round || 0];
      if (part) write("how", `${part.name}. ${ready || where.phase.kind === "tense" ? part.how : "Feel it go soft."}`);
      rounds(where);
    }
    if (Number.isNaN(pausedAt)) {
      write("word", ready ? "Ready" : where.phase.word);
      write("count", pacer.countOf(where));
    }
    const of = planned.parts ? "Part" : "Round";
    write("left", `${of} ${(where.round || 0) + 1} of ${planned.rounds}, ${pacer.leftOf(where)}`);
    drawing.at(ready ? 0 : where.within / planned.roundMs);
  }

  // A mark for each round, while they are few enough to be told apart.
  function rounds(where) {
    const few = planned.rounds > 1 && planned.rounds <= 16;
    const marks = Array.from({ length: few ? planned.rounds : 0 }, (_, place) => {
      const mark = document.createElement("span");
      if (where.state === "on" && place <= where.round) mark.className = "is-on";
      return mark;
    });
    find("rounds").replaceChildren(...marks);
  }

  function pause() {
    if (Number.isNaN(pausedAt)) {
      pausedAt = pacer.now();
      senses.forget();
      senses.keepAwake(false);
      write("word", "Paused");
      write("count", "\u00a0");
      cancel();
    } else {
      start += pacer.now() - pausedAt;
      pausedAt = NaN;
      senses.wake();
      senses.keepAwake(true);
      tick();
    }
    pauseWord();
  }

  function pauseWord() {
    const paused = !Number.isNaN(pausedAt);
    write("pause-word", paused ? "Go on" : "Pause");
    find("pause").classList.toggle("is-paused", paused);
  }

  // -- step by step -----------------------------------------------------------------------------------------------------

  function showStep() {
    const { word, how } = pace.steps[step];
    write("word", word);
    write("how", how);
    write("count", `Step ${step + 1} of ${pace.steps.length}`);
    write("next", step + 1 < pace.steps.length ? "Next" : "Done");
    find("previous").disabled = step === 0;
    drawing.at((step + (senses.is("still") ? 1 : 0.5)) / pace.steps.length);
  }

  function stepTo(to) {
    step = to;
    if (step < pace.steps.length) showStep();
    else finish();
  }

  // -- what can be chosen ---------------------------------------------------------------------------------------------------

  function showSwitch(button) {
    const on = senses.is(button.dataset.switch);
    button.hidden = !senses.can[button.dataset.switch];
    button.setAttribute("aria-pressed", on);
    button.querySelector("[data-off-on]").textContent = on ? "on" : "off";
  }

  for (const button of document.querySelectorAll("[data-switch]")) {
    button.addEventListener("click", () => {
      senses.choose(button.dataset.switch, button.getAttribute("aria-pressed") !== "true");
      showSwitch(button);
    });
    showSwitch(button);
  }

  function showDrawings() {
    for (const button of drawings) button.setAttribute("aria-pressed", senses.is("still") === (button.dataset.still === "yes"));
  }

  const drawings = document.querySelectorAll("[data-still]");
  for (const button of drawings) {
    button.addEventListener("click", () => {
      senses.choose("still", button.dataset.still === "yes");
      showDrawings();
    });
  }
  if (find("drawings")) find("drawings").hidden = false;
  showDrawings();

  find("begin").addEventListener("click", begin);
  find("stop").addEventListener("click", finish);
  find("pause")?.addEventListener("click", pause);
  find("next")?.addEventListener("click", () => stepTo(step + 1));
  find("previous")?.addEventListener("click", () => stepTo(step - 1));

  // Back on the screen it is where it would be anyway.
  document.addEventListener("visibilitychange", () => {
    if (stage !== "practise") return;
    if (!document.hidden && Number.isNaN(pausedAt)) senses.keepAwake(true);
    tick();
  });

  // -- the form ---------------------------------------------------------------------------------------------------------------

  // A blank day is the moment of the practice, which the journal turns into the person's own day and time.
  form.elements.date.defaultValue = "";
  form.elements.date.value = "";
  find("when-hint").hidden = false;
  find("after-head").hidden = false;
  const inWords = find("in-words");
  if (inWords && location.search && document.querySelector("[data-shell], [data-kept]")) {
    inWords.textContent = `${pacer.sidesOf(planned)}; ${planned.rounds} times.`;
  }

  // The Enter key presses Save wherever it is. Nothing is saved of a practice that was not: in front of it Enter begins.
  // (Capturing: before drafts.js looks.)
  form.addEventListener("submit", (event) => {
    if (stage === "after") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (stage === "before") begin();
  }, true);

  // After Save without a connection the page is there for the next one. A reset leaves hidden fields as they are.
  form.addEventListener("reset", () => {
    form.elements.ended.value = "";
    setTimeout(() => go("before"));
  });

  go("before");
  // What was begun before and not saved is on the form again by then.
  addEventListener("DOMContentLoaded", () => {
    const { after, ended, note, minutes } = form.elements;
    if (![after, ended, note, minutes].some((field) => field.value)) return;
    go("after");
    write("done", `${saidWhen(Number(ended.value))}Not saved yet.${saidBefore()}`);
  });
})();
