// "How did it go?": an outcome brings its usual next step; one more tap sends it, by the outbox where there is one.

const dialog = document.getElementById("call-sheet");
const user = self.callbackSeller?.();
const DAY = 86400000;
let call; // the one that is asked about

const iso = (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
const on = (days) => new Date(new Date().setHours(12, 0, 0, 0) + days * DAY);
const WHEN = { tomorrow: () => on(1), three_days: () => on(3), next_week: () => on(7 - ((new Date().getDay() + 6) % 7)) };
const chosen = (form, name) => form.querySelector(`[name=${name}]:checked`);
const weekend = (date) => date.getDay() % 6 === 0;
const first = (who) => (who ?? "").split(",")[0].split(" ")[0];

function days(form) {
  for (const [name, day] of Object.entries(WHEN)) {
    const words = day().toLocaleDateString("en-US", { weekday: "short", month: "short", day: "numeric" });
    form.querySelector(`[name=when][value=${name}] ~ span [data-day]`).textContent = words.replace(",", "");
  }
}

// The step an outcome usually brings; a weekend waits for Monday (crm/desk/outcomes.py says the same).
function usual(form) {
  const outcome = chosen(form, "outcome");
  if (!outcome) return;
  const { when, what } = outcome.dataset;
  form.querySelector(`[name=when][value=${weekend(WHEN[when]()) ? "next_week" : when}]`).checked = true;
  form.querySelector("[data-call-what]").textContent = what.replace("{name}", named(form) || "them");
  form.dataset.usual = "";
}

const named = (form) => first(form.dataset.who) || first(chosen(form, "who")?.parentElement.textContent.trim());

function step(form) {
  const outcome = chosen(form, "outcome").dataset;
  const when = chosen(form, "when")?.value ?? "none";
  const day = when === "date" ? form.elements.on.value : WHEN[when] && iso(WHEN[when]());
  if (!day) return null;
  const what = outcome.what.replace("{name}", named(form) || "them");
  return { kind: outcome.kind, what, due_on: day, due_time: null, usual: "usual" in form.dataset };
}

// Fill the sheet for a call; `call.outcome` and `call.text` are what was chosen and typed before.
function fill(form, about) {
  call = about;
  form.reset();
  const { contact = "", prospect = "", deal = "", number = "", who = "", text = "", outcome } = call;
  for (const [name, value] of Object.entries({ contact, prospect, deal, number, text })) form.elements[name].value = value;
  form.dataset.who = who;
  const nobody = !contact && !prospect && !number;
  const people = form.querySelector("[data-call-people]");
  people.hidden = !nobody;
  if (nobody) offer(people);
  days(form);
  if (outcome) form.querySelector(`[name=outcome][value=${outcome}]`).checked = true;
  form.toggleAttribute("data-chosen", Boolean(outcome));
  usual(form);
  dialog.querySelector("h2").textContent = who ? `How did it go with ${who.split(",")[0]}?` : "How did it go?";
  dialog.querySelector("[data-call-none]").hidden = Boolean(call.loose);
  when();
}

function when() {
  const at = new Date(call.at);
  const minutes = Math.floor((Date.now() - at) / 60000);
  const clock = at.toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
  const day = iso(at) === iso(new Date()) ? "" : `${at.toLocaleDateString("en-US", { weekday: "short", month: "short", day: "numeric" })} `;
  const ago = minutes < 1 ? "just now" : minutes < 60 ? `${minutes} min ago` : `${day}${clock}`;
  const where = (call.who ?? "").split(", ").slice(1).join(", ") || call.number;
  dialog.querySelector("[data-call-who]").textContent = call.loose ? "" : [where, `called ${ago}`].filter(Boolean).join(", ");
}

// Whom it may have been with: those the page lists.
function offer(people) {
  const model = document.createElement("label");
  model.className = "choice";
  const made = [...document.querySelectorAll("[data-person]")].slice(0, 8).map((person) => {
    const choice = model.cloneNode();
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: "who", value: person.dataset.person });
    choice.append(radio, person.dataset.who.split(",")[0]);
    return choice;
  });
  people.querySelector(".choices").replaceChildren(...made);
}

async function send(form) {
  const field = (name) => form.elements[name].value;
  const ago = Math.max(0, (Date.now() - new Date(call.at)) / 1000);
  const { id } = call;
  const fields = { contact: field("contact") || chosen(form, "who")?.value || "", prospect: field("prospect"), deal: field("deal") };
  Object.assign(fields, { number: field("number"), outcome: chosen(form, "outcome").value, text: field("text"), ago, next: step(form) });
  const said = chosen(form, "outcome").parentElement.textContent.trim();
  const detail = { kind: "outcome", uuid: id, fields, label: [said, form.dataset.who || named(form)].filter(Boolean).join(": ") };
  document.dispatchEvent(new CustomEvent("outbox-add", { detail }));
  const stored = await Promise.resolve(detail.stored ?? Promise.reject()).then(() => true, () => false);
  if (!stored && !(await plainly(form, id, ago))) return;
  document.dispatchEvent(new CustomEvent("call-answered", { detail: { id } }));
}

// Without an outbox the form goes straight to the server; where that fails, the call keeps waiting.
async function plainly(form, id, ago) {
  const body = new FormData(form);
  body.set("uuid", id);
  body.set("ago", ago);
  const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) };
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers }).catch(() => null);
  const told = answer?.status === 204 && JSON.parse(answer.headers.get("HX-Trigger") ?? "null");
  if (!told) {
    const text = answer ? "That could not be stored. It waits here." : "No connection. It waits here.";
    document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone: "bad" } }));
    return false;
  }
  for (const [name, value] of Object.entries(told)) {
    (name === "toast" ? document : document.body).dispatchEvent(new CustomEvent(name, { detail: value, bubbles: true }));
  }
  return true;
}

// The form as a page has its outcome from the address.
for (const page of document.querySelectorAll("main [data-call-form]")) {
  days(page);
  if (chosen(page, "when")?.value === "usual") usual(page);
}

const form = dialog?.querySelector("form");
if (form && user) {
  document.addEventListener("call-ask", (event) => fill(form, event.detail));
  document.addEventListener("change", (event) => {
    const within = event.target.closest("[data-call-form]");
    if (!within) return;
    if (event.target.name === "outcome" || event.target.name === "who") usual(within);
    if (event.target.name === "outcome") within.toggleAttribute("data-chosen", true);
    if (event.target.name === "when" || event.target.name === "on") delete within.dataset.usual;
  });
  form.addEventListener("input", () => {
    const detail = { id: call.id, text: form.elements.text.value, outcome: chosen(form, "outcome")?.value };
    if (!call.loose) document.dispatchEvent(new CustomEvent("call-note", { detail }));
  });
  // Before htmx, which would send it past the outbox.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    send(form).finally(() => form.removeAttribute("aria-busy"));
  }, true);
  dialog.querySelector("[data-call-none]").addEventListener("click", () => {
    document.dispatchEvent(new CustomEvent("call-answered", { detail: { id: call.id } }));
  });
}
