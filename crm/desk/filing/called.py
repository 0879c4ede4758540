"""A call that was tapped rather than typed: its outcome, its time and its next step, laid over what the line says."""

from dataclasses import dataclass
from datetime import date, datetime, time

from crm.web import clock
from crm.web.templatetags.callback import clock as clock_words
from crm.web.templatetags.callback import day_words

from .plan import ActivityDraft, StepDraft


@dataclass(frozen=True)
class Next:
    """The step that was tapped; `usual` when it is the one the outcome brings and nobody chose it."""

    kind: str
    what: str
    due_on: date | None = None
    due_time: time | None = None
    usual: bool = False


@dataclass(frozen=True)
class Call:
    """How it ended, when (an instant; `zone` is that of the wall clock), and on which number (as dialled)."""

    outcome: str
    at: datetime
    number: str = ""
    next: Next | None = None
    zone: str = ""

    def as_json(self):
        """What an entry keeps of it, so that it can be filed anew."""
        step = self.next and {
            "kind": self.next.kind,
            "what": self.next.what,
            "due_on": self.next.due_on and self.next.due_on.isoformat(),
            "due_time": self.next.due_time and self.next.due_time.isoformat(),
            "usual": self.next.usual,
        }
        return {"outcome": self.outcome, "at": self.at.isoformat(), "number": self.number, "next": step}

    @classmethod
    def of_json(cls, kept, zone=""):
        """The call of an entry's `result["call"]`; None where there was none."""
        if not kept:
            return None
        step = kept["next"]
        if step:
            on, at = step["due_on"], step["due_time"]
            step = Next(
                step["kind"],
                step["what"],
                date.fromisoformat(on) if on else None,
                time.fromisoformat(at) if at else None,
                step["usual"],
            )
        return cls(kept["outcome"], datetime.fromisoformat(kept["at"]), kept["number"], step, zone)

    # Laid over a plan --------------------------------------------------------------------------

    def settle_who(self, made, context):
        """Whose number it was is certain, whoever else the line names; people elsewhere are not linked."""
        if context.prospect is None:
            return
        if made.prospect is not None and made.prospect != context.prospect:
            made.people, made.unsure = [], {}
        made.prospect, made.new_prospect = context.prospect, ""
        made.unsure.pop("prospect", None)
        if context.contact is not None:
            others = [contact for contact in made.people if contact != context.contact]
            made.people = [context.contact, *others]

    def settle_deal(self, made):
        """Another prospect's deal is not this call's: what the line says of it is kept, to be checked."""
        if made.deal is not None and made.prospect is not None and made.deal.prospect_id != made.prospect.pk:
            made.deal = None

    def first(self, drafts):
        """The call, in place of what the line says of the call itself; other things that happened stay."""
        wall = clock.wall(self.at, self.zone)
        mine = ActivityDraft("call", "out", self.outcome, wall.date(), wall)
        if drafts and drafts[0].kind in ("call", "note"):
            mine.minutes = drafts[0].minutes
            drafts = drafts[1:]
        return [mine, *drafts]

    def plan_next(self, made, steps):
        """The tapped step, unless the line names one that takes its place; the same one again gets the new day."""
        if self.next is None:
            return
        said = [draft for draft in made.steps if draft.owner == "me"]
        if any(draft.kind == self.next.kind for draft in said) or (said and self.next.usual):
            return
        contact = made.people[0] if made.people else None
        step, who = self.next, contact and contact.pk
        said = (step.kind, step.what.casefold(), who)
        ahead = [open_ for open_ in steps if open_.owner == "me" and open_.due_on and open_.due_on > made.wall.date()]
        again = (open_ for open_ in ahead if (open_.kind, open_.what.casefold(), open_.contact_id) == said)
        draft = StepDraft("me", step.kind, step.what, step.due_on, step.due_time, contact, number=len(made.steps))
        draft.moves = next(again, None)
        made.steps.append(draft)

    def summary(self, made):
        """What the toast says: "No answer, Dana Whitfield; call Dana again, tomorrow; 1 done"."""
        who = made.people[0].name if made.people else str(made.prospect or self.number)
        said = self.outcome.replace("_", " ").capitalize()
        parts = [", ".join(part for part in (said, who) if part)]
        parts += [_planned(draft) for draft in made.steps]
        if made.finishes:
            parts.append(f"{len(made.finishes)} done")
        return "; ".join(parts)[:300]


def _planned(draft):
    when = [day_words(draft.due_on)] if draft.due_on else []
    when += [str(clock_words(draft.due_time))] if draft.due_time else []
    return ", ".join([draft.what[:1].lower() + draft.what[1:], *when])
