// The strip at the top of a page: what waits on this device to be sent, what the journal refused, and what can be done
// about it. Sends what waits whenever there may be a connection: the browser's word for it is not to be trusted.
"use strict";

(() => {
  const place = document.getElementById("waiting");
  const AGAIN = 30000; // milliseconds between tries while a page is open
  const { account, word } = device;
  const many = (number, what) => (number === 1 ? `1 ${what}` : `${number} ${what.replace(/entry$/, "entries")}`);
  let sent = Number(device.carry("sent", ""));
  let unfolded = false;
  let signedOut = false;
  let help = ""; // the address of help, where something that was sent led there and the page is in use
  let drawn = "";
  let timer = 0;

  // Somebody types, is in the middle of a practice, or has help on the screen: no page is taken from under them.
  const inUse = () => document.querySelector("[data-keep][data-dirty=yes], [data-busy], .flag-dialog");

  // -- parts ------------------------------------------------------------------------------------------------------

  function make(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function button(text, className, press, about = "") {
    const made = make("button", `btn btn-small ${className}`, text);
    if (about) made.append(make("span", "visually-hidden", ` ${about}`));
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  }

  // Throwing away is asked once, in the place of the buttons.
  function throwAway(label, gone) {
    const made = button("Throw away", "btn-quiet", () => {
      const row = made.parentElement;
      const before = [...row.children];
      const keepIt = button("Keep it", "btn-second", () => {
        row.replaceChildren(...before);
        made.focus();
      });
      row.replaceChildren(
        make("p", "quiet", "It is nowhere else. Once thrown away it cannot be brought back."),
        keepIt,
        button("Throw it away", "btn-plain", gone),
      );
      keepIt.focus();
    }, label);
    return made;
  }

  function anotherDay(item) {
    const made = button("Another day", "btn-quiet", () => {
      const field = make("input", "input");
      field.type = "date";
      field.value = device.isoDay(device.dayIn(item.path));
      const label = make("label", "waiting-day", "The day it is about", field);
      const move = button("Use this day", "btn-second", () => {
        if (!field.value) return field.focus();
        queue.toDay(item, field.value);
        return send();
      });
      made.parentElement.replaceChildren(label, move);
      field.focus();
    }, item.label);
    return made;
  }

  function when(at) {
    const then = new Date(at);
    const time = device.clockTime(then.getHours(), then.getMinutes());
    return device.isoDay(then) === device.isoDay(new Date()) ? time : `${device.dayName(then)}, ${time}`;
  }

  function row(item) {
    const open = () => {
      if (item.refused) return queue.open(item);
      if (item.pairs.some(([name]) => name === "shown")) return location.assign(item.path);
      return queue.toDraft(item); // its page is one for the next: it goes back onto it
    };
    const busy = item.tries ? "The journal could not take it so far; it is tried again." : "Waiting to be sent.";
    const state = item.refused ? `Not taken: ${item.refused}` : busy;
    const written = `Written ${when(item.at)}`;
    const about = make("p", "quiet", `${written}${written.endsWith(".") ? "" : "."} ${state}`); // "2:20 p.m." has one
    const buttons = make("div", "buttons", button("Open", "btn-quiet", open, item.label));
    if (device.dayIn(item.path)) buttons.append(anotherDay(item));
    buttons.append(throwAway(item.label, () => queue.drop(item)));
    return make("li", "", make("p", "row-title", item.label), about, buttons);
  }

  function sentence(waiting, refused) {
    const parts = [];
    if (waiting) parts.push(`${many(waiting, "entry")} wait${waiting === 1 ? "s" : ""} on this ${word} to be sent.`);
    if (refused) parts.push(`${many(refused, "entry")} ${refused === 1 ? "was" : "were"} not taken.`);
    if (sent) parts.push(`${many(sent, "entry")} ${sent === 1 ? "was" : "were"} sent.`);
    if (waiting && signedOut) parts.push("Sign in again to send.");
    return parts.join(" ");
  }

  // -- the strip --------------------------------------------------------------------------------------------------

  function draw() {
    if (location.pathname.startsWith("/help-now/")) return; // help stands alone
    const mine = queue.waiting();
    const others = queue.others();
    const drafts = device.all(`draft.${account}.`).map(([key]) => key);
    const now = JSON.stringify([mine, others.length, sent, signedOut, drafts, help]);
    if (now === drawn) return;
    drawn = now;
    const parts = account ? own(mine, others) : strange(others);
    place.hidden = !parts.length;
    place.replaceChildren(make("div", "waiting-in stack", ...parts));
  }

  function own(mine, others) {
    const refused = mine.filter((item) => item.refused).length;
    const said = sentence(mine.length - refused, refused);
    const parts = [];
    if (help) parts.push(wayToHelp());
    if (said) parts.push(status(said));
    if (mine.length) {
      const list = make("ul", "open-list", ...mine.map(row));
      const show = button("", "btn-quiet", () => unfold(list, show, list.hidden));
      unfold(list, show, refused > 0 || unfolded);
      const buttons = make("div", "buttons", show);
      if (mine.length > refused) buttons.prepend(button("Send now", "btn-second", send));
      parts.push(buttons, list);
    }
    parts.push(...begun());
    if (others.length) parts.push(...foreign(others));
    return parts;
  }

  // No page is taken from under somebody who writes; what they wrote stays on this device when they follow it.
  function wayToHelp() {
    const link = make("a", "", "See what to do");
    link.href = help;
    const made = make("p", "waiting-line waiting-help", "Something in what was sent is a reason to get help now. ", link);
    made.setAttribute("role", "alert");
    return made;
  }

  // What was begun on another page and not saved: the way back to it.
  function begun() {
    const here = `draft.${account}.${location.pathname}.`;
    const drafts = device.all(`draft.${account}.`).filter(([key, draft]) => draft.path && !key.startsWith(here));
    const byPath = new Map(drafts.map(([, draft]) => [draft.path, draft]));
    return [...byPath.values()].map((draft) => {
      const link = make("a", "", draft.label || "A page");
      link.href = draft.path;
      return make("p", "waiting-line", "Begun and not saved: ", link);
    });
  }

  function unfold(list, press, shown) {
    unfolded = shown;
    list.hidden = !shown;
    press.setAttribute("aria-expanded", shown);
    press.textContent = `${shown ? "Hide" : "Show"} ${list.children.length === 1 ? "it" : "them"}`;
  }

  // Nothing but how many: whose they are and what they say is nobody else's business.
  function foreign(others) {
    const gone = () => others.forEach(queue.drop);
    const said = `${many(others.length, "entry")} of another account wait${others.length === 1 ? "s" : ""} on this device.`;
    return [make("p", "", said), make("div", "buttons", throwAway("what waits of another account", gone))];
  }

  function strange(others) {
    if (!others.length) return [];
    const it = others.length === 1 ? "It is" : "They are";
    const wait = `wait${others.length === 1 ? "s" : ""} on this ${word}`;
    const after = document.getElementById("no-connection") ? "when there is a connection" : "after signing in";
    return [status(`${many(others.length, "entry")} ${wait}. ${it} sent ${after}.`)];
  }

  function status(text) {
    const made = make("p", "waiting-line");
    made.setAttribute("role", "status");
    requestAnimationFrame(() => (made.textContent = text)); // in its place first, so that it is read out
    made.textContent = text;
    return made;
  }

  // -- sending ------------------------------------------------------------------------------------------------------

  async function send() {
    clearTimeout(timer);
    if (queue.mine().some((item) => !item.refused)) {
      const done = await queue.flush();
      sent += done.sent.length;
      signedOut = done.last === "signed-out";
      draw();
      if (done.help && !inUse()) return queue.follow(done.help);
      if (done.sent.length) afresh(done.sent, done.leaving);
    }
    if (queue.mine().some((item) => !item.refused)) timer = setTimeout(send, AGAIN);
    return undefined;
  }

  // The page that shows what was before. Not for somebody who has pressed a link: it would take them back.
  function afresh(items, leaving) {
    if (inUse()) return;
    if (leaving) return void device.carry("sent", sent);
    const here = items.some((item) => new URL(item.path, location.href).pathname === location.pathname);
    if (!here && location.pathname !== "/" && !document.querySelector("[data-shell]")) return;
    device.carry("sent", sent);
    location.reload();
  }

  document.addEventListener("queue", draw);
  document.addEventListener("help", (event) => {
    help = event.detail;
    draw();
  });
  addEventListener("storage", draw);
  document.addEventListener("send", send);
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  draw();
  if (account) send();
})();
