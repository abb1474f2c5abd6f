// What this device keeps for a person until the journal has it: drafts, and entries that wait to be sent. It lies in
// the browser's storage, each thing with the account that it belongs to. Where there is no storage all of this says so.
"use strict";

const device = (() => {
  const PREFIX = "taper.";
  const A_DAY = /\/entries\/(\d{4})-(\d\d)-(\d\d)\//;
  const tabs = "tab";

  const account = document.querySelector("meta[name=account]")?.content || "";
  const word = matchMedia("(min-width: 64rem)").matches ? "device" : "phone";

  // False where it cannot be kept: no storage, a forbidden one, or a full one.
  function put(key, value) {
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }

  function get(key) {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + key));
    } catch {
      return null;
    }
  }

  function drop(key) {
    try {
      localStorage.removeItem(PREFIX + key);
    } catch {
      // no storage: nothing there
    }
  }

  // Everything whose key begins with `start`: [key, value], the oldest (by `at`) first.
  function all(start) {
    let keys = [];
    try {
      keys = Object.keys(localStorage);
    } catch {
      return [];
    }
    return keys
      .filter((key) => key.startsWith(PREFIX + start))
      .map((key) => [key.slice(PREFIX.length), get(key.slice(PREFIX.length))])
      .filter(([, value]) => value && typeof value === "object")
      .sort(([, one], [, other]) => one.at - other.at);
  }

  // crypto.randomUUID() exists on https and on localhost only; a journal on a home network may be on neither.
  function uid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  // What goes from one page of this tab to the next; "" where there is nothing.
  function carry(name, value) {
    try {
      const before = sessionStorage.getItem(PREFIX + name) || "";
      if (value !== undefined) sessionStorage.setItem(PREFIX + name, value);
      return before;
    } catch {
      return "";
    }
  }

  function tab() {
    const known = carry(tabs);
    if (known) return known;
    const made = uid();
    carry(tabs, made);
    return made;
  }

  // Whether a store of the browser holds what somebody chose to keep here: offline.js makes them.
  const isKept = (store) => /^(mine|plan)-/.test(store);

  // Whether there is such a store, `start` being "mine-" or "plan-".
  async function keeps(start) {
    return "caches" in window && (await caches.keys()).some((name) => name.startsWith(start));
  }

  // The way to the safety plan in a part of a page, shown where the plan is kept here.
  async function offerPlan(root) {
    const way = root.querySelector("[data-kept-plan]");
    if (way) way.hidden = !(await keeps("plan-"));
  }

  // Everything that this device keeps of anybody: for after signing out.
  async function forget() {
    for (const [key] of ["queue.", "draft.", "offline.", "plan."].flatMap(all)) drop(key);
    if (!("caches" in window)) return;
    const names = await caches.keys();
    await Promise.all(names.filter(isKept).map((name) => caches.delete(name)));
  }

  // -- days ----------------------------------------------------------------------------------------------------

  // The day in an address as a Date, null where there is none.
  function dayIn(path) {
    const found = A_DAY.exec(path);
    return found && new Date(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  }

  function isoDay(date) {
    const two = (number) => String(number).padStart(2, "0");
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  }

  // 14:20, or 2:20 p.m., by the person's own clock.
  function clockTime(hours, minutes) {
    const two = String(minutes).padStart(2, "0");
    if (document.getElementById("waiting")?.dataset.clock !== "12") return `${String(hours).padStart(2, "0")}:${two}`;
    return `${hours % 12 || 12}:${two}\u00a0${hours < 12 ? "a.m." : "p.m."}`;
  }

  // Sunday 22 November
  function dayName(date) {
    const part = (options) => new Intl.DateTimeFormat("en-GB", options).format(date);
    return `${part({ weekday: "long" })} ${part({ day: "numeric" })}\u00a0${part({ month: "long" })}`;
  }

  function pathOn(path, iso) {
    return path.replace(A_DAY, `/entries/${iso}/`);
  }

  const works = put("works", 1);
  drop("works");
  return {
    account, word, works, put, get, drop, all, uid, carry, tab,
    isKept, keeps, offerPlan, forget,
    dayIn, isoDay, dayName, clockTime, pathOn,
  };
})();
