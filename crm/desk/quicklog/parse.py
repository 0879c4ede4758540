"""One line read: `parse(text, at, directory)`.

`at` is the seller's wall clock when writing, naive and to the minute. Nothing is stored and no clock
is read. Whatever the text, a Reading comes back: a line that means nothing is a note.
"""

from dataclasses import dataclass
from typing import Any

from . import changes, dates, frames, happened, money, names, spelling, steps, who
from . import clauses as cl
from .cutting import cut
from .reading import Activity, Done, Named, Reading
from .tokens import Token, tokenize

MAX_TOKENS = 800  # a longer text is a note with a head; its head is read


@dataclass(frozen=True, slots=True)
class Settings:
    """`date_order` mdy or dmy; `currency` the installation's code: other signs warn."""

    date_order: str = "mdy"
    currency: str = "USD"


@dataclass(frozen=True, slots=True)
class Context:
    """The page a line was typed on: it fills what the line leaves out, and breaks ties."""

    prospect_id: Any = None
    deal_id: Any = None
    contact_id: Any = None


def parse(text, at, directory, *, context: Context | None = None, settings: Settings = Settings()) -> Reading:
    at = at.replace(second=0, microsecond=0, tzinfo=None)
    tokens = tokenize(text)[:MAX_TOKENS]
    reading = Reading(text=text, activity=Activity(at=at))
    if not tokens:
        return reading
    spelling.mend(tokens, directory)
    line = _line(text, tokens, directory, settings, at)
    who.settle(line, directory)
    parts = cut(line)
    frames.analyse(line, parts)
    found = who.resolve(line, directory, context)
    events = happened.read(line, parts, at)
    change, changed = changes.read(line, parts, found, directory, at, events)
    next_steps, doubts = steps.read(line, parts, events, at, changed)
    _fill_who(reading, found, directory, context)
    _fill_events(reading, events, at)
    reading.next_steps = next_steps
    _fill_deal(reading, found, change, settings, directory)
    unsure = found.unsure | doubts | set(reading.unsure)
    order = ("prospect", "people", "deal", "at", "next_steps", "deal_changes")
    reading.unsure = [f for f in order if f in unsure]
    reading.done = _done(line, parts, events)
    _spans(reading, line)
    return reading


def _line(text, tokens, directory, settings, at):
    """Full names first, as they beat dates ("Hannah Friday"); then dates, other names, money."""
    masked = tokens
    taken = names.multiword(tokens, directory)
    if taken:
        masked = [Token(t.start, t.end, t.raw, "\0", "w", t.glued) if k in taken else t for k, t in enumerate(tokens)]
    phrases = dates.find(masked, settings.date_order)
    mentions = names.find(tokens, directory, phrases)
    covered = {k for m in mentions for k in range(m.i, m.j)}
    phrases = [d for d in phrases if not any(k in covered for k in range(d.i, d.j))]
    taken = {k for d in phrases for k in range(d.i, d.j)} | covered
    return cl.Line(text, tokens, mentions, phrases, money.find(tokens, taken), at)


def _named(record):
    return Named(record.id, record.name) if record else None


def _fill_who(reading, found, directory, context):
    reading.prospect = _named(found.prospect)
    reading.people = [_named(p) for p in found.people]
    reading.deal = _named(found.deal)
    tables = {"prospect": directory.prospects, "people": directory.contacts, "deal": directory.deals}
    reading.candidates = {
        f: [_named(tables[f][i]) for i in ids if i in tables[f]] for f, ids in found.candidates.items()
    }
    reading.unknown = {f: list(dict.fromkeys(v)) for f, v in found.unknown.items()}


def _fill_events(reading, events, at):
    made = []
    for e in events:
        when = e.at
        if when is None and not e.vague:
            when = at
        made.append(Activity(e.kind, e.direction, e.outcome, when, e.minutes))
        if e.vague and e.at is None:
            reading.unsure.append("at")
    if made:
        reading.activity, reading.more_activities = made[0], made[1:]


def _fill_deal(reading, found, change, settings, directory):
    if not change:
        if found.deal is None and "deal" in found.unsure and reading.prospect is None:
            found.unsure.discard("deal")
        return
    if reading.prospect is None and "prospect" not in found.unsure and not found.deal:
        found.unsure.add("deal")
    reading.deal_changes = change
    if change.currency and change.currency != settings.currency:
        reading.warnings.append(("currency", change.currency))
    if found.deal is None:
        found.unsure.add("deal")
        if reading.prospect is not None and not directory.deals_of(reading.prospect.id):
            reading.unknown.setdefault("deal", [])


def _done(line, parts, events):
    """The words of what happened, for the caller to finish open steps with."""
    out = []
    told = {n: e for e in events for n in e.clauses}
    for n, c in enumerate(parts):
        words = line.text[line.tokens[c.a].start : line.tokens[c.b - 1].end]
        if n in told:
            out.append(Done(told[n].kind, words, "them" if told[n].direction == "in" else "me"))
        elif (
            c.form == "past"
            and not c.negative
            and not c.conditional
            and not set(c.aux) & {"would", "should", "could", "will"}
        ):
            if c.subject in (None, "me"):
                out.append(Done("todo", words))
            elif c.buyer:
                out.append(Done("todo", words, "them"))
    return out


def _spans(reading, line):
    tokens = line.tokens

    def span(field, x):
        reading.spans.append((field, tokens[x.i].start, tokens[x.j - 1].end))

    for m in line.mentions:
        span("people" if m.contacts else "deal" if m.deals and not m.prospects else "prospect", m)
    for d in line.dates:
        if not d.vague:
            span("date", d)
    for m in line.money:
        span("amount", m)
    for s in reading.next_steps:
        reading.spans.append(("next_steps", *s.span))
    reading.spans.sort(key=lambda x: (x[1], x[2]))
