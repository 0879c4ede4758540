"""What a brief is: five lines in a fixed order, and what needs attention first. docs/brief.md has the rules."""

import enum
import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.html import format_html

from accounts.models import Prospect
from crm.web.templatetags.callback import clock as clock_words
from crm.web.templatetags.callback import day

KEYS = ("stands", "buyer", "move", "step", "risk")
LABELS = {
    "stands": "Where it stands",
    "buyer": "Last from them",
    "move": "Whose move",
    "step": "Next",
    "risk": "Biggest risk",
}


class Attention(enum.Enum):
    """What needs attention most, the most pressing first; `words` head a group, `icon` and `tone` make its flag."""

    WAITING = ("waiting", "Waiting for an answer", "message-square", "bad")
    LATE = ("late", "A step is late", "clock", "bad")
    THEY_LATE = ("they-late", "They are late", "hourglass", "bad")
    CLOSE = ("close", "The close date has passed", "calendar", "bad")
    NO_STEP = ("no-step", "Nothing is planned", "circle-help", "warn")
    QUIET = ("quiet", "Gone quiet", "bell-off", "warn")
    SLIPPED = ("slipped", "Slipped again and again", "history", "warn")
    RESTING = ("resting", "Resting too long", "hourglass", "warn")
    UNMET = ("unmet", "Who decides has not been met", "user", "warn")
    UNKNOWN = ("unknown", "Amount or close date missing", "circle-help", "warn")

    def __init__(self, code, words, icon, tone):
        self.code, self.words, self.icon, self.tone = code, words, icon, tone

    @property
    def order(self):
        """0 is the most pressing."""
        return list(Attention).index(self)


@dataclass(frozen=True)
class Line:
    """One line. `on`, `at`: day and perhaps instant (UTC) of its source, null without one; `age`: that in words.

    `text` is a plain sentence; `phrase` the part of it that carries the link, all of it where empty.
    `tone`: "", "me" or "them" (whose move), "bad", "warn", "good". `stale`: too old to be relied on.
    """

    key: str
    label: str
    text: str
    href: str = ""
    on: date | None = None
    at: datetime | None = None
    stale: bool = False
    tone: str = ""
    age: str = ""
    phrase: str = ""

    @property
    def html(self):
        """The text with its link, as safe HTML."""
        before, phrase, after = self.text.partition(self.phrase) if self.phrase else ("", self.text, "")
        if not self.href or not phrase:
            return format_html("{}", self.text)
        return format_html('{}<a href="{}">{}</a>{}', before, self.href, phrase, after)

    @property
    def live(self):
        """How the browser keeps the age current ("age", "due"); "" where it is counted in days."""
        return ("due" if self.key == "step" else "age") if self.at and re.search(r"\b(min|h)\b", self.age) else ""

    @property
    def anchor(self):
        """The part of the page its link leads to."""
        return self.href.partition("#")[2]

    @property
    def exact(self):
        """The day and the time of its source, for whoever points at the age."""
        return ", ".join(part for part in (day(self.on), clock_words(self.at)) if part) if self.on else ""


@dataclass(frozen=True)
class Brief:
    """The five lines about a prospect as of the end of `day`; `attention` is None where nothing needs any.

    `deals`: the facts that were read of each of its deals.
    """

    prospect: Prospect
    lines: tuple
    attention: Attention | None
    day: date
    deals: tuple = ()

    def __getitem__(self, key):
        """The line of that key."""
        return self.lines[KEYS.index(key)]

    def as_json(self):
        """Plain values for `--json` and the like."""
        shown = ("key", "label", "text", "href", "stale", "tone", "age")
        return {
            "prospect": self.prospect.name,
            "as_of": self.day.isoformat(),
            "attention": self.attention and self.attention.code,
            "lines": [
                {name: getattr(line, name) for name in shown}
                | {"on": line.on and line.on.isoformat(), "at": line.at and line.at.isoformat()}
                for line in self.lines
            ],
        }


def as_text(brief):
    """The brief as plain text, for the clipboard, mail and the terminal: a heading and the five lines."""
    rows = [f"{brief.prospect.name}, {day(brief.day)}", ""]
    for line in brief.lines:
        rows.append(f"{line.label}: {line.text}{f' ({line.age})' if line.age else ''}")
    return "\n".join(rows) + "\n"
