"""What a device says of a line at once is never other than what the grammar makes of it."""

import itertools
import json
import re
from datetime import datetime

from crm.desk.quicklog import at_once, parse
from crm.desk.quicklog.verbs import FORMS
from crm.web.text import fold
from tests.desk.quicklog.seller import HERE, WED, corpus, directory
from tests.desk.quicklog.test_shared_lines import LINES

TOLD = """([texts, words, names]) => texts.map((text) => {
  const detail = { text, words, known: new Set(names) };
  document.dispatchEvent(new CustomEvent("quick-told", { detail }));
  return detail.label;
})"""
AFTER = (
    "off up out in it for to the a an their our his her that true with on at about from back around by over down into "
    "time quits attention names deadline target halfway both all no not never if when unless yesterday today tomorrow "
    "again twice me us him them dana everyone someone legal procurement it's an invoice proposal and but so because who"
).split()
TAILS = ("", ", no answer", " the deal", ", left vm, send quote fri")


def names(path):
    """The words of everybody's name, as a device has them of those it knows."""
    rows = path.read_text(encoding="utf-8").splitlines()[1:]
    words = (fold(word) for row in rows for word in re.split(r"[^\w]+", " ".join(row.split(",")[:2])))
    return sorted({word for word in words if len(word) > 1})


def said(page, lines, known):
    return page.evaluate(TOLD, [lines, at_once.words(), known])


def against(label, text, at, known):
    """What the grammar has against a label, or ""."""
    kind, _, outcome = label.partition(", ")
    act = parse(text, at, known).as_json()["activity"] or {"kind": "note", "outcome": None}
    agrees = act["kind"] == kind.lower() and (not outcome or act["outcome"] == outcome.replace(" ", "_"))
    return "" if agrees else f"{text!r}: {label!r}, but {act['kind']} {act['outcome']}"


def test_no_line_is_told_otherwise_than_the_grammar_reads_it(page):
    page.goto("/log/")
    known, told = directory(), 0
    sets = [(HERE / "directory.csv", corpus())]
    if LINES.is_dir():
        sets.append((LINES / "directory.csv", list(map(json.loads, (LINES / "lines.jsonl").open(encoding="utf-8")))))
    for path, lines in sets:
        known = directory(path)
        labels = said(page, [line["text"] for line in lines], names(path))
        wrong = [
            against(label, line["text"], datetime.fromisoformat(line["at"]), known)
            for label, line in zip(labels, lines, strict=True)
            if label
        ]
        told += len(wrong)
        assert not [words for words in wrong if words]
    assert told > 100

    # Every verb, before words that turn what it says.
    words, known = at_once.words(), directory()
    verbs = " ".join([*words["kinds"].values(), *(verbs for verbs, _ in words["before"].values())]).split()
    one_each = {tuple(sorted(FORMS[verb])): verb for verb in verbs}.values()
    made = [f"{verb} {after}{tail}" for verb, after, tail in itertools.product(one_each, AFTER, TAILS)]
    outcomes = [phrase for phrases in words["outcomes"].values() for phrase in phrases.split("|")]
    made += [f"called dana, {phrase}" for phrase in outcomes]
    labels = said(page, made, names(HERE / "directory.csv"))
    wrong = [against(label, text, WED, known) for label, text in zip(labels, made, strict=True) if label]
    assert "\n".join(filter(None, wrong)) == ""
    assert sum(map(bool, labels)) > len(made) / 2 and all(", " in label for label in labels[-len(outcomes) :])


def test_of_some_lines_nothing_is_told(page):
    page.goto("/log/")
    lines = [
        "met the deadline",
        "called off the demo",
        "wrote down the price",
        "call Dana tomorrow",
        "not called Dana",
        "",
    ]
    assert said(page, lines, ["dana"]) == [""] * len(lines)
    lines = ["Rang Dana", "I called Dana: no answer.", "we met Dana", "Dana texted, fine", "rang José, Line Busy"]
    told = ["Call", "Call", "Meeting", "Message", "Call, busy"]
    assert said(page, lines, ["dana", "jose"]) == told
