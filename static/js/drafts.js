// A form with data-keep loses nothing that is typed. Each change is kept on this device; Save puts the form into the
// queue and sends it from there. Without storage, or without a script, the browser sends it, and asks before it is lost.
//
// A draft: {at, base, initial, pairs}. `base` is what the page showed (its field `shown`), `initial` what the form held
// when it was opened, for fields that `shown` does not speak of. `path` and `label` say what it is about; `felt` is
// when what holds for a moment only (data-keep-briefly names it) was last chosen.
"use strict";

(() => {
  const form = document.querySelector("form[data-keep]");
  if (!form) return;

  const { account, word } = device;
  const MONTH = 30 * 24 * 60 * 60 * 1000;
  const SOON = 200; // milliseconds until a change is kept
  const HOUR = 60 * 60 * 1000;
  const ONCE = /^add-/; // what makes something new: sent once, it is not sent again with the next Save
  const NOT_TYPED = ["csrfmiddlewaretoken", "uid", "shown", "pressed", "flags"];
  const UNSAVED = device.works && account ? `Not saved yet, kept on this ${word}` : "Not saved yet";
  const WAITS = {
    offline: `No connection. Kept on this ${word}.`,
    busy: `The journal is busy. Kept on this ${word}.`,
  };
  const LATER = "It is sent as soon as that works."; // the save bar has room for two lines, and the strip says this

  const target = new URL(form.getAttribute("action") || location.href, location.href);
  const start = `draft.${account}.${target.pathname}.`;
  const key = start + device.tab();
  const state = document.getElementById("savebar-state");
  const refused = form.dataset.keep === "unsaved"; // the page came back with mistakes: what it holds is not saved
  let atFirst = state?.textContent.trim() || "";
  let initial = refused ? [] : served();
  let timer = 0;
  let busy = false;
  const brief = form.dataset.keepBriefly || ""; // the name of a field: distress before
  let felt = { at: 0, value: "" };

  // -- the form as pairs, and back ------------------------------------------------------------------------------

  function typed(submitter) {
    const pairs = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    if (submitter?.name) pairs.push([submitter.name, submitter.value]);
    return pairs.filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "uid");
  }

  // The form as the page came. After loading it anew a browser puts back what was typed, before any script looks.
  function served() {
    const chosen = (field) => {
      const said = [...field.options].filter((option) => option.defaultSelected);
      return field.multiple ? said : [said.at(-1) || field.options[0]].filter(Boolean);
    };
    const pairs = [];
    for (const field of form.elements) {
      if (!field.name || field.disabled || field.defaultValue === undefined && !field.options) continue;
      if (["radio", "checkbox"].includes(field.type)) {
        if (field.defaultChecked) pairs.push([field.name, field.value]);
      } else if (field.options) for (const one of chosen(field)) pairs.push([field.name, one.value]);
      else if (!["submit", "button"].includes(field.type)) pairs.push([field.name, field.defaultValue]);
    }
    return pairs.filter(([name]) => !NOT_TYPED.includes(name));
  }

  const valueIn = (pairs, name) => pairs.filter(([one]) => one === name).map(([, value]) => value).join("\n");
  const names = (...lists) => [...new Set(lists.flat().map(([name]) => name))].filter((one) => !NOT_TYPED.includes(one));
  const shown = () => queue.parsed(form.elements.shown?.value || "");

  const labelled = (pairs) =>
    queue.labelOf(target.pathname, pairs, document.querySelector("h1")?.textContent.trim() || document.title);

  // The names of what differs from what the page showed.
  function changed(pairs, base, before) {
    const was = (name) => (name in base ? base[name] : valueIn(before, name));
    return names(pairs, before).filter((name) => !queue.same(valueIn(pairs, name), was(name)));
  }

  function putBack(name, values) {
    const fields = [...form.elements].filter((field) => field.name === name);
    if (!fields.length && values.some(Boolean)) fields.push(...values.map(() => hidden(name)));
    fields.forEach((field, place) => {
      if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
      else if (field.options) for (const option of field.options) option.selected = values.includes(option.value);
      else field.value = values[place] ?? "";
    });
    const told = fields.find((field) => field.checked) || fields[0];
    for (const kind of ["input", "change"]) told?.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  // For what the page does not ask any more. The journal says what became of it.
  function hidden(name) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    form.append(field);
    return field;
  }

  // Puts what was typed over the page as it is now. `sayShown`: what the page is to say that it showed in its place, so
  // that the journal still notices when it was changed elsewhere. Whether anything differed.
  function overlay(pairs, base, before, sayShown) {
    const wanted = changed(pairs, base, before);
    const now = typed();
    const differ = wanted.filter((name) => !queue.same(valueIn(pairs, name), valueIn(now, name)));
    if (!differ.length) return false;
    form.dispatchEvent(new CustomEvent("restore", { detail: { names: differ } })); // room for rows of its own
    const visible = (name) => form.elements[name]?.type !== "hidden";
    for (const name of [...differ.filter(visible), ...differ.filter((one) => !visible(one))]) {
      putBack(name, pairs.filter(([one]) => one === name).map(([, value]) => value));
    }
    const group = (name) => name.replace(/^(dose-\d+)-.*/, "$1");
    const groups = new Set(wanted.map(group));
    const says = shown();
    for (const name of Object.keys(base)) if (groups.has(group(name)) && name in says) says[name] = sayShown(name);
    if (form.elements.shown) form.elements.shown.value = JSON.stringify(says);
    return true;
  }

  // -- drafts -----------------------------------------------------------------------------------------------------

  function keep() {
    clearTimeout(timer);
    timer = 0;
    const pairs = typed();
    const base = shown();
    const dirty = changed(pairs, base, initial).length > 0;
    form.dataset.dirty = dirty ? "yes" : "";
    const now = valueIn(pairs, brief);
    if (now !== felt.value) felt = { at: Date.now(), value: now };
    if (!dirty) device.drop(key);
    const kept = !dirty || (account && device.put(key, { at: Date.now(), felt: felt.at, base, initial, pairs, path: target.pathname, label: labelled(pairs) }));
    say(dirty ? (kept ? UNSAVED : "Not saved yet") : atFirst);
    if (!dirty) throwAway.hidden = true;
    // The browser's own question, where this is the only place that has it.
    if (kept) removeEventListener("beforeunload", question);
    else addEventListener("beforeunload", question);
  }

  const question = (event) => event.preventDefault();

  function say(text) {
    if (state && state.textContent !== text) state.textContent = text; // without a word it is empty, and takes no room
  }

  const throwAway = document.createElement("button");
  throwAway.type = "button";
  throwAway.className = "btn btn-quiet btn-small";
  throwAway.textContent = "Throw away";
  throwAway.hidden = true;
  throwAway.addEventListener("click", () => {
    device.drop(key);
    form.reset();
    location.replace(target.pathname + target.search);
  });
  state?.after(throwAway);

  // What waits in the queue for this very page will be there before the next Save: the page goes on from that.
  function withWaiting() {
    if (!form.elements.shown || refused) return;
    for (const item of queue.mine().filter((one) => one.path === target.pathname && !one.refused)) {
      const base = queue.parsed(valueIn(item.pairs, "shown"));
      const pairs = item.pairs.filter(([name]) => !ONCE.test(name));
      if (overlay(pairs, base, [], (name) => valueIn(item.pairs, name))) atFirst = WAITS.offline;
    }
    initial = typed();
  }

  function restore() {
    const found = device.all(start);
    const [from, draft] = found.find(([one]) => one === key) || found.at(-1) || [];
    if (!draft) return;
    const pairs = isOver(draft) ? draft.pairs.filter(([name]) => name !== brief) : draft.pairs;
    felt = { at: draft.felt || draft.at, value: valueIn(pairs, brief) };
    const differed = overlay(pairs, draft.base, draft.initial, (name) => draft.base[name]);
    device.drop(from);
    if (differed) keep();
  }

  // How it was before a practice says nothing of one that is begun hours later. One that was done (`ended`) keeps it.
  function isOver(draft) {
    if (!brief || valueIn(draft.pairs, "ended")) return false;
    const at = draft.felt || draft.at;
    return Date.now() - at > HOUR || new Date(at).toDateString() !== new Date().toDateString();
  }

  function dropOld() {
    for (const [old, draft] of device.all("draft.")) if (Date.now() - draft.at > MONTH) device.drop(old);
  }

  // -- Save ---------------------------------------------------------------------------------------------------------

  // `panel` (flags.js), where help is on the screen: it tells how the save goes, and the way leads on once it is closed.
  async function send(uid, panel) {
    busy = true;
    say("Saving");
    const { pressed, help, leaving } = await queue.flush(uid);
    const item = queue.mine().find((one) => one.uid === uid);
    const lead = (text, go) => {
      tell(panel, text);
      if (panel?.lead) panel.lead(go);
      else go();
    };
    if (!item) {
      form.autocomplete = "off"; // by the way Back the page is as the journal has it: what is saved is typed no more
      const next = pressed?.next || help || document.querySelector("a.back")?.href || "/";
      lead("Saved.", () => queue.follow(next, leaving));
    } else if (pressed?.outcome === "refused") {
      lead("Not saved yet. Close this to see what needs a look.", async () => {
        if (!(await queue.open(item))) waitFor(item, pressed.outcome);
      });
    } else if (pressed?.outcome === "signed-out") {
      const login = `/accounts/login/?next=${encodeURIComponent(target.pathname + target.search)}`;
      lead(`Kept on this ${word}. Sign in again to send it.`, () => location.assign(login));
    } else {
      waitFor(item, pressed?.outcome);
      tell(panel, `${WAITS[pressed?.outcome] || WAITS.offline} ${LATER}`);
      if (help && !panel && pressed?.outcome === "busy") queue.follow(help); // for another one that was sent along
      document.addEventListener("queue", () => queue.mine().some((one) => one.uid === uid) || tell(panel, "Saved."));
    }
  }

  function tell(panel, text) {
    try {
      panel?.say(text);
    } catch {
      // the save goes on, whatever becomes of the panel
    }
  }

  // It waits, and the person may go on: from what was saved, or on a page for the next one.
  function waitFor(item, outcome) {
    busy = false;
    if (form.elements.shown) {
      const says = shown();
      for (const name of Object.keys(says)) says[name] = valueIn(item.pairs, name);
      form.elements.shown.value = JSON.stringify(says);
      for (const name of names(item.pairs).filter((one) => ONCE.test(one))) putBack(name, [""]);
    } else form.reset();
    initial = typed();
    atFirst = WAITS[outcome] || WAITS.offline;
    keep();
  }

  // Help on the screen, where something that was typed wants it. Whatever happens there, the save goes on.
  function flagged() {
    try {
      return window.flags?.pressed() || null;
    } catch {
      return null;
    }
  }

  form.addEventListener("submit", (event) => {
    if (busy) return event.preventDefault();
    if (event.submitter?.matches("[formaction], [formmethod]")) return undefined; // sends itself elsewhere
    if (form.elements.pressed) form.elements.pressed.value = Date.now(); // it may wait here, and is about now
    const panel = event.submitter?.name ? null : flagged();
    const pairs = typed(event.submitter);
    const path = target.pathname + target.search;
    const waiting = queue.mine().find((one) => one.path === path && !one.refused);
    const nothingNew = waiting && !changed(pairs, shown(), initial).length;
    const item = nothingNew ? waiting : queue.itemOf(path, pairs, labelled(pairs));
    if (!account || !(nothingNew || queue.put(item, true))) {
      // Nowhere to keep it: the browser sends it. Once, however often the button is pressed.
      panel?.drop?.();
      if (form.elements.uid) form.elements.uid.value = item.uid;
      removeEventListener("beforeunload", question);
      busy = true;
      return undefined;
    }
    event.preventDefault();
    clearTimeout(timer);
    timer = 0;
    device.drop(key);
    removeEventListener("beforeunload", question);
    send(item.uid, panel);
    return undefined;
  });

  // Back to a page that was sent from here: it shows what was before.
  addEventListener("pageshow", (event) => {
    if (event.persisted && busy) location.reload();
  });

  const soon = () => {
    if (timer) return;
    timer = setTimeout(keep, SOON);
  };
  const now = () => timer && keep();
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  addEventListener("pagehide", now);
  document.addEventListener("visibilitychange", () => document.hidden && now());

  dropOld();
  if (account && device.works) {
    withWaiting();
    if (!refused) restore();
  }
  keep();
  throwAway.hidden = refused || !form.dataset.dirty;
})();
