// Loaded in the head, before anything else: a number that is tapped is noted on this device, come what may.
// Where calls.js is there it shows what to know first; where it is not (yet), the call goes ahead at once.

// Whose calls these are: the seller's, "" for anybody else. The offline shell belongs to who was signed in last.
self.callbackSeller = () => {
  const { user, shell, outbox } = document.body.dataset;
  if (shell !== undefined) return localStorage.getItem("callback-user") ?? "";
  return outbox === undefined ? "" : user;
};

(() => {
  const uuid = () =>
    crypto.randomUUID?.() ??
    "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
      (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
    );

  // Whom the number is of: what the link says, or what is around it, or what the page is about.
  function noted(link) {
    const named = link.closest("[data-call]");
    const about = named?.dataset.call || (link.closest("main") && document.querySelector("form.quick-log [name=context]")?.value) || "";
    const [kind, pk] = about.split("-");
    const words = link.getAttribute("aria-label") || link.textContent;
    return {
      id: uuid(),
      contact: kind === "contact" ? pk : "",
      prospect: kind === "prospect" ? pk : "",
      deal: link.closest("[data-deal]")?.dataset.deal || (kind === "deal" ? pk : ""),
      number: link.getAttribute("href").slice(4),
      who: named?.dataset.who || words.trim().replace(/^Call\s+/, ""),
      at: new Date().toISOString(),
      state: "called",
    };
  }

  function keep(call, user) {
    try {
      const key = `callback-calls-${user}`;
      const kept = JSON.parse(localStorage.getItem(key)) ?? [];
      localStorage.setItem(key, JSON.stringify([...kept, call]));
    } catch {
      // No storage in this browser: the call itself still goes ahead.
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='tel:']");
    const user = self.callbackSeller();
    if (!link || !user || event.defaultPrevented || link.hasAttribute("data-call-now")) return;
    const call = noted(link);
    keep(call, user);
    const alone = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    const prepared = new CustomEvent("call-prepare", { detail: call, cancelable: true });
    if (!alone && !document.dispatchEvent(prepared)) event.preventDefault();
  });
})();
