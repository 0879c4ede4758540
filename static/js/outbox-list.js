// The list behind the badge: what waits, and what was not taken and why; to change, send again or throw away.

const box = self.callbackOutbox;
const sheet = document.getElementById("outbox-list");
const FORGIVEN = 600_000; // ms after which what was thrown away is gone although the list was never closed
const part = (within, name) => within.querySelector(`[data-outbox-${name}]`);
// What was sent may have arrived although no answer came: it is no longer ours to change.
const free = (item) => item.state === "refused" || (item.state === "waiting" && !item.tried);

function said(item) {
  if (item.state === "thrown") return "Thrown away.";
  if (item.state === "refused") return item.why;
  return item.tried ? "Sent, but not confirmed. It is sent until it is." : "Waiting.";
}

function row(item) {
  const drawn = part(sheet, "row").content.firstElementChild.cloneNode(true);
  drawn.dataset.uuid = item.uuid;
  part(drawn, "label").textContent = item.label || "Logged";
  part(drawn, "when").textContent = new Date(item.occurred_at).toLocaleString([], { weekday: "short", hour: "numeric", minute: "2-digit" });
  part(drawn, "state").textContent = said(item);
  part(drawn, "state").dataset.tone = item.state === "refused" ? "bad" : "quiet";
  const shown = { edit: free(item), throw: free(item), again: item.state === "refused", undo: item.state === "thrown" };
  for (const button of drawn.querySelectorAll("[data-act]")) button.hidden = !shown[button.dataset.act];
  return drawn;
}

async function draw() {
  if (!sheet.open || part(sheet, "rows").querySelector("form")) return; // nobody's words are drawn over
  const items = await box.all();
  part(sheet, "rows").replaceChildren(...items.map(row));
  part(sheet, "none").hidden = items.length > 0;
}

// The items are as they are at this moment, in whatever tab: `how` returns false where it is too late.
async function change(uuid, how) {
  const changed = await box.change(uuid, how);
  const text = "It was sent meanwhile, as it was.";
  if (!changed) document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone: "bad" } }));
  box.tell({ changed: true });
  document.dispatchEvent(new CustomEvent("outbox-flush"));
}

function anew(item) {
  if (!free(item)) return false;
  // Only where the server has other words under this uuid does it get another.
  if (item.renew) item.uuid = crypto.randomUUID?.() ?? item.uuid;
  Object.assign(item, { state: "waiting", why: "", tried: false, failures: 0, renew: false });
}

function edit(line, item) {
  const form = part(sheet, "form").content.firstElementChild.cloneNode(true);
  // A step that is gone cannot be ticked off, but what was to be said can be logged.
  form.elements.text.value = item.fields.text || item.label;
  part(line, "acts").hidden = true;
  line.append(form);
  form.elements.text.focus();
}

function save(form) {
  const { uuid } = form.closest("[data-uuid]").dataset;
  const text = form.elements.text.value.trim();
  if (!text) return form.elements.text.focus();
  form.remove();
  return change(uuid, (item) => {
    if (anew(item) === false) return false;
    if (item.kind === "step_done") Object.assign(item, { kind: "log", fields: { text, context: "", private: false, choices: [] } });
    else item.fields.text = text;
    item.label = text;
  });
}

async function bury(since = Infinity) {
  const gone = (await box.all()).filter((item) => item.state === "thrown" && item.thrown_at < since);
  if (gone.length) await box.remove(gone.map((item) => item.uuid));
}

const ACTS = {
  edit: async (uuid, line) => edit(line, (await box.all()).find((item) => item.uuid === uuid)),
  again: (uuid) => change(uuid, anew),
  throw: (uuid) =>
    change(uuid, (item) => (free(item) ? void Object.assign(item, { was: item.state, state: "thrown", thrown_at: Date.now() }) : false)),
  undo: (uuid) => change(uuid, (item) => (item.state === "thrown" ? void (item.state = item.was) : false)),
};

if (sheet && box?.user) {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-outbox-open]")) {
      sheet.showModal();
      draw();
    } else if (event.target.closest("#outbox-list [data-outbox-close]")) sheet.close();
    const button = event.target.closest("#outbox-list [data-act]");
    const line = button?.closest("[data-uuid]");
    if (line) ACTS[button.dataset.act](line.dataset.uuid, line);
  });
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    save(event.target);
  });
  sheet.addEventListener("close", () => {
    part(sheet, "rows").replaceChildren();
    bury();
  });
  document.addEventListener("outbox-told", draw);
  bury(Date.now() - FORGIVEN).catch(() => {});
}
