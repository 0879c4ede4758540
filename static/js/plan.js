// A deal's plan: open steps change places by dragging; the arrows beside each do the same without it.

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

function drop({ item, oldIndex, newIndex }) {
  if (oldIndex === newIndex) return;
  let next = item.nextElementSibling;
  while (next && !next.dataset.step) next = next.nextElementSibling;
  htmx.ajax("POST", item.dataset.orderUrl, { source: item, swap: "none", values: { before: next?.dataset.step ?? 0 } });
}

function attach() {
  const plan = document.querySelector("[data-plan]:not([data-attached])");
  if (!plan || !window.Sortable) return;
  plan.dataset.attached = "";
  window.Sortable.create(plan, {
    draggable: "[data-step]",
    filter: "a, button",
    preventOnFilter: false,
    delay: 180,
    delayOnTouchOnly: true,
    animation: still ? 0 : 120,
    ghostClass: "plan-ghost",
    onEnd: drop,
  });
}

attach();
document.addEventListener("htmx:afterSettle", attach);
