// Keeps one page on the device, the help page as for nobody in particular, and shows it when there is no connection.
// It stores nothing else itself. The server puts KEPT in front:
// {name: the store, changing with its content; page: the address of the copy; assets: the files that it needs}.
//
// Somebody may have chosen to log without a connection: then offline.js keeps blank pages in a store of its own
// ("mine-" and the account), and they stand in for the pages of days and of guided practices. No page with anything
// recorded is ever stored, but for the safety plan, where somebody chose that: in a store of its own again ("plan-" and
// the account). Each of these stores holds a help page, too, with the numbers of the person's country, that of the plan
// with the plan: it comes before the one for nobody in particular.
"use strict";

const PATIENCE = 4000; // milliseconds; a connection that hangs is none, for somebody who needs help
const LONGER = 12000; // for somebody who has a blank page instead
const MINE = "mine-";
const PLAN = "plan-";
const OF_PLAN = /^\/care\/(safety-plan\/(edit\/)?|people\/)$/;
const KEPT_PLAN = "/care/safety-plan/offline/";
const OWN_HELP = [[PLAN, "/help-now/offline/own/"], [MINE, "/help-now/offline/country/"]];
const BLANK = [
  [/^\/$/, "/entries/offline/home/"],
  [/^\/entries\/(\d{4}-\d\d-\d\d|today)\/$/, "/entries/offline/"],
  [/^\/entries\/(\d{4}-\d\d-\d\d\/check-in|now)\/$/, "/entries/offline/check-in/"],
  [/^\/coping\/([-\w]+)\/(?:(?:practise|write)\/)?$/, "/coping/offline/$1/"],
  [/^\/coping\/.*$/, "/coping/offline/"],
];

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers());
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const path = new URL(request.url).pathname;
  // A form that could not be sent is left to the browser, which can send it again.
  if (request.method !== "GET") return;
  // A summary that somebody shared is for whoever reads it: no page of this device stands in for it.
  if (path.startsWith("/s/")) return;
  if (request.mode === "navigate") {
    event.respondWith(navigate(request, path));
  } else if (path.startsWith("/static/")) {
    event.respondWith(firstOf(fetch(request), PATIENCE, () => caches.match(path, { ignoreVary: true })));
  }
});

async function keep() {
  const store = await caches.open(KEPT.name);
  for (const address of [KEPT.page, ...KEPT.assets]) {
    // Without the sign-in: what is fetched here cannot know who asks.
    const response = await fetch(address, { credentials: "omit", cache: "no-cache" });
    if (!response.ok || response.redirected) throw new Error(`${address} cannot be kept`);
    await store.put(address, response);
  }
}

async function forgetOthers() {
  const names = await caches.keys();
  const old = names.filter((name) => name !== KEPT.name && !name.startsWith(MINE) && !name.startsWith(PLAN));
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function navigate(request, path) {
  const help = path === "/help-now/";
  const alone = path.startsWith("/help-now/") || path.startsWith("/accounts/"); // no blank page stands in for these
  const fresh = fetch(request).then((response) => {
    if (help && response.status >= 500) throw new Error("the server has no help page");
    return response;
  });
  fresh.catch(() => {}); // it is looked at below
  const plan = OF_PLAN.test(path);
  const blank = alone ? undefined : await (plan ? keptIn(PLAN, KEPT_PLAN) : blankFor(path));
  const patience = help || (plan && blank) ? PATIENCE : blank ? LONGER : 0;
  return firstOf(fresh, patience, () => blank || helpCopy());
}

// Help as this device has it for the person, else as for nobody in particular.
async function helpCopy() {
  for (const [start, page] of OWN_HELP) {
    const own = await keptIn(start, page);
    if (own) return own;
  }
  return copyOf(KEPT.page);
}

// The blank page that stands in for this address, where somebody keeps one; for all other addresses the first page.
async function blankFor(path) {
  const store = await storeOf(MINE);
  for (const [addresses, page] of store ? [...BLANK, [/.*/, BLANK[0][1]]] : []) {
    const blank = addresses.test(path) && (await store.match(path.replace(addresses, page), { ignoreVary: true }));
    if (blank) return blank;
  }
  return undefined;
}

// A page of what somebody chose to keep; undefined where nobody did.
async function keptIn(start, page) {
  return (await storeOf(start))?.match(page, { ignoreVary: true });
}

// Where there are two, somebody else has signed in since: until offline.js has taken the other one away none is served.
async function storeOf(start) {
  const [name, another] = (await caches.keys()).filter((one) => one.startsWith(start));
  return name && !another ? caches.open(name) : undefined;
}

// What comes from the network, else the copy: when the network fails, or takes longer than `patience` (0: any time).
async function firstOf(fresh, patience, copy) {
  const late = new Promise((resolve, reject) => {
    if (patience) setTimeout(() => reject(new Error("too slow")), patience);
  });
  try {
    return await Promise.race([fresh, late]);
  } catch {
    return (await copy()) || fresh;
  }
}

async function copyOf(address) {
  const store = await caches.open(KEPT.name);
  return store.match(address, { ignoreVary: true });
}
