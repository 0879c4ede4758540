// Names without a connection: recent people and prospects, found in a line for chips only. The server's grammar
// decides when the line arrives. new CustomEvent("outbox-names", { detail: { text } }) sets detail.found, a promise
// of [{ id, name, prospect }] of the people in the text, several where a name is that of several.

const box = self.callbackOutbox;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1);

// How well somebody is named: 0 not at all; a whole name, or a first name beside the prospect, beats a first name.
function named(person, words) {
  const [first, ...rest] = wordsOf(person.name);
  if (!first || !words.has(first)) return rest.length && words.has(rest.at(-1)) ? 1 : 0;
  return 1 + (rest.some((word) => words.has(word)) ? 2 : 0) + (words.has(wordsOf(person.prospect)[0]) ? 1 : 0);
}

function find(text, kept) {
  const words = new Set(wordsOf(text));
  const scored = (kept?.data.people ?? []).map((person) => [named(person, words), person]);
  const most = Math.max(0, ...scored.map(([score]) => score));
  return scored.filter(([score]) => score && score === most).map(([, person]) => person).slice(0, 6);
}

const element = (tag, more) => Object.assign(document.createElement(tag), more);

function chip({ id, name, prospect }, alone) {
  const label = element(alone ? "span" : "label", { className: "chip" });
  if (!alone) label.append(element("input", { type: "radio", name: "person", value: id }));
  label.append(`${name}, ${prospect}`);
  return label;
}

// What the grammar's own words tell of the line, and until the server has answered that it is being read.
function told(text, kept, early) {
  const data = kept?.data ?? {};
  const known = new Set((data.people ?? []).flatMap(({ name, prospect }) => wordsOf(`${name} ${prospect}`)));
  const detail = { text, words: data.words, known };
  document.dispatchEvent(new CustomEvent("quick-told", { detail }));
  const label = detail.label || (early ? "Reading…" : "");
  return label ? [element("span", { className: detail.label ? "chip" : "chip soft", textContent: label })] : [];
}

// The preview could not be asked for, or (`early`) has not come yet: what can be told here.
async function draw({ form, early }) {
  const shown = form.querySelector(".quick-log-preview");
  const foot = document.querySelector("[data-outbox-preview]")?.content.cloneNode(true);
  if (!shown || !foot) return;
  const chosen = shown.querySelector("[name=person]:checked")?.value;
  const locked = shown.querySelector("[name=private]")?.checked ?? false;
  const kept = await box.reading().catch(() => null);
  const people = find(form.elements.text.value, kept);
  // Emptied meanwhile, or the server was faster.
  if (!form.elements.text.value.trim() || (early && form.hasAttribute("data-read"))) return;
  if (early) foot.querySelector(".soft")?.remove();
  const act = told(form.elements.text.value, kept, early && !people.length);
  shown.replaceChildren(...act, ...people.map((person) => chip(person, people.length === 1)), foot);
  const again = chosen && shown.querySelector(`[name=person][value="${CSS.escape(chosen)}"]`);
  if (again) again.checked = true;
  shown.querySelector("[name=private]").checked = locked;
  shown.hidden = false;
  form.toggleAttribute("data-open", true);
}

if (box?.user) {
  document.addEventListener("outbox-names", ({ detail }) => (detail.found = box.reading().then((kept) => find(detail.text, kept))));
  document.addEventListener("quick-log:unread", ({ detail }) => draw(detail));
}
