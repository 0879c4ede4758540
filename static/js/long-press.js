// [data-brief]: the address of a prospect's brief. A long press, the menu key or Shift+F10 on it opens that in the sheet.

const HOLD = 500; // milliseconds
const SLIP = 10; // pixels a finger may move meanwhile
let timer, from, opened, byKey;

const about = (target) => target?.closest?.("[data-brief]");

function open(element) {
  clearTimeout(timer);
  opened = true;
  navigator.vibrate?.(10);
  document.dispatchEvent(new Event("touchcancel")); // what else began with this touch, as dragging a card
  document.dispatchEvent(new CustomEvent("sheet:open", { detail: { href: element.dataset.brief } }));
}

document.addEventListener("pointerdown", (event) => {
  clearTimeout(timer);
  opened = byKey = false;
  const element = event.pointerType !== "mouse" && event.isPrimary && about(event.target);
  if (!element || event.target.closest("input, textarea, select, button")) return;
  from = [event.clientX, event.clientY];
  timer = setTimeout(open, HOLD, element);
}, true);

document.addEventListener("pointermove", (event) => {
  if (from && Math.hypot(event.clientX - from[0], event.clientY - from[1]) > SLIP) clearTimeout(timer);
}, true);
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => clearTimeout(timer), true);
document.addEventListener("scroll", () => clearTimeout(timer), true);

// Lifting the finger is no tap on what lies under it.
document.addEventListener("click", (event) => {
  if (!opened) return;
  opened = false;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// Some phones ask for their own menu first; some keyboards when the key goes down, others when it comes up.
document.addEventListener("contextmenu", (event) => {
  const element = event.pointerType === "touch" && about(event.target);
  if (element && !opened) open(element);
  if (element || byKey) event.preventDefault();
  byKey = false;
}, true);

document.addEventListener("keydown", (event) => {
  const asked = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
  const element = asked && about(document.activeElement);
  if (!element) return;
  event.preventDefault();
  byKey = true;
  open(element);
  opened = false;
});
