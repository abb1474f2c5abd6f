// What somebody chose to keep on this device, for when there is no connection: blank pages to log a day, and their
// safety plan. Two choices, each with a store of its own, named after the account; another account's are taken away.
// The service worker shows what is kept in the place of pages that cannot be loaded.
"use strict";

(() => {
  const { account } = device;
  const BLANK = "/entries/offline/pages/"; // says which blank pages there are
  const PLAN = ["/care/safety-plan/offline/", "/help-now/offline/own/"];
  const AN_HOUR = 60 * 60 * 1000;
  const A_DAY = 24 * AN_HOUR;
  const possible = Boolean(account) && "serviceWorker" in navigator && "caches" in window && device.works;
  if (!possible) return;

  // `age`: kept anew when it is older. `changes`: pages after which the next one keeps it anew. `shows`: pages that
  // come after a change, which keep it anew themselves.
  const CHOICES = [
    {
      name: "pages",
      pages: blankPages,
      key: `offline.${account}`,
      store: `mine-${account}`,
      age: A_DAY,
      changes: /^\/(symptoms|medications|measures|plans|settings)\//,
      on: "On: this device keeps the blank pages.",
      off: "Off: this device keeps no blank pages.",
    },
    {
      name: "plan",
      pages: () => PLAN,
      key: `plan.${account}`,
      store: `plan-${account}`,
      age: AN_HOUR,
      changes: /^\/settings\//,
      shows: /^\/(care\/(safety-plan|people)|entries\/deleted)\//,
      on: "On: this device keeps your safety plan.",
      off: "Off: this device keeps nothing of your safety plan.",
    },
  ];

  async function blankPages() {
    const list = await fetch(BLANK, { credentials: "same-origin", cache: "no-store", redirect: "error" });
    return (await list.json()).pages;
  }

  // All of them, or none of them: what is kept already stays until the new ones are here. Nothing is kept where the choice
  // was taken back meanwhile, by signing out in another tab for one.
  async function keep(choice) {
    const stands = () => Boolean(device.get(choice.key));
    const found = new Map();
    await Promise.all((await choice.pages()).map(async (address) => {
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", redirect: "error" });
      const text = await answer.clone().text();
      if (!answer.ok || !text.includes(`content="${account}"`)) throw new Error(`${address} cannot be kept`);
      found.set(address, answer);
      const page = new DOMParser().parseFromString(text, "text/html");
      for (const part of page.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")) {
        const file = new URL(part.getAttribute("href") || part.getAttribute("src"), location.href);
        if (file.origin === location.origin) found.set(file.pathname, null);
      }
    }));
    await Promise.all([...found].map(async ([address, answer]) => {
      if (answer) return;
      found.set(address, await fetch(address));
      if (!found.get(address).ok) throw new Error(`${address} cannot be kept`);
    }));
    if (!stands()) throw new Error("not wanted any more");
    const kept = await caches.open(choice.store);
    for (const [address, answer] of found) await kept.put(address, answer);
    for (const old of await kept.keys()) if (!found.has(new URL(old.url).pathname)) await kept.delete(old);
    if (stands()) return device.put(choice.key, { at: Date.now() });
    await caches.delete(choice.store);
    throw new Error("not wanted any more");
  }

  async function takeOff(choice) {
    device.drop(choice.key);
    await caches.delete(choice.store);
  }

  async function forgetOthers() {
    const stores = CHOICES.map((choice) => choice.store);
    const others = (await caches.keys()).filter((name) => device.isKept(name) && !stores.includes(name));
    await Promise.all(others.map((name) => caches.delete(name)));
    for (const { key } of CHOICES) {
      for (const [other] of device.all(key.slice(0, key.indexOf(".") + 1))) if (other !== key) device.drop(other);
    }
  }

  // When it is old, and after anything was changed that it holds.
  async function refresh(choice) {
    const made = device.get(choice.key);
    if (!made) return;
    const soon = choice.changes.test(location.pathname);
    if (soon) device.put(choice.key, { at: 0 });
    if (choice.shows?.test(location.pathname) || (!soon && Date.now() - made.at > choice.age)) {
      await keep(choice).catch(() => {}); // no connection, or another person's: the next page tries again
    }
  }

  // -- the switches, in the settings and on the plan's own page -------------------------------------------------------

  function offer(choice) {
    const place = document.querySelector(`[data-offline="${choice.name}"]`);
    if (!place) return;
    const part = (name) => place.querySelector(`[data-offline-${name}]`);

    function show(problem = "") {
      const on = Boolean(device.get(choice.key));
      part("choice").hidden = false;
      part("on").hidden = on;
      part("off").hidden = !on;
      part("state").textContent = problem || (on ? choice.on : choice.off);
    }

    part("on").addEventListener("click", async () => {
      device.put(choice.key, { at: 0 });
      try {
        await keep(choice);
        show();
      } catch {
        await takeOff(choice);
        show("That did not work. It needs a connection and room on this device.");
      }
    });
    part("off").addEventListener("click", async () => {
      await takeOff(choice);
      show();
    });
    show();
  }

  CHOICES.forEach(offer);

  // What was sent late may have been a change of the plan.
  document.addEventListener("queue", () => {
    const plan = CHOICES.find((choice) => choice.name === "plan");
    if (device.get(plan.key)) device.put(plan.key, { at: 0 });
  });

  forgetOthers().then(async () => {
    for (const choice of CHOICES) await refresh(choice);
  });
})();
