// What every page needs and no component owns: waiting, failing, the connection, small buttons.

const say = (text, tone) => document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone } }));
const root = document.documentElement;
const GONE = "No connection. What you typed is still here; saving has to wait.";

// A thin line on top while htmx waits; CSS holds it back for the first 150 ms.
let waiting = 0;
const wait = (step) => {
  waiting = Math.max(0, waiting + step);
  root.toggleAttribute("data-busy", waiting > 0);
};
document.addEventListener("htmx:beforeSend", () => wait(1));
document.addEventListener("htmx:afterRequest", () => wait(-1));

// The server's own words come as a toast in the answer; these are for answers that never came.
document.addEventListener("htmx:sendError", () => say(GONE, "bad"));
document.addEventListener("htmx:timeout", () => say("No answer in time. What you typed is still here.", "bad"));
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  const drawn = xhr.status === 409 || xhr.status === 422; // the form came back and says what is wrong
  if (!drawn && !xhr.getResponseHeader("HX-Trigger")?.includes('"toast"')) {
    say("Something broke on our side. What you typed is still here.", "bad");
  }
});

const logs = document.body.dataset.outbox !== undefined;
addEventListener("offline", () => say(logs ? "No connection. Go on logging: it waits here." : GONE, "bad"));
addEventListener("online", () => say("Connected again."));

// What floats closes when one looks elsewhere.
const floating = ".chip-menu[open], .filter-menu[open]";
const fold = (but) => document.querySelectorAll(floating).forEach((one) => one.contains(but) || (one.open = false));
document.addEventListener("pointerdown", (event) => fold(event.target));
document.addEventListener("focusin", (event) => fold(event.target));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.(floating);
  if (!menu) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Keys are named as this keyboard names them.
if (/Mac|iPhone|iPad/.test(navigator.platform)) {
  for (const key of document.querySelectorAll("[data-mod-key]")) key.textContent = `⌘${key.dataset.modKey}`;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-print], [data-copy]");
  if (!button) return;
  if (button.matches("[data-print]")) return print();
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    say("Copied.");
  } catch {
    say("Your browser would not copy. Select the text instead.", "bad");
  }
});

// A strip of links that is wider than the phone begins with the page one is on.
const here = document.querySelector(".settings-nav [aria-current]");
here?.parentElement.scrollTo({ left: here.offsetLeft - here.parentElement.offsetLeft - 48, behavior: "instant" });
