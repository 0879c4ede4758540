"""A Plan as chips: what will be recorded, each with the ways to change it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from crm.web.templatetags.callback import clock, day, day_words, money

from .choices import LEAVE

ICONS = {
    "call": "phone",
    "email": "mail",
    "meeting": "users",
    "message": "message-square",
    "note": "sticky-note",
    "todo": "check",
}
OUTCOME_ICONS = {"left_voicemail": "voicemail", "no_answer": "phone-off", "busy": "phone-missed"}
# What the first chip offers: kind:direction:outcome.
ACTS = [
    ("call:out:connected", "Call, connected"),
    ("call:out:left_voicemail", "Call, left voicemail"),
    ("call:out:left_message", "Call, left message"),
    ("call:out:no_answer", "Call, no answer"),
    ("call:out:busy", "Call, busy"),
    ("call:out:wrong_number", "Call, wrong number"),
    ("call:in:connected", "They called, connected"),
    ("call:in:no_answer", "They called, missed"),
    ("email:out:", "Email sent"),
    ("email:in:", "Email from them"),
    ("message:out:", "Message sent"),
    ("message:in:", "Message from them"),
    ("meeting::held", "Meeting, held"),
    ("meeting::no_show", "Meeting, no show"),
    ("meeting::cancelled", "Meeting, cancelled"),
    ("note::", "Note"),
]


class Choice(NamedTuple):
    name: str
    value: str
    label: str
    checked: bool = False


class Field(NamedTuple):
    name: str
    type: str
    label: str
    value: str


@dataclass
class Chip:
    label: str
    icon: str = ""
    strong: str = ""
    owner: str = ""
    choices: list = field(default_factory=list)
    fields: list = field(default_factory=list)
    was: list = field(default_factory=list)  # (name, value) as drawn, see `choices`
    number: int = 0  # its place among the chips

    @property
    def key(self):
        """All that it shows."""
        parts = tuple(self.choices), tuple(self.fields), tuple(self.was)
        return self.number, self.label, self.icon, self.strong, self.owner, *parts


@dataclass
class Question:
    """An unsure field: its candidates, none of them chosen."""

    words: str
    choices: list
    many: bool = False


def chips(plan):
    """The chips of what is sure, in reading order."""
    found = [_act(draft, n) for n, draft in enumerate(plan.activities)]
    found += [_sure("user", str(contact), f"person-{contact.pk}") for contact in plan.people]
    found += [Chip(f"New: {name}", "user") for name in plan.new_people]
    if plan.prospect:
        found.append(_sure("building-2", str(plan.prospect), "with"))
    elif plan.new_prospect:
        found.append(Chip(f"New: {plan.new_prospect}", "building-2"))
    if plan.deal:
        found.append(_sure("handshake", str(plan.deal), "for"))
    elif plan.new_deal:
        found.append(Chip(f"New deal: {plan.new_deal}", "handshake"))
    found += _changes(plan.changes)
    found += [_sure("circle-check", f"Done: {step.what}", f"done-{step.pk}") for step in plan.finishes]
    found += [_step(draft, draft.number) for draft in plan.steps]
    # Once changed it stays a change, however often it is drawn again.
    for number, chip in enumerate(found, 1):
        chip.number = number
        chip.was = [(name, plan.was.get(name, value)) for name, value in chip.was]
    return found


def questions(plan):
    """What is unsure, as sets of candidates."""
    words = {"prospect": "Which prospect?", "people": "Who?", "deal": "Which deal?"}
    names = {"prospect": "prospect", "people": "person", "deal": "deal"}
    asked = []
    # Who it was tells where they work, so that one question settles both.
    told = any(option.value.isdecimal() for option in plan.unsure.get("people", ()))
    for name, options in plan.unsure.items():
        if name in words and options and not (name == "prospect" and told):
            choices = [Choice(names[name], o.value, f"{o.label}, {o.note}" if o.note else o.label) for o in options]
            asked.append(Question(words[name], choices, many=name == "people"))
    return asked


def _sure(icon, label, name):
    return Chip(
        label, icon, choices=[Choice(name, "", label, True), Choice(name, LEAVE, "Leave out")], was=[(name, "")]
    )


def _act(draft, n):
    value = f"{draft.kind}:{draft.direction}:{draft.outcome}"
    known = dict(ACTS)
    label = known.get(value) or _act_words(draft)
    offered = ACTS if value in known else [(value, label), *ACTS]
    suffix = f"-{n}" if n else ""
    happened = draft.at.date() if draft.at else draft.on
    on = happened.isoformat()
    time = draft.at.strftime("%H:%M") if draft.at else ""
    spent = f"{draft.minutes} min" if draft.minutes else ""
    when = ", ".join(part for part in (day_words(happened), clock(draft.at.time()) if draft.at else "", spent) if part)
    return Chip(
        label,
        OUTCOME_ICONS.get(draft.outcome) or ICONS[draft.kind],
        strong=when,
        choices=[Choice(f"act{suffix}", v, text, v == value) for v, text in offered],
        fields=[Field(f"on{suffix}", "date", "Day", on), Field(f"time{suffix}", "time", "Time", time)],
        was=[(f"act{suffix}", value), (f"on{suffix}", on), (f"time{suffix}", time)],
    )


def _act_words(draft):
    kind = {"call": "Call", "email": "Email", "message": "Message", "meeting": "Meeting"}.get(draft.kind, "Note")
    if draft.direction == "in":
        kind += " from them"
    return f"{kind}, {draft.outcome.replace('_', ' ')}" if draft.outcome else kind


def _changes(changes):
    found = []
    if changes.stage:
        found.append(("stage", f"Move to {changes.stage}", "arrow-right"))
    if changes.amount is not None:
        found.append(("amount", f"Amount {money(changes.amount)}", "pencil"))
    if changes.close_on:
        found.append(("close", f"Closing {day(changes.close_on)}", "calendar"))
    if changes.outcome:
        icon = {"won": "trophy", "lost": "circle-x", "walked": "footprints"}[changes.outcome]
        found.append(("end", {"won": "Won", "lost": "Lost", "walked": "Walked away"}[changes.outcome], icon))
    return [_sure(icon, label, f"change-{name}") for name, label, icon in found]


def _step(draft, n):
    on = draft.due_on.isoformat() if draft.due_on else ""
    time = draft.due_time.strftime("%H:%M") if draft.due_time else ""
    label = (
        f"{draft.contact.name.split(' ')[0]}: {draft.what}" if draft.contact and draft.owner == "them" else draft.what
    )
    if draft.moves is not None:
        label = f"Move: {draft.moves.what}"
    names = [f"step-{n}-{part}" for part in ("owner", "on", "time", "keep")]
    return Chip(
        label[:1].upper() + label[1:],
        owner=draft.owner,
        strong=", ".join(p for p in (day_words(draft.due_on), clock(draft.due_time)) if p) or "no date",
        choices=[
            Choice(names[0], "me", "You will", draft.owner == "me"),
            Choice(names[0], "them", "They will", draft.owner == "them"),
            Choice(names[3], LEAVE, "Leave out"),
            Choice(names[3], "", "Keep", True),
        ],
        fields=[Field(names[1], "date", "Day", on), Field(names[2], "time", "Time", time)],
        was=[(names[0], draft.owner), (names[1], on), (names[2], time), (names[3], "")],
    )
