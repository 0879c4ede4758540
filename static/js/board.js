// The board's drag. Needs vendor/sortable before it; without both, "Move to…" is the way.

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const place = (list) => list.closest("[data-stage], [data-outcome]");

// "$45,000", as the money filter writes it.
const money = (value) => `${value < 0 ? "−" : ""}${document.querySelector("[data-board]").dataset.symbol}${Math.abs(value).toLocaleString("en-US", {
  minimumFractionDigits: Number.isInteger(value) ? 0 : 2,
  maximumFractionDigits: Number.isInteger(value) ? 0 : 2,
})}`;

function add(column, name, by, write) {
  const shown = column.querySelector(`[data-${name}]`);
  if (!shown || !by) return;
  const value = Math.round((Number(shown.dataset[name]) + by) * 100) / 100;
  shown.dataset[name] = value;
  shown.textContent = write(value);
}

// Count, total and weighted of a column, at once; the answer brings the true ones.
function count(column, card, sign) {
  const amount = sign * Number(card.dataset.amount || 0);
  add(column, "count", sign, String);
  add(column, "total", amount, money);
  add(column, "weighted", (amount * Number(column.dataset.chance || 0)) / 100, (value) => money(Math.round(value)));
}

function putBack(card, list, before) {
  list.insertBefore(card, before?.parentNode === list ? before : null);
}

async function move(card, from, to, before) {
  const old = place(from);
  const fresh = place(to);
  count(old, card, -1);
  count(fresh, card, 1);
  card.setAttribute("aria-busy", "true");
  let kept = false;
  const note = (event) => { kept = event.detail.successful; };
  card.addEventListener("htmx:afterRequest", note);
  await htmx.ajax("POST", card.dataset.moveUrl, {
    source: card,
    target: card,
    swap: "outerHTML",
    values: { stage: fresh.dataset.stage, from_stage: old.dataset.stage, version: card.dataset.version ?? "", uuid: newId() },
  }).catch(() => {}); // said in a toast; what remains is to put the card back
  card.removeEventListener("htmx:afterRequest", note);
  card.removeAttribute("aria-busy");
  if (kept) return;
  putBack(card, from, before);
  count(fresh, card, -1);
  count(old, card, 1);
}

const newId = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
  );

let following; // what stood after the card before it was taken up
function drop({ item, from, to }) {
  document.body.removeAttribute("data-dragging");
  if (from === to) return;
  const target = place(to);
  if (target.dataset.outcome) {
    putBack(item, from, following);
    const address = new URL(item.dataset.endUrl, location.href);
    address.searchParams.set("outcome", target.dataset.outcome);
    document.dispatchEvent(new CustomEvent("sheet:open", { detail: { href: address.href } }));
  } else {
    move(item, from, to, following);
  }
}

const options = {
  group: "deals",
  draggable: "[data-deal]",
  sort: false,
  delay: 180,
  delayOnTouchOnly: true,
  touchStartThreshold: 6,
  animation: still ? 0 : 120,
  ghostClass: "deal-card--ghost",
  chosenClass: "deal-card--chosen",
  scrollSensitivity: 60,
  onStart({ item }) {
    following = item.nextElementSibling;
    document.body.setAttribute("data-dragging", "");
  },
  onEnd: drop,
};

// The lists are redrawn by the server; each new one is taken in hand again.
function attach() {
  if (!document.querySelector("[data-board]")) return;
  for (const list of document.querySelectorAll("[data-cards]")) {
    if (!window.Sortable.get(list)) window.Sortable.create(list, options);
  }
}

if (window.Sortable) {
  attach();
  document.addEventListener("htmx:afterSettle", attach);
}
