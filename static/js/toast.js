// Toasts: from the page as it was loaded, from `HX-Trigger: {"toast": {text, undo, tone}}`, from other modules.

const region = document.getElementById("toasts");
const KEPT = "callback:toast"; // one that must outlive a reload

function show({ text, undo, tone }) {
  if (!text) return;
  const toast = region.querySelector("template").content.firstElementChild.cloneNode(true);
  toast.id = `toast-${Date.now()}`;
  toast.querySelector(".toast-text").textContent = text;
  if (tone === "bad") toast.dataset.tone = "bad";
  const form = toast.querySelector("[data-undo]"); // none for whoever may only look
  if (undo && form) {
    form.action = undo;
    form.hidden = false;
  }
  for (const said of region.querySelectorAll(".toast-text")) {
    if (said.textContent === text && !undo) said.closest(".toast").remove(); // once is enough
  }
  put(toast);
  raise();
  fade(toast);
}

// The newest on top, where it moves none of the others; the oldest go.
function put(toast) {
  region.prepend(toast);
  const most = matchMedia("(max-width: 859px)").matches ? 2 : 3;
  for (const old of [...region.querySelectorAll(".toast")].slice(most)) old.remove();
}

// As a popover the region stands above an open dialog; re-opening puts it on top.
function raise() {
  if (!region.showPopover) return;
  region.popover = "manual";
  if (region.matches(":popover-open")) region.hidePopover();
  region.showPopover();
}

function fade(toast) {
  const life = toast.querySelector("[data-undo]:not([hidden])") ? 12000 : 6000;
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove());
  setTimeout(leave, life);
}

async function undo(form) {
  const address = form.getAttribute("action");
  const toast = form.closest(".toast");
  toast.hidden = true;
  let answer;
  const note = (event) => {
    if (event.detail.pathInfo.requestPath === address) answer = event.detail;
  };
  document.addEventListener("htmx:afterRequest", note);
  await htmx.ajax("POST", address, { source: document.body, swap: "none" }).catch(() => {});
  document.removeEventListener("htmx:afterRequest", note);
  if (!answer?.successful) return (toast.hidden = false);
  toast.remove();
  const triggers = JSON.parse(answer.xhr.getResponseHeader("HX-Trigger") || "{}");
  const { toast: said, ...events } = triggers;
  if (Object.keys(events).length || answer.xhr.getResponseHeader("HX-Redirect")) return;
  // Nothing on the page knows how to redraw itself: load it again, and say what was said afterwards.
  if (said) sessionStorage.setItem(KEPT, JSON.stringify(said));
  location.reload();
}

if (region) {
  document.addEventListener("toast", (event) => show(event.detail));
  region.addEventListener("click", (event) => {
    if (event.target.closest("[data-toast-close]")) event.target.closest(".toast").remove();
  });
  region.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-undo]")) return;
    event.preventDefault();
    undo(event.target);
  });
  const loaded = region.querySelectorAll(".toast");
  if (loaded.length) raise();
  loaded.forEach((toast) => {
    put(toast); // moved, so that it is announced
    fade(toast);
  });
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (kept) show(JSON.parse(kept));
}
