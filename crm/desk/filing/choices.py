"""What the seller tapped on the chips, out of the form that carries them.

Answers to an unsure field come as `prospect`, `person` (several) and `deal`. Everything else on a chip
is sent along with what it said when it was drawn (`was-NAME`); only a value that differs is a choice.
So a choice stands while the line is typed on, and nothing that was merely shown overrides a new reading.
"""

from dataclasses import dataclass, field
from datetime import date, time

from crm.web import clock

FIELDS = ("prospect", "deal", "act", "on", "time")
LEAVE = "leave"


@dataclass
class Choices:
    prospect: str = ""
    people: list = field(default_factory=list)
    deal: str = ""
    changed: dict = field(default_factory=dict)
    was: dict = field(default_factory=dict)  # what a changed chip said before it was changed

    @classmethod
    def read(cls, data):
        """From a QueryDict. Nothing in it is trusted: ids are checked against the options by the planner."""
        changed = {
            name: value.strip()[:60]
            for name, value in data.items()
            if f"was-{name}" in data and value != data[f"was-{name}"]
        }
        return cls(
            prospect=data.get("prospect", ""),
            people=data.getlist("person") if hasattr(data, "getlist") else list(data.get("person", [])),
            deal=data.get("deal", ""),
            changed=changed,
            was={name: data[f"was-{name}"][:60] for name in changed},
        )

    def day(self, name):
        """The day chosen under that name, or None."""
        day = _parsed(date, self.changed.get(name))
        return day if day and clock.near(day) else None

    def clock(self, name):
        """The wall-clock time chosen under that name, to the minute, or None."""
        at = _parsed(time, self.changed.get(name))
        return at if at is None else at.replace(second=0, microsecond=0, tzinfo=None)

    def left_out(self, name):
        return self.changed.get(name) == LEAVE


def _parsed(kind, text):
    try:
        return kind.fromisoformat(text) if text else None
    except ValueError:
        return None
