// Signing out wipes what lies on this device; what is not sent yet only if it is said to be thrown away.

const box = self.callbackOutbox;
const { user, outbox } = document.body.dataset;
const dialog = document.getElementById("outbox-leave");
const say = (text) => document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone: "bad" } }));
const many = (number, one, more) => (number ? `${number} ${number > 1 ? more : one}` : "");

function calls() {
  try {
    return JSON.parse(localStorage.getItem(`callback-calls-${user}`))?.length ?? 0;
  } catch {
    return 0;
  }
}

async function unsent() {
  if (outbox === undefined) return "";
  const lines = (await box.all()).filter((item) => item.state !== "thrown").length;
  const parts = [many(lines, "line is not sent", "lines are not sent"), many(calls(), "call has no outcome", "calls have no outcome")];
  return parts.filter(Boolean).join(" and ");
}

function choose(left) {
  dialog.querySelector("[data-outbox-left]").textContent = `${left}.`;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}

const others = () => box.within("items", "readonly", (store, give) => (store.count().onsuccess = (event) => give(event.target.result)));

async function reached() {
  try {
    const answer = await fetch(outbox ?? location.href, { method: outbox ? "GET" : "HEAD", redirect: "manual", cache: "no-store" });
    return answer.type === "opaqueredirect" || answer.ok;
  } catch {
    return false;
  }
}

async function leave(form) {
  const left = await unsent().catch(() => "");
  const choice = left ? await choose(left) : "throw";
  form.removeAttribute("aria-busy");
  if (!choice) return;
  if (!(await reached())) return say("No connection, so you cannot be signed out now. Nothing was wiped.");
  const keep = choice === "keep";
  if (!keep && left) await box.remove((await box.all()).map((item) => item.uuid));
  document.dispatchEvent(new CustomEvent("outbox-leaving")); // whoever keeps drafts forgets them
  await box.wipe({ calls: !keep && outbox !== undefined }).catch(() => {});
  box.channel?.postMessage({ left: user });
  // The server may tell the browser to clear everything only where nothing of anybody's is left to be sent.
  const empty = outbox !== undefined && !keep && (await others().catch(() => 1)) === 0;
  if (empty) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "clear", value: "1" }));
  form.submit();
}

if (box && user !== undefined) {
  document.addEventListener(
    "submit",
    (event) => {
      if (!event.target.matches("form[data-leave]")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      leave(event.target);
    },
    true,
  );
  document.addEventListener("outbox-told", ({ detail }) => detail.left === user && location.reload());
}
