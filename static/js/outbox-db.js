// IndexedDB for the outbox and what is read without a connection: two stores, writes that are on the disk when they are done.

let opened;
function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("callback", 1);
    asked.onupgradeneeded = () => {
      const items = asked.result.createObjectStore("items", { keyPath: "seq", autoIncrement: true });
      items.createIndex("uuid", "uuid", { unique: true });
      asked.result.createObjectStore("reading", { keyPath: "user" });
    };
    asked.onerror = asked.onblocked = () => reject(asked.error ?? new Error("blocked"));
    asked.onsuccess = () => {
      const db = asked.result;
      db.onversionchange = db.onclose = () => ((opened = undefined), db.close());
      resolve(db);
    };
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

// `work(store, give)` makes its requests; the promise resolves with what was given once the transaction is complete.
async function within(name, mode, work, durability = "strict") {
  const db = await open();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(name, mode, { durability });
    let given;
    transaction.oncomplete = () => resolve(given);
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    work(transaction.objectStore(name), (value) => (given = value));
  });
}

self.callbackOutbox = { within };
