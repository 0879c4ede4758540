// The quick log: grows, previews, sends once (drafts.js keeps the draft). Without it the form is an ordinary form.

const WAIT = 150; // ms after the last key
const box = () => document.querySelector("form.quick-log");
const text = (form) => form.querySelector("textarea[name=text]");
const shown = (form) => form.querySelector(".quick-log-preview");
let timer;
let request;

function open(form, yes) {
  form.toggleAttribute("data-open", yes);
  const preview = shown(form);
  if (preview) preview.hidden = !yes;
}

function changed(form, soon = WAIT) {
  const area = text(form);
  if (!CSS.supports("field-sizing: content")) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }
  clearTimeout(timer);
  if (area.value.trim()) {
    timer = setTimeout(() => preview(form), soon);
    // The names this device knows, until the server has read the line.
    if (!form.hasAttribute("data-read")) unread(form, true);
  } else {
    request?.abort();
    form.removeAttribute("data-read");
    shown(form)?.replaceChildren(); // nothing chosen for this line goes along with the next
    open(form, false);
  }
}

const unread = (form, early) => document.dispatchEvent(new CustomEvent("quick-log:unread", { detail: { form, early } }));

async function preview(form) {
  if (!form.dataset.previewUrl || !shown(form)) return;
  request?.abort();
  request = new AbortController();
  const { signal } = request;
  try {
    const answer = await fetch(form.dataset.previewUrl, {
      method: "POST",
      body: new FormData(form),
      headers: { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) },
      signal,
    });
    if (answer.headers.get("HX-Redirect")) return location.assign(answer.headers.get("HX-Redirect"));
    if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
    const html = await answer.text();
    await lifted();
    if (signal.aborted || !form.isConnected || !text(form).value.trim()) return;
    draw(form, html);
  } catch (error) {
    // No connection: what the device knows may be shown instead.
    if (error.name !== "AbortError") unread(form, false);
  }
}

// What is drawn anew under a thumb that is down would swallow its tap.
let lift, down;
addEventListener("pointerdown", () => (down = new Promise((resolve) => (lift = resolve))), true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(lift, 50), true);
const lifted = () => down && Promise.race([down, new Promise((resolve) => setTimeout(resolve, 1000))]);

function draw(form, html) {
  const old = shown(form);
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  const menu = held?.closest("details");
  const stays = held?.matches(":focus-visible");
  const nth = [...old.querySelectorAll("details")].indexOf(menu);
  const fresh = document.createRange().createContextualFragment(html).firstElementChild;
  if (!fresh) return;
  fresh.classList.add("quick-log-preview");
  old.replaceWith(fresh);
  htmx.process(fresh);
  form.toggleAttribute("data-read", true);
  open(form, true);
  if (!held) return;
  // Chosen with the mouse the menu closes; with the keys, or in a field of it, it stays open.
  const drawn = fresh.querySelectorAll("details")[nth];
  if (drawn) drawn.open = stays;
  const same = `[name="${CSS.escape(held.name || "")}"]`;
  const twin = [...fresh.querySelectorAll(same)].find(
    (one) => one.checkVisibility() && (one.value === held.value || !/radio|checkbox/.test(one.type)),
  );
  (menu && !stays ? drawn?.querySelector("summary") ?? text(form) : twin ?? text(form)).focus();
}

function empty(form) {
  clearTimeout(timer);
  request?.abort();
  text(form).value = "";
  text(form).dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form.quick-log");
  if (form) changed(form, event.target === text(form) ? WAIT : 0);
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form.quick-log");
  if (!form || event.isComposing) return;
  if (event.key === "Escape") {
    event.preventDefault();
    event.target.blur();
    open(form, false); // the words stay in the box
  } else if (event.key === "Enter" && event.target === text(form) && !event.shiftKey) {
    if (!matchMedia("(pointer: fine)").matches || !event.target.value.trim()) return;
    event.preventDefault();
    form.requestSubmit();
  }
});

document.addEventListener("focusin", (event) => {
  const form = event.target.closest("form.quick-log");
  if (form && event.target === text(form) && event.target.value.trim() && !form.hasAttribute("data-open")) changed(form, 0);
});

document.addEventListener("click", (event) => {
  const form = event.target.closest("form.quick-log [data-cancel]")?.closest("form");
  if (form) empty(form);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.quick-log")) return;
  clearTimeout(timer);
  request?.abort();
});

const stored = (form) => (empty(form), text(form).blur());

document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful, requestConfig } = event.detail;
  if (!successful || requestConfig.verb === "get" || !elt.matches?.("form.quick-log")) return;
  const form = elt.isConnected ? elt : box();
  if (form) stored(form);
});

// It is in the outbox: durable, on its way.
document.addEventListener("outbox-kept", (event) => event.target.matches("form.quick-log") && stored(event.target));

document.addEventListener("quick-log:focus", () => box() && text(box()).focus());

const begin = (form) => text(form) === document.activeElement && text(form).value && changed(form, 0);
document.addEventListener("quick-log:restored", (event) => begin(event.target));
if (box() && text(box())) begin(box());
