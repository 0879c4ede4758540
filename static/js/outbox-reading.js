// What lies on this device belongs to one user: the service worker with its shell, and what can be read without a
// connection. Another user's is wiped as soon as somebody else signs in; a manager's browser keeps nothing.

const box = self.callbackOutbox;
const { user, shell, outbox, worker, reading: address } = document.body.dataset;
const FRESH = 600_000; // ms for which what was read need not be read again
const LATER = 3000; // ms
const WHO = "callback-user";
let asked = 0;

// What was typed and not sent is no reading: it waits for whoever typed it, whoever signs in meanwhile.
async function wipe({ calls = false } = {}) {
  const ours = Object.keys(localStorage).filter((key) => /^callback[-:]/.test(key));
  for (const key of ours) if (calls || !key.startsWith("callback-calls-")) localStorage.removeItem(key);
  for (const key of Object.keys(sessionStorage)) if (/^callback[-:]/.test(key)) sessionStorage.removeItem(key);
  for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) await one.unregister();
  if (self.caches) for (const name of await caches.keys()) if (name.startsWith("callback-")) await caches.delete(name);
  await box.within("reading", "readwrite", (store) => store.clear());
}

async function read() {
  if (!address || Date.now() - asked < FRESH) return;
  const kept = await box.reading();
  if (kept && Date.now() - kept.at < FRESH) return;
  asked = Date.now();
  const answer = await fetch(address, { redirect: "manual", cache: "no-store" });
  if (answer.ok) await box.keepReading(await answer.json());
  document.dispatchEvent(new CustomEvent("outbox-reading"));
}

async function settle() {
  if (user === undefined) return;
  const before = localStorage.getItem(WHO);
  if (before !== null ? before !== user : outbox === undefined && (await left())) await wipe();
  if (outbox === undefined) return;
  localStorage.setItem(WHO, user);
  // What the page itself needs comes first.
  if (document.readyState !== "complete") await new Promise((loaded) => addEventListener("load", loaded, { once: true }));
  await navigator.serviceWorker?.register(worker);
  setTimeout(() => read().catch(() => {}), LATER);
}

// Somebody's worker or reading, although nobody is named.
const left = async () => Boolean((await navigator.serviceWorker?.getRegistrations())?.length);

if (box && shell === undefined) {
  box.wipe = wipe;
  settle().catch((error) => console.warn("outbox", error));
  // Back to a page of somebody who has left meanwhile shows nothing of it.
  addEventListener("pageshow", (event) => {
    if (event.persisted && user !== undefined && outbox !== undefined && localStorage.getItem(WHO) !== user) location.reload();
  });
}
