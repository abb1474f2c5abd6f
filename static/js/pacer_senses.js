// What a practice does besides showing: quiet tones made here (no file), a short buzz, and keeping the screen on. All of it
// only where the browser can, and only when it was asked for. What was chosen is remembered on this device.
"use strict";

const senses = (() => {
  const CHOICES = "practise";
  const PITCH = { in: 330, hold: 294, out: 220, rest: 262, tense: 294, release: 220, end: 392 }; // Hz
  const BUZZ = { in: [180], hold: [60], out: [60, 80, 60], rest: [60], tense: [180], release: [60, 80, 60], end: [300] };
  const SOFT = 0.12;
  const LASTS = 0.45; // seconds
  const chosen = device.get(CHOICES) || {};
  let context = null;
  let tone = null; // the next one, already on its way
  let planned = NaN;
  let lock = null;

  const can = {
    sound: "AudioContext" in window,
    vibrate: "vibrate" in navigator,
  };
  const isStill = () => chosen.still ?? matchMedia("(prefers-reduced-motion: reduce)").matches;
  const is = (name) => (name === "still" ? isStill() : Boolean(can[name] && chosen[name]));

  function choose(name, on) {
    chosen[name] = on;
    device.put(CHOICES, chosen);
    if (name === "sound") forget();
    if (on && name === "sound") wake();
    if (on && name === "vibrate") navigator.vibrate(BUZZ.hold);
  }

  // A browser gives sound only after a press.
  function wake() {
    if (!is("sound")) return;
    context ||= new AudioContext();
    context.resume().catch(() => {});
  }

  // The tone of the next phase is set on the audio clock, so that it is on time also where timers are slow. `at` names the
  // moment: asked again for the same one nothing is done.
  function ahead(kind, inMs, at) {
    if (!is("sound") || !context || at === planned) return;
    forget();
    planned = at;
    const start = context.currentTime + inMs / 1000;
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(SOFT, start + 0.04);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + LASTS);
    tone = context.createOscillator();
    tone.frequency.value = PITCH[kind];
    tone.connect(gain).connect(context.destination);
    tone.start(start);
    tone.stop(start + LASTS);
    const mine = tone;
    tone.onended = () => {
      if (tone === mine) tone = null;
    };
  }

  // Takes back the tone that has not sounded yet.
  function forget() {
    planned = NaN;
    if (tone && context) tone.stop();
    tone = null;
  }

  // One that has begun sounds to its end.
  function passed() {
    tone = null;
  }

  function buzz(kind) {
    if (is("vibrate")) navigator.vibrate(BUZZ[kind]);
  }

  async function keepAwake(on) {
    try {
      if (on && !lock && !document.hidden) {
        lock = (await navigator.wakeLock?.request("screen")) || null;
        lock?.addEventListener("release", () => (lock = null));
      } else if (!on) await lock?.release();
    } catch {
      // not allowed, or little battery: the screen does as ever
    }
  }

  return { can, is, choose, wake, ahead, forget, passed, buzz, keepAwake };
})();
