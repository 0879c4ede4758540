// Fills the shell, which stands in for any page without a connection, with what this device keeps.

const box = self.callbackOutbox;
const part = (name, within = document) => within.querySelector(`[data-offline-${name}]`);
const drawn = (name) => part(name).content.firstElementChild.cloneNode(true);
const words = { weekday: "long", hour: "numeric", minute: "2-digit" };

function ago(at) {
  const minutes = Math.round((Date.now() - at) / 60_000);
  if (minutes < 2) return "just now";
  if (minutes < 90) return `${minutes} minutes ago`;
  const hours = Math.round(minutes / 60);
  return hours < 36 ? `${hours} hours ago` : `${Math.round(hours / 24)} days ago`;
}

const today = () => box.stamp().slice(0, 10);

function item(one) {
  const row = drawn("item");
  const set = (name, text) => (row.querySelector(`[data-${name}]`).textContent = text);
  set("title", one.title);
  set("who", one.who);
  set("what", one.title === one.what ? "" : one.what);
  set("due", one.due);
  if (one.due_on && one.due_on < today()) row.querySelector("time").dataset.tone = "bad";
  const call = row.querySelector("[data-call]");
  if (one.tel) {
    Object.assign(call, { href: one.tel, hidden: false });
    call.querySelector("span").textContent = one.phone;
    // What notes a call on this device reads whom it is to from these.
    Object.assign(call.dataset, { contact: one.contact ?? "", deal: one.deal ?? "", who: one.name });
  }
  const done = row.querySelector("form");
  if (one.step) Object.assign(done.dataset, { step: one.step, label: `Done: ${one.what}` });
  else done.remove();
  return row;
}

function brief({ prospect, lines }) {
  const row = drawn("brief");
  row.querySelector("summary").textContent = prospect;
  for (const { label, text, tone, when } of lines) {
    const line = document.createElement("div");
    if (tone) line.dataset.tone = tone;
    for (const [tag, words] of [["dt", label], ["dd", text], ["dd", when]]) {
      line.append(Object.assign(document.createElement(tag), { textContent: words }));
    }
    row.querySelector("dl").append(line);
  }
  return row;
}

function person({ id, name, prospect }) {
  const chip = drawn("person");
  chip.textContent = name;
  chip.title = prospect;
  chip.addEventListener("click", () => {
    const field = document.querySelector("#quick-log [name=context]");
    const on = field.value !== `contact-${id}`;
    field.value = on ? `contact-${id}` : "";
    part("about").textContent = on ? ` with ${name.split(" ")[0]}` : "";
    for (const other of chip.parentElement.children) other.ariaPressed = String(on && other === chip);
    document.getElementById("log-text").focus();
  });
  return chip;
}

function show({ at, data }) {
  part("age").textContent = `As of ${new Date(at).toLocaleString([], words)}, ${ago(at)}.`;
  part("queue").replaceChildren(...data.queue.map(item));
  part("today").hidden = !data.queue.length;
  part("briefs").replaceChildren(...data.briefs.map(brief));
  part("known").hidden = !data.briefs.length;
  part("people").append(...data.people.slice(0, 8).map(person));
  part("people").hidden = !data.people.length;
}

async function fill() {
  const kept = box.user ? await box.reading().catch(() => null) : null;
  part("log").hidden = !box.user;
  const none = box.user
    ? "Nothing to read is kept on this device, or it is older than seven days. What you log waits here until there is a connection."
    : "Nobody is signed in on this device. Sign in when there is a connection.";
  part("none").textContent = none;
  part("none").hidden = Boolean(kept);
  if (kept) show(kept);
  const asked = new URLSearchParams(location.search);
  const field = document.getElementById("log-text");
  const sent = ["title", "text", "url"].map((name) => asked.get(name)?.trim()).filter(Boolean);
  if (!field.value && sent.length) field.value = [...new Set(sent)].join(" ").slice(0, 10_000);
  if (/^[a-z]+-\d+$/.test(asked.get("context"))) document.querySelector("#quick-log [name=context]").value = asked.get("context");
}

if (box) {
  fill();
  part("again").addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  // Nobody's words are torn away by a reload: it is said, and a tap away.
  addEventListener("online", () => {
    part("why").textContent = "Connected again.";
    part("again").textContent = "Open the page";
  });
  addEventListener("offline", () => {
    part("why").textContent = "No connection.";
    part("again").textContent = "Try again";
  });
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  box.channel?.addEventListener("message", ({ data }) => data.left && location.reload());
}
