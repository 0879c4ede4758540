// What to know before a call, without a connection: the brief that lies on this device, with its age.

const ages = (at) => {
  const hours = Math.round((Date.now() - at) / 3600000);
  return hours < 1 ? "less than an hour ago" : hours < 36 ? `${hours} h ago` : `${Math.round(hours / 24)} days ago`;
};

function row(label, text) {
  const line = document.createElement("div");
  for (const [tag, words] of [["dt", label], ["dd", text]]) {
    line.append(Object.assign(document.createElement(tag), { textContent: words }));
  }
  return line;
}

async function show({ call, into }) {
  const kept = await self.callbackOutbox?.reading?.();
  if (!kept) return;
  const { people = [], queue = [], briefs = [] } = kept.data;
  const number = `tel:${call.number}`;
  const person = people.find((one) => (call.contact ? String(one.id) === call.contact : one.tel === number));
  const item = queue.find((one) => (call.contact ? String(one.contact) === call.contact : one.tel === number));
  const prospect = Number(call.prospect) || person?.prospect_id || item?.prospect;
  const brief = briefs.find((one) => one.id === prospect);
  if (!brief && !item) return;
  const list = Object.assign(document.createElement("dl"), { className: "prep" });
  if (brief?.wrong && brief.wrong === number) list.append(row("Number", "wrong, said a call"));
  // The brief has it already, unless the call is about another step than the next one.
  const said = brief?.lines.some((line) => line.text.toLowerCase().includes(item?.what.toLowerCase()));
  if (item && !said) list.append(row("Next step", [item.what, item.due].filter(Boolean).join(", ")));
  for (const { label, text, when } of brief?.lines ?? []) list.append(row(when ? `${label}, ${when}` : label, text));
  list.append(row("No connection", `As of ${ages(kept.at)}.`));
  into.replaceChildren(list);
}

document.addEventListener("call-offline", (event) => show(event.detail).catch(() => {}));
