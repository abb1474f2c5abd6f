// The choice to keep blank pages on this device, for days without a connection. The service worker shows them in the
// place of pages that cannot be loaded. They lie in a store named after the account; another account's is taken away.
"use strict";

(() => {
  const { account } = device;
  const PAGES = "/entries/offline/pages/"; // says which pages there are
  const A_DAY = 24 * 60 * 60 * 1000;
  const choice = `offline.${account}`;
  const store = `mine-${account}`;
  const possible = Boolean(account) && "serviceWorker" in navigator && "caches" in window && device.works;
  if (!possible) return;

  // All of them, or none of them: what is kept already stays until the new ones are here.
  async function keep() {
    const found = new Map();
    const list = await fetch(PAGES, { credentials: "same-origin", cache: "no-store", redirect: "error" });
    await Promise.all((await list.json()).pages.map(async (address) => {
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
    const kept = await caches.open(store);
    for (const [address, answer] of found) await kept.put(address, answer);
    for (const old of await kept.keys()) if (!found.has(new URL(old.url).pathname)) await kept.delete(old);
    device.put(choice, { at: Date.now() });
  }

  async function takeOff() {
    device.drop(choice);
    await caches.delete(store);
  }

  async function forgetOthers() {
    const names = await caches.keys();
    await Promise.all(names.filter((one) => one.startsWith("mine-") && one !== store).map((one) => caches.delete(one)));
    for (const [key] of device.all("offline.")) if (key !== choice) device.drop(key);
  }

  // Once a day, and after anything was changed that the blank pages ask for.
  async function refresh() {
    const made = device.get(choice);
    if (!made) return;
    if (/^\/(symptoms|medications|measures|plans|settings)\//.test(location.pathname)) {
      device.put(choice, { at: 0 });
    } else if (Date.now() - made.at > A_DAY) {
      await keep().catch(() => {}); // no connection, or another person's: the next page tries again
    }
  }

  // -- the switch in the settings -----------------------------------------------------------------------------------

  const buttons = document.querySelector("[data-offline-choice]");

  function show(problem = "") {
    if (!buttons) return;
    const on = Boolean(device.get(choice));
    buttons.hidden = false;
    buttons.querySelector("[data-offline-on]").hidden = on;
    buttons.querySelector("[data-offline-off]").hidden = !on;
    document.querySelector("[data-offline-state]").textContent =
      problem || (on ? "On: this device keeps the blank pages." : "Off: this device keeps nothing of your journal.");
  }

  if (buttons) {
    buttons.querySelector("[data-offline-on]").addEventListener("click", async () => {
      try {
        await keep();
        show();
      } catch {
        show("That did not work. It needs a connection and room on this device.");
      }
    });
    buttons.querySelector("[data-offline-off]").addEventListener("click", async () => {
      await takeOff();
      show();
    });
    show();
  }

  forgetOthers().then(refresh);
})();
