// Where a paced practice is at a moment. Everything follows from one start on a clock that only goes forward: nothing is
// counted, so nothing drifts, and a page that lay in the background is right again at once. No part of the page is here.
//
// `pace` is what the journal says (catalogue/guides.py, for_the_page): {phases: [{kind, word, short, ms}], rounds} with
// `parts` for muscle relaxation, or {steps}. Times are milliseconds.
"use strict";

const pacer = (() => {
  const READY = 3000; // before the first phase

  // The phases that are not left out, each with where in the round it begins.
  function plan(pace) {
    let at = 0;
    const phases = pace.phases.filter((phase) => phase.ms).map((phase) => {
      const placed = { ...phase, at };
      at += phase.ms;
      return placed;
    });
    return { phases, parts: pace.parts, rounds: pace.rounds, roundMs: at, totalMs: at * pace.rounds };
  }

  // {state: "ready" | "on" | "done", round from 0, index of the phase, phase, into (of the phase), within (the round),
  // until (the next phase), left}. `t` counts from the first phase and is negative before it.
  function position(planned, t) {
    if (t < 0) return { state: "ready", until: -t, left: planned.totalMs };
    if (t >= planned.totalMs) return { state: "done", left: 0 };
    const round = Math.floor(t / planned.roundMs);
    const within = t - round * planned.roundMs;
    const index = planned.phases.findLastIndex((phase) => phase.at <= within);
    const phase = planned.phases[index];
    const into = within - phase.at;
    return { state: "on", round, index, phase, into, within, until: phase.ms - into, left: planned.totalMs - t };
  }

  // The phase after the one at `where`, undefined after the last one.
  function following(planned, where) {
    if (where.state === "ready") return planned.phases[0];
    const next = where.index + 1;
    if (next < planned.phases.length) return planned.phases[next];
    return where.round + 1 < planned.rounds ? planned.phases[0] : undefined;
  }

  // "3 of 8", and "5.5 of 5.5" in the last half second of five and a half.
  function countOf(where) {
    if (where.state === "ready") return String(Math.ceil(where.until / 1000));
    const seconds = where.phase.ms / 1000;
    return `${Math.min(Math.floor(where.into / 1000) + 1, seconds)} of ${seconds}`;
  }

  // "43 seconds left"; of longer times the minutes, which do not run before one's eyes.
  function leftOf(where) {
    const seconds = Math.ceil(where.left / 1000);
    if (seconds > 90) return `${Math.ceil(seconds / 60)} minutes left`;
    return seconds === 1 ? "1 second left" : `${seconds} seconds left`;
  }

  // 4 s, 1 min 16 s
  function lengthOf(ms) {
    const seconds = Math.floor(ms / 1000);
    const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
    if (!minutes) return `${rest}\u00a0s`;
    return rest ? `${minutes}\u00a0min ${rest}\u00a0s` : `${minutes}\u00a0min`;
  }

  // Whole minutes, begun ones too; "" for less than half a minute, which is none.
  const minutesOf = (ms) => (ms < 30000 ? "" : Math.ceil(ms / 60000));

  const sidesOf = (planned) => planned.phases.map((phase) => `${phase.short} ${phase.ms / 1000}`).join(", ");

  // What an address asks for, on a page that this device keeps: there the journal cannot say. What cannot be is left as
  // it was. (With a connection the journal reads the address, and says what is wrong with it.)
  function asked(pace, search) {
    const said = new URLSearchParams(search);
    if (pace.parts) {
      const left = said.getAll("leave");
      const parts = pace.parts.filter((part) => !left.includes(part.slug));
      return parts.length ? { ...pace, parts, rounds: parts.length } : pace;
    }
    if (!pace.limits) return pace;
    const number = (name) => {
      const text = (said.get(name) || "").trim().replace(",", ".");
      return /^\d{1,4}(\.\d)?$/.test(text) ? Number(text) : null;
    };
    const { shortest, longest, minutes: most } = pace.limits;
    const fits = (ms, phase) => (ms >= shortest && ms <= longest) || (ms === 0 && ["hold", "rest"].includes(phase.kind));
    const phases = pace.phases.map((phase) => {
      const seconds = number(phase.kind);
      const ms = seconds === null ? phase.ms : Math.round(seconds * 1000);
      const skipped = said.get("holds") === "no" && ["hold", "rest"].includes(phase.kind);
      return { ...phase, ms: skipped ? 0 : fits(ms, phase) ? ms : phase.ms };
    });
    const minutes = number("minutes");
    const round = phases.reduce((sum, phase) => sum + phase.ms, 0);
    const whole = Number.isInteger(minutes) && minutes >= 1 && minutes <= most;
    return { ...pace, phases, rounds: whole ? Math.max(1, Math.floor(minutes * 60000 / round + 0.5)) : pace.rounds };
  }

  // `now` can be put in its place by a test.
  const now = () => performance.now();
  return { READY, now, plan, position, following, countOf, leftOf, lengthOf, minutesOf, sidesOf, asked };
})();
