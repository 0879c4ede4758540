// The outbox's store: what was logged lies in IndexedDB until the server names it as stored. docs/offline.md.
//
// Whoever has something to log dispatches on document
//   new CustomEvent("outbox-add", { detail: { kind, fields, label, uuid?, occurred_at? } })
// and awaits detail.stored: it resolves once the item is durable, and rejects where it cannot be stored; the caller
// then posts its form as it is, under the uuid of detail.item. Events back, on document: "outbox-changed" {waiting,
// refused, trouble}, "outbox-acked" {uuid, answer}, "outbox-refused" {uuid, why}. The other outbox files share
// `callbackOutbox`. What is read without a connection: callbackOutbox.reading() → {at, data} or null.

const { within } = self.callbackOutbox;
const SLOW = 5000; // ms after which a store that says nothing counts as broken
const KEPT_FOR = 7 * 24 * 3600_000; // ms that what is read lies on a device
const { user = "", shell } = document.body.dataset;
const channel = self.BroadcastChannel && new BroadcastChannel("callback-outbox");

const inTime = (promise) => {
  const late = new Promise((_, reject) => setTimeout(reject, SLOW, new Error("The store does not answer.")));
  return Promise.race([promise, late]);
};

const pad = (number) => String(number).padStart(2, "0");
// ISO 8601 by the clock of this device, with its offset.
function stamp(at = new Date()) {
  const east = -at.getTimezoneOffset();
  const local = new Date(at.getTime() + east * 60_000).toISOString().slice(0, -1);
  return `${local}${east < 0 ? "-" : "+"}${pad(Math.floor(Math.abs(east) / 60))}:${pad(Math.abs(east) % 60)}`;
}

// crypto.randomUUID exists only on https and localhost.
const fresh = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
  );

async function add(item) {
  await within("items", "readwrite", (store) => store.add(item)).catch((error) => {
    if (error?.name !== "ConstraintError") throw error; // it is there already
  });
  tell({ changed: true });
  document.dispatchEvent(new CustomEvent("outbox-flush", { detail: { now: true } }));
}

function tell(message) {
  channel?.postMessage(message);
  document.dispatchEvent(new CustomEvent("outbox-told", { detail: message }));
}

function change(uuid, how) {
  return within("items", "readwrite", (store, give) => {
    store.index("uuid").get(uuid).onsuccess = ({ target: { result: item } }) => {
      give(null);
      if (!item || how(item) === false) return;
      give(item);
      store.put(item);
    };
  });
}

// The first of this user's items after that number that waits to be sent.
function next(after) {
  return within("items", "readonly", (store, give) => {
    store.openCursor(IDBKeyRange.lowerBound(after, true)).onsuccess = ({ target: { result: at } }) => {
      if (!at) return;
      if (at.value.user === box.user && at.value.state === "waiting") give(at.value);
      else at.continue();
    };
  });
}

const all = async () => {
  const items = await within("items", "readonly", (store, give) => (store.getAll().onsuccess = (event) => give(event.target.result)));
  return items.filter((item) => item.user === box.user);
};

const remove = (uuids) =>
  within("items", "readwrite", (store) => {
    for (const uuid of uuids) {
      store.index("uuid").getKey(uuid).onsuccess = ({ target: { result: key } }) => key !== undefined && store.delete(key);
    }
  });

async function reading() {
  const found = await within("reading", "readonly", (store, give) => (store.get(box.user).onsuccess = (event) => give(event.target.result)));
  const age = found ? Date.now() - found.at : 0;
  if (!found || (age < KEPT_FOR && age > -KEPT_FOR / 7)) return found ?? null;
  await within("reading", "readwrite", (store) => store.clear());
  return null;
}

const keepReading = (data) =>
  within("reading", "readwrite", (store) => store.clear() && store.put({ user: box.user, at: Date.now(), data }), "relaxed");

const box = (self.callbackOutbox = {
  // The shell, which is nobody's page, belongs to whoever was signed in last.
  user: shell === undefined ? user : (localStorage.getItem("callback-user") ?? ""),
  add, all, change, channel, keepReading, next, reading, remove, stamp, tell, within,
  tab: "", // of the tab, not the page: what the last page of it logged is still its own
  trouble: "", // why the waiting ones wait: "offline", "signed-out", "server", "other"
});

const logs = box.user && (shell !== undefined || document.body.dataset.outbox !== undefined);
if (logs) box.tab = sessionStorage["callback-tab"] ??= fresh();

document.addEventListener("outbox-add", ({ detail }) => {
  const { kind, fields, label, uuid = fresh(), occurred_at = stamp() } = detail;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  const own = { user: box.user, tab: box.tab, label, state: "waiting", tried: false, failures: 0 }; // never sent
  const item = { uuid, kind, fields, occurred_at, zone, ...own };
  detail.item = item;
  if (!logs) {
    detail.stored = Promise.reject(new Error("Nobody here logs."));
    return;
  }
  detail.stored = inTime(add(item)).then(() => item);
});
channel?.addEventListener("message", ({ data }) =>
  document.dispatchEvent(new CustomEvent("outbox-told", { detail: { ...data, foreign: true } })),
);
