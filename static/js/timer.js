// A quarter of an hour for worries, by a clock that nobody sets. Paused, the time that is left stands still. At the end a
// tone, where it was asked for; the minutes that it ran go into the form where that field is blank.
"use strict";

(() => {
  const place = document.querySelector("[data-timer]");
  if (!place) return;

  const MINUTE = 60000;
  const part = (name) => place.querySelector(`[data-${name}]`);
  const [left, state, go, stop, sound] = ["left", "state", "go", "stop", "sound"].map(part);
  const whole = () => Number(place.dataset.timer) * MINUTE;

  let ran = 0; // milliseconds before the last pause
  let since = null; // performance.now() of the last start; null while it stands still
  let ticking = 0;
  let audio = null;

  const elapsed = () => ran + (since === null ? 0 : performance.now() - since);

  function draw() {
    clearTimeout(ticking);
    // What is left, rounded up: 15:00 at the start, 0:00 only when it is over.
    const seconds = Math.max(0, Math.ceil((whole() - elapsed()) / 1000));
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (left.textContent !== text) left.textContent = text;
    if (since === null) return;
    if (elapsed() >= whole()) over("The time is over. What can wait, waits until tomorrow. Now something that lifts your mood.", true);
    // Exactly when the next second begins; late wake-ups do not add up, for each is reckoned from the clock.
    else ticking = setTimeout(draw, (whole() - elapsed()) % 1000 || 1000);
  }

  function say(text) {
    state.textContent = text;
  }

  function run() {
    if (since === null && elapsed() >= whole()) ran = 0; // once more
    since = performance.now();
    go.textContent = "Pause";
    stop.hidden = false;
    say("Running.");
    if (sound.checked) wake();
    draw();
  }

  function halt() {
    ran = elapsed();
    since = null;
    clearTimeout(ticking);
  }

  function pause() {
    halt();
    go.textContent = "Go on";
    say("Paused.");
    draw();
  }

  function over(text, ended) {
    halt();
    if (ended) ran = whole();
    const minutes = Math.round(ran / MINUTE);
    const field = document.querySelector("form [name=minutes]");
    if (field && !field.value && minutes >= 1) {
      field.value = minutes;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    say(text);
    if (ended && sound.checked) tone();
    if (!ended) ran = 0;
    go.textContent = "Start again";
    stop.hidden = true;
    place.dispatchEvent(new CustomEvent("over", { bubbles: true }));
    draw();
  }

  // A browser lets a page make a sound only after a press: the one on Start, or on the box itself.
  function wake() {
    const Audio = window.AudioContext || window.webkitAudioContext;
    if (Audio) audio ||= new Audio();
    audio?.resume();
  }

  function tone() {
    if (!audio) return;
    const [from, volume] = [audio.currentTime, audio.createGain()];
    const note = audio.createOscillator();
    note.frequency.value = 440;
    volume.gain.setValueAtTime(0.15, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + 1.5);
    note.connect(volume).connect(audio.destination);
    note.start(from);
    note.stop(from + 1.5);
  }

  go.addEventListener("click", () => (since === null ? run() : pause()));
  stop.addEventListener("click", () => over("Stopped. What is left on the list can wait until tomorrow.", false));
  sound.addEventListener("change", () => sound.checked && wake());
  document.addEventListener("visibilitychange", () => document.hidden || draw());

  part("without").hidden = true;
  part("run").hidden = false;
})();
