// Entries on their way to the journal. Each is kept on this device before it is sent, and until the journal has
// acknowledged it; the journal knows it by its number, so it may be sent again as often as it takes.
//
// An item: {uid, account, path, pairs, label, at, tries, refused}. `refused` is a sentence: it is shown, never sent
// again by itself. `tries` counts the answers that the journal cannot take it just now. Whoever listens to "queue" on
// the document hears of each change.
"use strict";

const queue = (() => {
  const PATIENCE = 20000; // milliseconds for an answer
  const CHOSEN = 15000; // milliseconds for a page that somebody chose meanwhile
  const ASK = "/entries/sending/";
  const HELP = "/help-now/"; // where something urgent leads, also when it was sent late
  let last = Promise.resolve();
  let saving = ""; // the uid of what somebody pressed Save for: not waiting yet

  const key = (item) => `queue.${item.uid}`;
  const all = () => device.all("queue.").map(([, item]) => item);
  const mine = () => all().filter((item) => device.account && item.account === device.account);
  const waiting = () => mine().filter((item) => item.uid !== saving);
  const others = () => all().filter((item) => item.account !== device.account);

  // False where it cannot be kept.
  function put(item, pressed = false) {
    if (pressed) saving = item.uid;
    const kept = device.put(key(item), item);
    document.dispatchEvent(new CustomEvent("queue"));
    return kept;
  }

  function drop(item) {
    device.drop(key(item));
    document.dispatchEvent(new CustomEvent("queue"));
  }

  // A form as it is sent, without what belongs to this moment.
  function itemOf(path, pairs, label) {
    const { account, uid } = device;
    return { uid: uid(), account, path, pairs, label, at: Date.now(), tries: 0, refused: "" };
  }

  // -- one request ---------------------------------------------------------------------------------------------

  async function request(address, options) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    try {
      return await fetch(address, {
        ...options,
        credentials: "same-origin",
        redirect: "manual",
        cache: "no-store",
        headers: { Accept: "application/json" },
        signal: patience.signal,
      });
    } catch {
      return null; // no connection, or none that deserves the name
    } finally {
      clearTimeout(timer);
    }
  }

  async function jsonOf(answer) {
    try {
      return await answer.json();
    } catch {
      return null;
    }
  }

  // Whether whoever is signed in is the one who wrote it: {csrf}, or {outcome} where it cannot be sent now.
  async function ask(account) {
    const answer = await request(ASK);
    if (!answer) return { outcome: "offline" };
    if (answer.status === 401) return { outcome: "signed-out" };
    if (answer.status === 429 || answer.status >= 500) return { outcome: "busy" };
    const said = answer.ok ? await jsonOf(answer) : null;
    if (!said?.csrf) return { outcome: "offline" }; // somebody else's page: a network that wants a sign-in of its own
    return said.account === account ? said : { outcome: "signed-out" };
  }

  function post(item, csrf) {
    const body = new URLSearchParams([...item.pairs, ["uid", item.uid], ["csrfmiddlewaretoken", csrf]]);
    return request(item.path, { method: "POST", body });
  }

  // {outcome: saved (with next), refused (with sentence), busy, offline or signed-out}. The token of the page spares a
  // question to somebody who waits for the answer; it is another one after somebody else has signed in.
  async function deliver(item, pressed) {
    let csrf = pressed && document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    for (const again of [false, true]) {
      if (!csrf || again) {
        const known = await ask(item.account);
        if (!known.csrf) return known;
        csrf = known.csrf;
      }
      const answer = await post(item, csrf);
      if (answer?.status !== 403 || again) return understood(answer, item);
    }
    return { outcome: "busy" };
  }

  async function understood(answer, item) {
    if (!answer) return { outcome: "offline" };
    if (answer.type === "opaqueredirect") {
      const known = await ask(item.account);
      return known.csrf ? { outcome: "busy" } : known;
    }
    if (answer.status === 429 || answer.status >= 500) return { outcome: "busy" };
    if (!answer.ok) return { outcome: "refused", sentence: await sentenceOf(answer) };
    const said = await jsonOf(answer);
    return said?.saved ? { outcome: "saved", next: said.next } : { outcome: "offline" };
  }

  // Why, as the page says it that came with the answer.
  async function sentenceOf(answer) {
    try {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const plain = (part) => part?.textContent.replace(/\s+/g, " ").trim();
      const field = page.querySelector(".field-wrong");
      const beside = field && [plain(field.querySelector("legend, label")), plain(field.querySelector(".error"))];
      return plain(page.querySelector(".error-summary p + p")) || beside?.join(": ") || plain(page.querySelector("h1"));
    } catch {
      return "The journal could not read it.";
    }
  }

  // -- all of them, one after the other --------------------------------------------------------------------------

  // One tab at a time; without locks two tabs may send the same, which the journal notices.
  function alone(work) {
    if (navigator.locks) return navigator.locks.request("taper.queue", work);
    last = last.then(work, work);
    return last;
  }

  // Sends what waits, in the order in which it was written, and `pressed` (a uid) even when it was refused before.
  // {sent: items, pressed: what became of that one (null: another tab has seen to it), last: the last outcome, help:
  // where help is for any of them, else "", leaving: whether a link was pressed meanwhile}. What was pressed leads there
  // first.
  async function flush(pressed = "") {
    if (pressed) saving = pressed;
    let leaving = false;
    const leave = () => (leaving = true);
    addEventListener("beforeunload", leave); // only while it sends: with it a browser may not keep the page for Back
    const result = await alone(() => sendAll(pressed));
    result.leaving = leaving;
    removeEventListener("beforeunload", leave);
    if (result.help) document.dispatchEvent(new CustomEvent("help", { detail: result.help }));
    if (pressed && result.pressed?.outcome !== "refused") {
      saving = "";
      document.dispatchEvent(new CustomEvent("queue"));
    }
    return result;
  }

  async function sendAll(pressed) {
    const result = { sent: [], pressed: null, last: "", help: "" };
    const busy = new Set(); // what was written later about the same day waits for what was written first
    for (const { uid } of mine()) {
      const item = device.get(`queue.${uid}`); // as it is now: it may have been thrown away, or moved, meanwhile
      if (!item || busy.has(item.path)) continue;
      if (item.refused && item.uid !== pressed) continue;
      const done = await deliver(item, item.uid === pressed);
      // Refused while the person is there: drafts.js opens the journal's page, which says why.
      if (done.outcome !== "refused" || item.uid !== pressed) settle(item, done);
      result.last = done.outcome;
      if (done.outcome === "saved") result.sent.push(item);
      if (done.outcome === "saved" && done.next.startsWith(HELP)) result.help = done.next;
      if (done.outcome === "busy") busy.add(item.path);
      const over = ["offline", "signed-out"].includes(done.outcome);
      if (item.uid === pressed || (over && pressed)) result.pressed = done;
      if (over) break;
    }
    const next = result.pressed?.next;
    if (result.help && next && !next.startsWith(HELP)) result.pressed = { ...result.pressed, next: via(result.help, next) };
    return result;
  }

  // The same page of help, which then leads on to `next`.
  function via(help, next) {
    const url = new URL(help, location.href);
    url.searchParams.set("next", next);
    return url.pathname + url.search;
  }

  // Goes to where something that was sent leads. Help is not opened where nobody sees it: in a hidden tab it waits. Where
  // somebody is `leaving`, only help comes before the page that they chose, unless that one never comes.
  function follow(address, leaving = false) {
    const go = () => location.assign(address);
    const isHelp = address.startsWith(HELP);
    if (document.hidden && isHelp) document.addEventListener("visibilitychange", go, { once: true });
    else if (leaving && !isHelp) setTimeout(go, CHOSEN);
    else go();
  }

  function settle(item, done) {
    if (done.outcome === "saved") return drop(item);
    if (!device.get(key(item))) return undefined; // thrown away meanwhile
    if (done.outcome === "refused") return put({ ...item, refused: done.sentence });
    return done.outcome === "busy" ? put({ ...item, tries: item.tries + 1 }) : undefined;
  }

  // -- a refused one: the journal's own page has the sentences, and everything that was typed ----------------------

  async function open(item) {
    const known = await ask(item.account);
    if (!known.csrf) return toDraft(item);
    const form = document.createElement("form");
    form.method = "post";
    form.action = item.path;
    form.hidden = true;
    for (const [name, value] of [...item.pairs, ["uid", item.uid], ["csrfmiddlewaretoken", known.csrf]]) {
      const field = document.createElement("textarea"); // an input would lose the ends of lines
      field.name = name;
      field.value = value;
      form.append(field);
    }
    device.carry("opened", item.uid);
    document.body.append(form);
    form.submit();
    return true;
  }

  // Back onto its page, or onto the one that this device keeps in its place.
  function toDraft(item) {
    const path = new URL(item.path, location.href).pathname;
    const shown = item.pairs.find(([name]) => name === "shown")?.[1] || "";
    const draft = { at: Date.now(), base: parsed(shown), initial: [], pairs: item.pairs, path, label: item.label };
    if (!device.put(`draft.${item.account}.${path}.${device.tab()}`, draft)) return false;
    drop(item);
    location.assign(item.path);
    return true;
  }

  // The page after `open`: the form is on it again, and drafts.js keeps it; or it was taken after all, and is told so
  // when it is sent once more; or the journal's answer was no form (a day to come), and it stays here as it was.
  function afterOpening() {
    const uid = device.carry("opened", "");
    const item = uid && mine().find((one) => one.uid === uid);
    if (!item) return;
    const form = document.querySelector("form[data-keep=unsaved]");
    const error = document.querySelector("main:has([data-status]) h1")?.textContent.trim();
    if (form) drop(item);
    else put({ ...item, refused: error ? item.refused || error : "" });
  }

  // -- another day, for a clock that was wrong --------------------------------------------------------------------

  // What was typed goes to the other day as typed on a blank page; what the page showed of the first day stays there.
  // A new number: were the first one known already, the journal would take this for the same.
  function toDay(item, iso) {
    const shown = parsed(item.pairs.find(([name]) => name === "shown")?.[1] || "");
    const pairs = item.pairs.map(([name, value]) => {
      if (name === "shown") {
        return [name, JSON.stringify(Object.fromEntries(Object.keys(shown).map((one) => [one, ""])))];
      }
      return [name, name in shown && same(shown[name], value) ? "" : value];
    });
    const path = device.pathOn(item.path, iso);
    const label = labelOf(path, pairs, item.label);
    const moved = { ...item, uid: device.uid(), path, pairs, label, tries: 0, refused: "" };
    if (put(moved)) drop(item);
  }

  function labelOf(path, pairs, otherwise) {
    const day = device.dayIn(path);
    if (!day) return otherwise;
    if (!path.includes("/check-in/")) return device.dayName(day);
    const typed = pairs.find(([name]) => name === "time")?.[1];
    const [, hours, minutes] = /^(\d\d?):(\d\d)$/.exec(typed) || [];
    const time = hours ? device.clockTime(Number(hours), Number(minutes)) : typed;
    return ["Check-in", device.dayName(day), time].filter(Boolean).join(", ");
  }

  // -- small things that drafts.js needs, too ---------------------------------------------------------------------

  function parsed(text) {
    try {
      const found = JSON.parse(text);
      return found && typeof found === "object" ? found : {};
    } catch {
      return {};
    }
  }

  function same(one, other) {
    const plain = (text) => (text || "").replace(/\r\n?/g, "\n").trim();
    return plain(one) === plain(other);
  }

  afterOpening();
  return { itemOf, put, drop, mine, waiting, others, all, flush, follow, open, toDraft, toDay, labelOf, parsed, same };
})();
