// A number was tapped: what to know first, then the call, then "How did it go?", until that is answered.
// Calls that nobody has told about wait in localStorage (tel.js puts them there), in a row.

const dialog = document.getElementById("call-sheet");
const user = self.callbackSeller?.();
const KEY = `callback-calls-${user}`;
const CLAIM = `callback-asking-${user}`; // which tab shows the sheet, so that a second one does not
const me = String(Math.random());
const part = (name) => dialog.querySelector(`[data-call-${name}]`);
let shown; // the call the sheet is about
let renewing;
let row; // those that were put off are asked about as well, one after the other

function all() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}
const store = (calls) => {
  if (calls.length) localStorage.setItem(KEY, JSON.stringify(calls));
  else localStorage.removeItem(KEY);
  document.dispatchEvent(new Event("calls-changed"));
};
const change = (id, fields) => store(all().map((call) => (call.id === id ? { ...call, ...fields } : call)));
const forget = (id) => store(all().filter((call) => call.id !== id));
const next = (put) => all().findLast((call) => call.state === "called" && (put || !call.later));

// One sheet, whatever number of tabs: the claim of a tab that was killed runs out.
function claimed() {
  const [tab, until] = (localStorage.getItem(CLAIM) ?? "").split(" ");
  return tab && tab !== me ? Math.max(0, Number(until) - Date.now()) : 0;
}
const release = () => claimed() || localStorage.removeItem(CLAIM);
const claim = () => localStorage.setItem(CLAIM, `${me} ${Date.now() + 4000}`);

function open(call, view) {
  shown = call;
  row ||= Boolean(call.later);
  part("before").hidden = view !== "before";
  part("after").hidden = view !== "after";
  if (!dialog.open) dialog.showModal();
  claim();
  clearInterval(renewing);
  renewing = setInterval(claim, 1500);
}

function prepare(tapped) {
  const call = { ...tapped, state: "prep" };
  change(call.id, call);
  dialog.querySelector("h2").textContent = call.who ? `Call ${call.who.split(",")[0]}` : "Call";
  part("who").textContent = call.who.split(", ").slice(1).join(", ") || call.number;
  part("now").href = `tel:${call.number}`;
  part("now").classList.add("button--primary");
  part("now").querySelector("span").textContent = "Call now";
  part("ask").hidden = true;
  part("prep").replaceChildren();
  open(call, "before");
  part("now").focus();
  know(call);
}

// What to know, from the server or, without one, from what lies on the device. The call waits for neither.
async function know(call) {
  const { contact, prospect, deal, number } = call;
  const address = `${dialog.dataset.prepUrl}?${new URLSearchParams({ contact, prospect, deal, number })}`;
  let html = "";
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(8000) });
    if (answer.ok && !answer.headers.get("HX-Redirect")) html = await answer.text();
  } catch {
    // no connection
  }
  if (shown !== call) return;
  if (html) part("prep").replaceChildren(document.createRange().createContextualFragment(html));
  else document.dispatchEvent(new CustomEvent("call-offline", { detail: { call, into: part("prep") } }));
}

function ask(call) {
  document.dispatchEvent(new CustomEvent("call-ask", { detail: call }));
  open(call, "after");
  (dialog.querySelector("[name=outcome]:checked") ?? dialog.querySelector("[name=outcome]")).focus({ preventScroll: true });
}

// Coming back: the latest call first; one that was put off is asked about only when it is tapped.
function back() {
  if (document.visibilityState !== "visible" || !next()) return;
  if (claimed()) return void setTimeout(back, claimed() + 100);
  if (dialog.open ? shown?.state !== "called" || !part("after").hidden : document.querySelector("dialog[open]")) return;
  ask(next());
}

function close() {
  clearInterval(renewing);
  release();
  const call = shown;
  shown = row = undefined;
  if (!call) return;
  const now = all().find((one) => one.id === call.id);
  if (now?.state === "prep") forget(call.id); // nobody was called
  else if (now) change(call.id, { later: true });
}

function answered(id) {
  forget(id);
  if (shown?.id !== id) return;
  shown = undefined;
  document.dispatchEvent(new Event("call-sheet-gone"));
  const call = next(row);
  if (call) ask(call);
  else dialog.close();
}

if (dialog && user) {
  document.addEventListener("call-prepare", (event) => {
    event.preventDefault();
    prepare(event.detail);
  });
  part("now").addEventListener("click", () => {
    shown = { ...shown, state: "called", at: new Date().toISOString() };
    change(shown.id, { state: "called", at: shown.at });
    part("now").classList.remove("button--primary");
    part("now").querySelector("span").textContent = "Call again";
    part("ask").hidden = false;
    part("ask").classList.add("button--primary");
  });
  part("ask").addEventListener("click", () => ask(shown));
  part("later").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", close);
  document.addEventListener("call-answered", (event) => answered(event.detail.id));
  document.addEventListener("call-open", (event) => ask(event.detail));
  // What is typed in the sheet outlives the page as well.
  document.addEventListener("call-note", (event) => change(event.detail.id, event.detail));
  // Another tab has answered it.
  addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    document.dispatchEvent(new Event("calls-changed"));
    if (shown && !shown.loose && !all().some((call) => call.id === shown.id)) answered(shown.id);
  });
  document.addEventListener("visibilitychange", back);
  addEventListener("pageshow", back);
  addEventListener("focus", back);
  addEventListener("pagehide", release);
  // What was only looked at when the page went away was never called.
  store(all().filter((call) => call.state !== "prep" || Date.now() - new Date(call.at) < 3600000));
  back();
}
