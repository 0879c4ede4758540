// What the first words of a line tell, while the server reads it: its kind, and how a call went where a clause of its
// own says so. The words are the grammar's (crm/desk/quicklog/at_once.py); where they do not settle it nothing is said.
// new CustomEvent("quick-told", { detail: { text, words, known } }) sets detail.label: "Call, no answer", or "".
// `known`: a Set of the words of the names on this device.

const parts = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/’/g, "'");
const has = (list, word) => list.split(" ").includes(word);

// [kind, whether it is a try to call, which can have failed]
function kindOf(tokens, words, known) {
  let at = 0;
  while (at < 2 && has("i we just", tokens[at])) at += 1;
  const named = at;
  while (at < named + 3 && known.has(tokens[at])) at += 1;
  const [verb, after = ""] = tokens.slice(at);
  if (!verb || has(words.unless, after)) return [""];
  for (const [kind, verbs] of Object.entries(words.kinds)) if (has(verbs, verb)) return [kind, kind === "Call"];
  for (const [kind, [verbs, follow]] of Object.entries(words.before)) {
    if (has(verbs, verb) && (has(follow, after) || (kind === "Meeting" && at === named && known.has(after)))) return [kind];
  }
  return [""];
}

function told(text, words, known) {
  const line = parts(text).trim();
  const [kind, tried] = kindOf(line.match(/[\p{L}\p{N}']+/gu) ?? [], words, known);
  if (!tried) return kind;
  for (const clause of line.split(/[,;.!\n]+/).slice(1)) {
    for (const [outcome, phrases] of Object.entries(words.outcomes)) {
      if (phrases.split("|").includes(clause.trim())) return `${kind}, ${outcome}`;
    }
  }
  return kind;
}

document.addEventListener("quick-told", ({ detail }) => {
  detail.label = detail.words ? told(detail.text, detail.words, detail.known) : "";
});
