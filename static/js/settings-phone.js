// The phone's settings: what this browser can do and what it holds, asked each time the page is looked at.

const box = self.callbackOutbox;
const place = (name) => document.querySelector(`[data-phone="${name}"]`);

function say(name, good, words) {
  const row = place(name);
  row.querySelector("small").textContent = words;
  row.dataset.state = good === null ? "" : good ? "good" : "missing";
}

const age = (at) => {
  const minutes = Math.round((Date.now() - at) / 60000);
  return minutes < 60 ? `${minutes} min` : minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
};

const ASK = {
  secure() {
    if (isSecureContext) say("secure", true, location.protocol === "https:" ? "Yes, https." : "Yes: this computer itself.");
    else say("secure", false, "No. Without https a browser neither installs Callback nor keeps it for the time without a signal.");
  },
  async worker() {
    if (!navigator.serviceWorker) return say("worker", false, isSecureContext ? "This browser has no service worker." : "Needs https.");
    const found = await navigator.serviceWorker.getRegistration();
    if (found?.active) return say("worker", true, "Yes, from any page you opened here.");
    say("worker", false, found ? "Being set up." : "Not yet: open Today once while there is a connection.");
  },
  async reading() {
    const kept = await box?.reading?.();
    if (!kept) return say("reading", null, "Nothing yet.");
    say("reading", true, `Today’s queue, ${kept.data.people.length} people and ${kept.data.briefs.length} briefs, ${age(kept.at)} old.`);
  },
  async waiting() {
    const items = (await box.all()).filter((item) => item.state !== "thrown");
    const calls = JSON.parse(localStorage.getItem(`callback-calls-${self.callbackSeller()}`) ?? "[]").length;
    const refused = items.filter((item) => item.state === "refused").length;
    const parts = [`${items.length - refused} waiting`, refused && `${refused} not taken`, calls && `${calls} calls without an outcome`];
    say("waiting", !refused, items.length || calls ? `${parts.filter(Boolean).join(", ")}.` : "Nothing. All you logged here has arrived.");
  },
  async storage() {
    const kept = await navigator.storage?.persisted?.();
    place("storage").querySelector("button").hidden = kept !== false;
    if (kept === undefined) say("storage", false, "This browser cannot promise it.");
    else say("storage", kept, kept ? "Yes, the browser promised it." : "Not promised: a browser short of space might throw away what waits.");
  },
  installed() {
    const standalone = matchMedia("(display-mode: standalone)").matches || navigator.standalone;
    say("installed", standalone || null, standalone ? "Yes." : "Use the button if your browser shows it, or “Add to home screen” in its menu.");
  },
};

const ask = () => {
  for (const [name, question] of Object.entries(ASK)) {
    Promise.resolve().then(question).catch(() => say(name, false, "This browser does not say."));
  }
};

if (document.querySelector("[data-phone-here]")) {
  ask();
  for (const name of ["outbox-changed", "outbox-reading", "calls-changed", "installed"]) document.addEventListener(name, ask);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());
  document.querySelector("[data-storage-ask]").addEventListener("click", async () => {
    const kept = await navigator.storage.persist();
    if (!kept) document.dispatchEvent(new CustomEvent("toast", { detail: { text: "Your browser said no. Install Callback or bookmark it, then ask again." } }));
    ask();
  });
}
