// The service worker: pages come from the network, and where that fails the shell stands in. KEPT is put before this
// by the server: {version, page, files, home, apart}. No page but the shell, which is nobody's, is ever kept.

const CACHE = `callback-${KEPT.version}`;
const PATIENCE = 6000; // ms for Today and the log page, where a signal that is none would keep one waiting
const HASHED = /\.[0-9a-f]{12}\.\w+$/; // never another content under the same name

async function keep() {
  const store = await caches.open(CACHE);
  await Promise.all(
    [KEPT.page, ...KEPT.files].map(async (address) => {
      const cache = HASHED.test(address) ? "default" : "no-cache"; // the page has just loaded most of them
      const answer = await fetch(address, { cache, credentials: address === KEPT.page ? "omit" : "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
      await store.put(address, answer);
    }),
  );
}

async function tidy() {
  for (const name of await caches.keys()) if (name.startsWith("callback-") && name !== CACHE) await caches.delete(name);
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

// Without opening it, which would make anew what signing out has wiped.
const kept = (address) => caches.match(address, { cacheName: CACHE, ignoreVary: true });

async function page(event, path) {
  const network = Promise.resolve(event.preloadResponse).then((answer) => answer ?? fetch(event.request));
  const hurried = KEPT.home.includes(path) && new Promise((_, give) => setTimeout(give, PATIENCE, new Error("late")));
  try {
    const answer = await (hurried ? Promise.race([network, hurried]) : network);
    // The gateway answers, the server does not.
    if (![502, 503, 504].includes(answer.status)) return answer;
    return (await kept(KEPT.page)) ?? answer;
  } catch (error) {
    const shell = await kept(KEPT.page);
    if (!shell) throw error;
    return shell;
  } finally {
    network.catch(() => {});
  }
}

async function file(request, path) {
  const held = await kept(path);
  if (held && HASHED.test(path)) return held;
  return fetch(request).catch((error) => {
    if (held) return held;
    throw error;
  });
}

addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keep());
});
addEventListener("activate", (event) => event.waitUntil(tidy()));
addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin || pathname.startsWith(KEPT.apart)) return;
  if (event.request.mode === "navigate") event.respondWith(page(event, pathname));
  else if (KEPT.files.includes(pathname)) event.respondWith(file(event.request, pathname));
});
