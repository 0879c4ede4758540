// Single keys. Off in fields, under an open dialog, with modifiers, and where body[data-shortcuts="off"].

const visible = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
const writes = (element) => element?.closest?.("input, textarea, select, [contenteditable]");
let prefix = 0; // when `g` was pressed

function press(selector, within = document) {
  const found = [...within.querySelectorAll(selector)].find((one) => visible(one) && !one.disabled);
  found?.click();
  return Boolean(found);
}

// Every list of the page is one list: each row that has a link, in order.
function rows() {
  return [...document.querySelectorAll("[data-list] > *")].filter((row) => visible(row) && row.querySelector("a[href]"));
}

function mark(row) {
  document.querySelectorAll("[data-list] > [data-current]").forEach((one) => one.removeAttribute("data-current"));
  row?.setAttribute("data-current", "");
}

function step(by) {
  const all = rows();
  const here = all.findIndex((row) => row.hasAttribute("data-current"));
  const row = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, here + by))];
  if (!row) return false;
  mark(row);
  row.querySelector("a[href]").focus();
  row.scrollIntoView({ block: "nearest" });
  return true;
}

function help() {
  document.getElementById("help-dialog")?.showModal();
  return true;
}

// The brief of the row one is at; without one, of what the page is about.
function brief(row) {
  const about = row?.closest("[data-brief]") ?? row?.querySelector("[data-brief]");
  const href = about?.dataset.brief ?? document.querySelector("[data-brief-page]")?.dataset.briefPage;
  if (href) document.dispatchEvent(new CustomEvent("sheet:open", { detail: { href } }));
  return Boolean(href);
}

function act(key) {
  if (prefix && Date.now() - prefix < 1500) {
    prefix = 0;
    return Boolean(document.querySelector(`[data-go="${CSS.escape(key)}"]`)?.click() ?? true);
  }
  const row = document.querySelector("[data-list] > [data-current]");
  const named = `[data-key="${CSS.escape(key)}"]`;
  if ((row && press(named, row)) || press(named)) return true;
  switch (key) {
    case "g": prefix = Date.now(); return true;
    case "b": return brief(row);
    case "j": return step(1);
    case "k": return step(-1);
    case "l": document.dispatchEvent(new Event("quick-log:focus")); return true;
    case "/": return press("[data-palette-open]");
    case "z": return press("[data-undo]:not([hidden]) button", document.getElementById("toasts"));
    case "?": return help();
  }
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") {
    const away = event.target.closest?.("form:not(.quick-log)")?.querySelector("[data-cancel]");
    if (away) { event.preventDefault(); away.click(); }
    return;
  }
  if (document.body.dataset.shortcuts === "off" || writes(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key.length === 1 && act(event.key)) event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-list] > *");
  if (row) mark(row);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-help-open]")) help();
});
