// Installing is offered by a quiet line, never by a dialog; put away it stays away on this device. What waits in the
// outbox is worth keeping: the browser is asked once not to throw it away.

const AWAY = "install:away"; // outlives signing out: it says nothing about anybody
const ASKED = "storage:asked";
let offered;

function show() {
  const away = localStorage.getItem(AWAY) !== null;
  for (const one of document.querySelectorAll("[data-install]")) one.hidden = !offered;
  for (const line of document.querySelectorAll("[data-install-line]")) line.hidden = !offered || away;
}

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offered = event;
  show();
});

addEventListener("appinstalled", () => {
  offered = undefined;
  show();
  document.dispatchEvent(new Event("installed"));
});

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-install-away]")) {
    localStorage.setItem(AWAY, "1");
    show();
  } else if (event.target.closest("[data-install]") && offered) {
    offered.prompt();
    await offered.userChoice.catch(() => {});
    offered = undefined; // a browser lets each offer be used once
    show();
  }
});

async function persist() {
  if (localStorage.getItem(ASKED) || !navigator.storage?.persist) return;
  localStorage.setItem(ASKED, "1");
  if (!(await navigator.storage.persisted())) await navigator.storage.persist();
}
for (const name of ["outbox-kept", "call-answered"]) document.addEventListener(name, () => persist().catch(() => {}));
