// A half-typed line outlives a call, a reload and a crash: kept on this device, per user, until it is stored.
// It keeps whom it was typed about; a tab takes up its own line first, then what was typed last anywhere.

const user = self.callbackSeller?.();
const KEY = `callback-draft-${user}`;
const form = document.querySelector("form.quick-log");
const area = form?.querySelector("textarea[name=text]");
const given = Boolean(area?.value); // an address or an error brought words along: the draft waits for the next page
const mine = given ? `${KEY}-given` : KEY;
const own = form?.elements.context?.value ?? "";

function about(context) {
  let field = form.elements.context;
  if (!field && context) {
    field = Object.assign(document.createElement("input"), { type: "hidden", name: "context" });
    form.prepend(field);
  }
  if (field) field.value = context;
}

const read = (storage) => {
  try {
    return JSON.parse(storage.getItem(mine));
  } catch {
    return null;
  }
};

function keep() {
  const text = area.value;
  if (!text.trim()) return forget();
  const draft = JSON.stringify({ text, context: form.elements.context?.value ?? "" });
  try {
    sessionStorage.setItem(mine, draft);
    localStorage.setItem(mine, draft);
  } catch {
    // No room, or no storage here: the line is still in the box.
  }
}

function forget() {
  const last = read(sessionStorage);
  sessionStorage.removeItem(mine);
  const there = read(localStorage);
  if (!there || !last || there.text === last.text) localStorage.removeItem(mine);
  about(own);
}

if (area && user) {
  const draft = read(sessionStorage) ?? (given ? null : read(localStorage));
  if (!given && draft?.text) {
    area.value = draft.text;
    about(draft.context || own);
    keep();
    form.dispatchEvent(new Event("quick-log:restored", { bubbles: true }));
  }
  area.addEventListener("input", keep);
  // Stored from another tab: what is the same line here is no draft any more.
  addEventListener("storage", (event) => {
    if (event.key !== mine || event.newValue || !event.oldValue) return;
    if (JSON.parse(event.oldValue).text !== area.value || area === document.activeElement) return;
    area.value = "";
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
