// <form data-outbox="log|step_done">: goes through the outbox first, and by its own POST where that cannot be.

const box = self.callbackOutbox;
const MOST = 10_000; // characters of a line
const say = (text, more) => document.dispatchEvent(new CustomEvent("toast", { detail: { text, ...more } }));
const OWN = new Set(["csrfmiddlewaretoken", "uuid", "next", "text", "context", "private", "step", "key"]);
const rows = new Map(); // uuid → what shows on the page that it is on its way

const READ = {
  log(data) {
    const text = String(data.get("text") ?? "").trim();
    const choices = [...data].filter(([name, value]) => !OWN.has(name) && typeof value === "string");
    return { label: text, fields: { text, context: data.get("context") ?? "", private: data.has("private"), choices } };
  },
  step_done(data, form) {
    const step = Number(form.dataset.step ?? form.action.match(/(\d+)\/[a-z]+\/$/)?.[1]);
    const text = String(data.get("text") ?? "").trim();
    const said = form.dataset.label ?? form.querySelector("button")?.getAttribute("aria-label") ?? "Done";
    return { label: text ? `${said}: ${text}` : said, fields: { step, text, private: data.has("private") } };
  },
};

function wrong(kind, { text }) {
  if (kind === "log" && !text) return "There is nothing to log yet: type what happened.";
  return text.length > MOST ? "That is over 10,000 characters; shorten it, or keep it as a file. Nothing was stored." : "";
}

async function keep(form, kind, submitter) {
  const { label, fields } = READ[kind](new FormData(form, submitter), form);
  const why = wrong(kind, fields);
  if (why) {
    say(why, { tone: "bad" });
    return form.removeAttribute("aria-busy");
  }
  const detail = { kind, fields, label };
  document.dispatchEvent(new CustomEvent("outbox-add", { detail }));
  try {
    await detail.stored;
  } catch {
    // Under the same uuid, in case the store took it after all.
    form.querySelectorAll("input[name=uuid]").forEach((field) => (field.value = detail.item.uuid));
    form.removeAttribute("data-outbox");
    form.removeAttribute("aria-busy");
    return form.requestSubmit(submitter);
  }
  if (!form.matches(".quick-log")) {
    // It stays as it is until it arrived, and is not sent a second time.
    const row = form.closest("li") ?? form;
    row.setAttribute("data-waiting", "");
    form.inert = true;
    rows.set(detail.item.uuid, { row, form, gone: form.getAttribute("hx-swap") === "delete" });
  }
  if (box.trouble || !navigator.onLine) say("Kept on this device. It is sent as soon as that works.");
  form.dispatchEvent(new CustomEvent("outbox-kept", { bubbles: true, detail: { uuid: detail.item.uuid } }));
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const kind = form.dataset.outbox;
    if (!READ[kind] || !box?.user || event.defaultPrevented) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.setAttribute("aria-busy", "true");
    keep(form, kind, event.submitter);
  },
  true,
);

// A page that crashed between storing a line and emptying its box brings the line back as a draft: it is no second one.
const before = box?.user ? box.all().catch(() => []) : [];
document.addEventListener("quick-log:restored", async ({ target: form }) => {
  const area = form.querySelector("textarea[name=text]");
  const same = (item) => item.kind === "log" && item.state !== "thrown" && item.fields.text === area.value.trim();
  if (!(await before).some(same)) return;
  area.value = "";
  area.dispatchEvent(new Event("input", { bubbles: true }));
});

// What comes of it ----------------------------------------------------------------------------------

const NEW = 15_000; // ms in which somebody still looks at what they logged
let older = 0, redraw = new Set();

function free(uuid) {
  const shown = rows.get(uuid);
  rows.delete(uuid);
  shown?.row.removeAttribute("data-waiting");
  if (shown) shown.form.inert = false;
  return shown;
}

function acked({ acked: uuid, answer, tab, at, foreign }) {
  for (const name of answer.events ?? []) redraw.add(name);
  const shown = free(uuid);
  if (shown?.gone) shown.row.remove();
  const late = Date.now() - at > NEW;
  if (!late && tab === box.tab) say(answer.toast, { undo: answer.undo });
  if (late && !foreign) older++;
  else refresh();
  document.dispatchEvent(new CustomEvent("outbox-acked", { detail: { uuid, answer } }));
}

function refused({ refused: uuid, why, tab, foreign }) {
  free(uuid);
  if (tab === box.tab || !foreign) say(`Not logged: ${why}`, { tone: "bad" });
  document.dispatchEvent(new CustomEvent("outbox-refused", { detail: { uuid, why } }));
}

function refresh() {
  for (const name of redraw) document.body.dispatchEvent(new CustomEvent(name, { bubbles: true }));
  redraw = new Set();
}

document.addEventListener("outbox-told", ({ detail }) => {
  if (detail.acked) acked(detail);
  if (detail.refused) refused(detail);
  if (!("trouble" in detail)) return;
  if (older) say(older > 1 ? `${older} lines that waited are logged.` : "What waited is logged.");
  older = 0;
  refresh();
});
