// Forms: sent once, errors found, a new uuid for the next submission.

// crypto.randomUUID exists only on https and localhost; a phone on the home network has neither.
const uuid = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
  );

const renew = (form) => form.querySelectorAll("input[name=uuid]").forEach((field) => (field.value = uuid()));

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.setAttribute("aria-busy", "true");
    // A download leaves the page where it is, and nothing says when it has come.
    if ("download" in form.dataset) setTimeout(done, 4000, form);
    // Somebody cancelled it: it was never sent.
    setTimeout(() => event.defaultPrevented && !form.matches("[hx-post], [hx-put], [hx-delete]") && done(form));
  },
  true,
);

const done = (form) => form.removeAttribute("aria-busy");

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  if (!form) return;
  done(form);
  if (event.detail.successful && event.detail.requestConfig.verb !== "get") renew(form);
});

// It lies in the outbox, under a uuid of its own.
document.addEventListener("outbox-kept", (event) => {
  done(event.target);
  renew(event.target);
});

// Back to a page that was left by sending its form: it may be sent again, as something new.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("form").forEach((form) => { done(form); renew(form); });
});

function first(within) {
  const field = within.querySelector?.("[aria-invalid=true]");
  if (!field) return;
  field.focus();
  // The button comes into sight as well, where both have room: not under the bar at the foot of a phone.
  field.form?.querySelector("button:not([type=button])")?.scrollIntoView({ block: "nearest" });
  field.scrollIntoView({ block: "nearest" });
}
document.addEventListener("htmx:afterSettle", (event) => first(event.target));
first(document);

document.addEventListener("change", (event) => {
  event.target.closest("form[data-autosubmit]")?.requestSubmit();
});

// A filter form keeps its address short: what says nothing is not in it.
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});
