// Loaded in the head, before anything else: a number that is tapped is noted on this device, come what may.
// Where calls.js is there it shows what to know first; where it is not (yet), the call goes ahead at once.

// Whose calls these are: the seller's, "" for anybody else. The offline shell belongs to who was signed in last.
self.callbackSeller = () => {
  const { user, shell, outbox } = document.body.dataset;
  if (shell !== undefined) return localStorage.getItem("callback-user") ?? "";
  return outbox === undefined ? "" : user;
};

// crypto.randomUUID exists only on https and localhost.
self.callbackUuid = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
  );

// A call with whom a link names: by itself, by what is around it, or by what the page is about.
self.callbackCall = (link) => {
  const named = link.closest("[data-call]");
  const page = link.closest("main") && document.querySelector("form.quick-log [name=context]")?.value;
  const { call, contact } = named?.dataset ?? {};
  const [kind, pk] = (call || (contact ? `contact-${contact}` : named ? "" : page) || "").split("-");
  const number = link.getAttribute("href").match(/^tel:(.*)/)?.[1] ?? "";
  return {
    id: self.callbackUuid(),
    contact: kind === "contact" ? pk : "",
    prospect: kind === "prospect" ? pk : "",
    deal: link.closest("[data-deal]")?.dataset.deal || (kind === "deal" ? pk : ""),
    number,
    who: named?.dataset.who || (number && (link.getAttribute("aria-label") || link.textContent).trim().replace(/^Call\s+/, "")),
    at: new Date().toISOString(),
    state: "called",
  };
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='tel:']");
  const user = self.callbackSeller();
  if (!link || !user || event.defaultPrevented || link.hasAttribute("data-call-now")) return;
  const call = self.callbackCall(link);
  try {
    const key = `callback-calls-${user}`;
    localStorage.setItem(key, JSON.stringify([...(JSON.parse(localStorage.getItem(key)) ?? []), call]));
  } catch {
    return; // no storage in this browser: the call itself goes ahead
  }
  const alone = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  const prepared = new CustomEvent("call-prepare", { detail: call, cancelable: true });
  if (!alone && !document.dispatchEvent(prepared)) event.preventDefault();
});
