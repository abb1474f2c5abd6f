// Red flags: looks at a form when Save is pressed, and puts help on the screen at once, with or without a connection. It
// never holds up a save: drafts.js calls it and goes on whatever comes back; the journal looks again by the same rules
// (catalogue/flag_rules.py, analysis/flags.py) and shows by itself what was not shown here.
//
// It reads #flag-data (views/flags.for_page) and shows #flag-panel. It looks at the form #task, and in it at
//   symptom-<key>, add-<n>-name with add-<n>-severity   single readings
//   event-<slug>                                        what was ticked
//   dose-<key>-status, dose-<key>-mg                    doses, beside those of the neighbouring days
//   item-<number>, in a form with data-questionnaire    one answer of a questionnaire, 0 to 3
//   mg, starts_on, day1_*, day2_*                       a dose step, where the page is about stopping something
//   <date>-symptom-<key>, <date>-dose-<key>             the same of several days, on the page for catching up
// and says in the field "flags" what was shown: [[rule, reading, medication, date], ...].
"use strict";

window.flags = (() => {
  const place = document.getElementById("flag-data");
  const form = document.getElementById("task");
  if (!place || !form) return null;

  const data = JSON.parse(place.textContent);
  const rules = new Map(data.rules.map((rule) => [rule.rule, rule]));
  const A_DAY = 24 * 60 * 60 * 1000;
  let told = data.told; // what a form that came back with mistakes had shown

  // -- days: ISO texts, reckoned in UTC so that no clock change comes between -----------------------------------

  const number = (iso) => Date.parse(`${iso}T00:00:00Z`) / A_DAY;
  const beside = (iso, days) => new Date((number(iso) + days) * A_DAY).toISOString().slice(0, 10);
  const isDay = (iso) => /^\d{4}-\d\d-\d\d$/.test(iso || "") && !Number.isNaN(number(iso));
  const today = () => device.isoDay(new Date());

  function dayIn(path) {
    const found = device.dayIn(path);
    return found ? device.isoDay(found) : "";
  }

  function words(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    const long = new Intl.DateTimeFormat("en-GB", { month: "long" }).format(new Date(year, month - 1, day));
    const text = `${day}\u00a0${long}`;
    return iso.slice(0, 4) === today().slice(0, 4) ? text : `${text}\u00a0${year}`;
  }

  // -- what is in the form ----------------------------------------------------------------------------------------

  function pairs() {
    return [...new FormData(form)].filter(([, value]) => typeof value === "string");
  }

  const sameName = (text) => text.toLowerCase().replace(/[_-]/g, " ").trim().replace(/\s+/g, " ");

  function amount(text) {
    const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(/mg\.?$/i, "").replace(",", ".");
    return /^\d{1,15}(\.\d{1,15})?$/.test(plain) ? Number(plain) : NaN;
  }

  // [built-in symptom, reading]
  function readings(said) {
    const found = [];
    const text = (name) => said.find(([one]) => one === name)?.[1] || "";
    for (const [name, value] of said) {
      const [, key] = /^symptom-(\d+)$/.exec(name) || [];
      const [, added] = /^add-(\d+)-name$/.exec(name) || [];
      if (key) found.push([data.symptoms[key], value]);
      else if (added) found.push([data.names[sameName(value)], text(`add-${added}-severity`)]);
    }
    return found
      .map(([symptom, value]) => [symptom, amount(value)])
      .filter(([symptom, reading]) => symptom && reading >= 0 && reading <= 10);
  }

  function reached(rule, reading) {
    return rule.above ? reading > rule.limit : reading >= rule.limit;
  }

  // -- doses --------------------------------------------------------------------------------------------------------

  // What the page for several days says of one of them, named as on the page of that day. Nothing where it is left out.
  function saidOn(iso, said) {
    const own = said.filter(([name]) => name.startsWith(`${iso}-`)).map(([name, value]) => [name.slice(11), value]);
    if (own.some(([name, value]) => name === "leave" && value)) return [];
    return own.map(([name, value]) => [name.replace(/^(dose-\d+)$/, "$1-status"), value]);
  }

  // What a form says of a dose: true none, false some, null nothing.
  function noneIn(said, key) {
    const status = said.filter(([name]) => name === `dose-${key}-status`).at(-1)?.[1];
    if (status === undefined) return null;
    if (!status) {
      const shown = queue.parsed(said.find(([name]) => name === "shown")?.[1] || "");
      return shown[`dose-${key}-status`] ? false : null; // taken back, or never said
    }
    if (status === "missed") return true;
    return status === "other" && amount(said.find(([name]) => name === `dose-${key}-mg`)?.[1] || "") === 0;
  }

  const planned = (stops, iso) => stops.some(([from, until]) => from <= iso && (!until || iso < until));

  // On a day beside this one: as it stands on this page, else as it waits on this device, else as the page knows it.
  function noneOn(key, dose, iso) {
    if (planned(dose.stops, iso)) return false;
    const waiting = queue.mine().filter((item) => !item.refused && ["", iso].includes(dayIn(item.path)));
    const said = waiting.map((item) => (dayIn(item.path) ? item.pairs : saidOn(iso, item.pairs)));
    const last = [...said, saidOn(iso, pairs())].map((one) => noneIn(one, key)).filter((none) => none !== null).at(-1);
    return last ?? dose.none.includes(iso);
  }

  function missed(said, day) {
    const found = [];
    for (const [key, dose] of Object.entries(data.doses)) {
      if (planned(dose.stops, day) || noneIn(said, key) !== true) continue;
      for (const later of [beside(day, 1), day]) {
        const other = later === day ? beside(day, -1) : later;
        if (noneOn(key, dose, other)) found.push({ rule: "missed-doses", day: later, medication: Number(key) });
      }
    }
    return found;
  }

  function stopped(said, day) {
    const dose = data.doses[data.stopping];
    if (!dose || planned(dose.stops, day)) return [];
    const text = (name) => said.find(([one]) => one === name)?.[1] || "";
    const parts = said.filter(([name, value]) => /^day[12]_/.test(name) && value.trim());
    if (amount(text("mg")) !== 0 || parts.some(([, value]) => amount(value) !== 0)) return [];
    return [{ rule: "unplanned-stop", day, medication: Number(data.stopping) }];
  }

  // -- what is noticed, and what of it is still to be shown ------------------------------------------------------------

  // Of several readings the highest.
  function noticed(day, said) {
    const highest = new Map();
    const see = (rule, reading) => {
      if (reached(rule, reading)) highest.set(rule.rule, Math.max(reading, highest.get(rule.rule) ?? reading));
    };
    const rated = readings(said);
    const found = [];
    for (const rule of rules.values()) {
      if (rule.trigger === "symptom") {
        for (const [symptom, reading] of rated) if (symptom === rule.subject) see(rule, reading);
      } else if (rule.trigger === "item" && form.dataset.questionnaire === rule.subject) {
        for (const [name, value] of said) if (name === `item-${rule.item}` && value) see(rule, Number(value));
      } else if (rule.trigger === "event" && said.some(([name, value]) => name === `event-${rule.subject}` && value)) {
        found.push({ rule: rule.rule, day });
      }
    }
    for (const [rule, reading] of highest) found.push({ rule, day, reading });
    found.push(...missed(said, day), ...stopped(said, day));
    return found;
  }

  // The most urgent first, then in the order of the table; of one rule the highest reading, then the latest day.
  function byUrgency(notices) {
    const order = [...rules.keys()];
    const place = ({ rule, day, reading, medication }) =>
      [rules.get(rule).rank, order.indexOf(rule), -(reading ?? 0), -number(day), medication ?? 0];
    const first = (one, other) => one.map((value, at) => value - other[at]).find(Boolean) || 0;
    return notices.sort((one, other) => first(place(one), place(other)));
  }

  const asTold = ({ rule, day, reading, medication }) => [rule, reading ?? null, medication ?? null, day];

  // Shown before, as the page knows it, and as it waits on this device.
  function shown() {
    const rows = [...data.shown, ...told];
    for (const item of queue.mine()) {
      const text = item.pairs.find(([name]) => name === "flags")?.[1];
      const said = text ? queue.parsed(text) : [];
      if (Array.isArray(said)) rows.push(...said.filter(Array.isArray));
    }
    return rows;
  }

  function unseen(notices) {
    const before = shown();
    return notices.filter(({ rule, day, reading, medication }) => {
      const same = before.filter(([r, , m, d]) => r === rule && (m ?? null) === (medication ?? null) && d === day);
      return !same.length || (reading !== undefined && same.every(([, height]) => height === null || height < reading));
    });
  }

  function dayOf() {
    const said = form.elements.starts_on?.value;
    if (said !== undefined) return said;
    return data.day || dayIn(new URL(form.getAttribute("action") || location.href, location.href).pathname);
  }

  // What is noticed in the form, on each day that it is about and that is not over a week ago.
  function inForm() {
    const said = pairs();
    const named = [...new Set(said.map(([name]) => /^(\d{4}-\d\d-\d\d)-/.exec(name)?.[1]).filter(Boolean))];
    const days = (named.length ? named : [dayOf()]).filter((day) => isDay(day) && number(today()) - number(day) <= data.days);
    const found = days.flatMap((day) => noticed(day, named.length ? saidOn(day, said) : said));
    const seen = new Set(); // two days that both stand in the form are one pair
    return byUrgency(found).filter((notice) => {
      const what = JSON.stringify(asTold(notice));
      return !seen.has(what) && seen.add(what);
    });
  }

  // -- the panel -------------------------------------------------------------------------------------------------------

  function sentence({ rule, day, reading, medication }) {
    const fill = { reading, day: words(day), before: words(beside(day, -1)), medication: data.doses[medication]?.name };
    return rules.get(rule).noticed.replace(/\{(\w+)\}/g, (whole, name) => fill[name] ?? whole);
  }

  function fillIn(dialog, notices) {
    dialog.querySelector("[data-flag-heading]").textContent = rules.get(notices[0].rule).heading;
    const list = dialog.querySelector("[data-flag-rows]");
    const pattern = list.firstElementChild;
    const told = new Set();
    list.replaceChildren();
    for (const notice of notices) {
      const about = `${notice.rule} ${notice.medication}`; // of two pairs of days the later one, which comes first
      if (told.has(about)) continue;
      told.add(about);
      const row = pattern.cloneNode(true);
      const when = row.querySelector("[data-flag-about]");
      if (notice.day === today() || rules.get(notice.rule).noticed.includes("{day}")) when.remove();
      else when.textContent = `On ${words(notice.day)}:`;
      row.querySelector("[data-flag-noticed]").textContent = sentence(notice);
      row.querySelector("[data-flag-todo]").textContent = rules.get(notice.rule).todo;
      list.append(row);
    }
  }

  // {say, lead}: `say` tells how the save goes; `lead(go)` has closing lead on, at once where it is closed already.
  function show(notices) {
    const dialog = document.getElementById("flag-panel").content.firstElementChild.cloneNode(true);
    fillIn(dialog, notices);
    const state = dialog.querySelector("[data-flag-state]");
    state.textContent = "Saving";
    let open = true;
    let next = null;
    dialog.addEventListener("close", () => {
      open = false;
      dialog.remove();
      if (next) next();
    });
    for (const button of dialog.querySelectorAll("[data-flag-close]")) {
      button.addEventListener("click", () => dialog.close());
    }
    document.body.append(dialog);
    device.offerPlan(dialog).catch(() => {}); // no look into the stores: the panel does without the way to it
    try {
      dialog.showModal();
      dialog.querySelector("[data-flag-heading]").focus();
      dialog.scrollTop = 0;
    } catch (error) {
      dialog.remove();
      throw error;
    }
    const say = (text) => {
      if (state.textContent !== text) state.textContent = text;
      dialog.querySelector("[data-flag-saved]").hidden = text !== "Saved.";
    };
    const lead = (go) => {
      if (open) next = go;
      else go();
    };
    const drop = () => {
      next = null;
      dialog.close();
    };
    return { say, lead, drop };
  }

  function field() {
    const there = form.elements.flags;
    if (there) return there;
    const made = document.createElement("input");
    made.type = "hidden";
    made.name = "flags";
    form.append(made);
    return made;
  }

  function tell() {
    if (told.length || form.elements.flags) field().value = told.length ? JSON.stringify(told.slice(-40)) : "";
  }

  // To be called when Save is pressed, before the form is read: the panel, or null where there is nothing to show or it
  // cannot be shown. What the form then says it has shown is what is on the screen.
  function pressed() {
    try {
      const notices = unseen(inForm());
      if (!notices.length) return null;
      const before = told;
      const panel = show(notices);
      told = [...told, ...notices.map(asTold)];
      tell();
      return {
        ...panel,
        // The browser sends the form itself, and goes: the journal shows it.
        drop: () => {
          told = before;
          tell();
          panel.drop();
        },
      };
    } catch {
      return null;
    }
  }

  // -- a form that drafts.js does not keep: sent from here only where there is something to show ---------------------------

  async function send(panel) {
    const offline = "No connection. Not saved yet: it is still on this page. Save again when there is one.";
    try {
      const answer = await fetch(form.getAttribute("action") || location.href, {
        method: "POST",
        body: new URLSearchParams(pairs()),
        credentials: "same-origin",
        redirect: "manual",
        keepalive: true,
        headers: { Accept: "application/json" },
      });
      const said = answer.ok ? await answer.json().catch(() => null) : null;
      if (said?.saved) {
        panel.say("Saved.");
        panel.lead(() => location.assign(said.next));
        return;
      }
      panel.say("Not saved yet. Close this to see what needs a look.");
      panel.lead(() => HTMLFormElement.prototype.submit.call(form));
    } catch {
      panel.say(offline);
      sending = false;
    }
  }

  let sending = false;
  if (!("keep" in form.dataset)) {
    form.addEventListener("submit", (event) => {
      if (sending) return event.preventDefault();
      if (event.submitter?.name || event.submitter?.matches("[formaction], [formmethod]")) return undefined;
      const panel = pressed();
      if (!panel) return undefined;
      event.preventDefault();
      sending = true;
      send(panel);
      return undefined;
    });
  }

  tell();
  return { pressed };
})();
