// Keeps one page on the device, the help page as for nobody in particular, and shows it when there is no connection.
// It keeps nothing else: no page of the journal is ever stored. The server puts KEPT in front:
// {name: the store, changing with its content; page: the address of the copy; assets: the files that it needs}.
"use strict";

const PATIENCE = 4000; // milliseconds; a connection that hangs is none, for somebody who needs help

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
  if (request.mode === "navigate") {
    event.respondWith(navigate(request, path));
  } else if (KEPT.assets.includes(path)) {
    event.respondWith(firstOf(fetch(request), PATIENCE, () => copyOf(path)));
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
  await Promise.all(names.filter((name) => name !== KEPT.name).map((name) => caches.delete(name)));
}

function navigate(request, path) {
  const help = path === "/help-now/";
  const fresh = fetch(request).then((response) => {
    if (help && response.status >= 500) throw new Error("the server has no help page");
    return response;
  });
  return firstOf(fresh, help ? PATIENCE : 0, () => copyOf(KEPT.page));
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
