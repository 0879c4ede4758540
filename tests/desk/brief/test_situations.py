"""The text of the brief in every situation of situations.py, as it stands in situations.txt.

`CALLBACK_SNAPSHOT=1 python3 manage.py test tests/desk/brief` writes the file anew; read what changed aloud.
"""

import os
from pathlib import Path

import pytest
import time_machine

from crm.access.models import Installation
from crm.desk.brief import as_text, brief
from crm.web import clock

from .situations import ALL, NOW

pytestmark = pytest.mark.django_db
FILE = Path(__file__).with_name("situations.txt")
told = {}


def stored():
    """{name: text} of the file."""
    found = {}
    for block in FILE.read_text().split("\n## ")[1:] if FILE.exists() else ():
        name, _, text = block.partition("\n")
        found[name] = text.strip("\n")
    return found


def tell(make_it):
    with time_machine.travel(NOW, tick=False):
        prospect = make_it()
        how = {"today": clock.today(), "installation": Installation.load()}
        mine, others = (as_text(brief(prospect, audience=audience, **how)) for audience in ("seller", "others"))
        past = as_text(brief(prospect, audience="seller", as_of=clock.today(), **how))
    assert past == mine
    body = mine.split("\n", 2)[2].rstrip()
    apart = [line for line in others.split("\n", 2)[2].rstrip().split("\n") if line not in body.split("\n")]
    shown = "\n".join(f"  to others: {line}" for line in apart)
    return "\n".join(part for part in (f"({make_it.__doc__})", body, shown) if part)


@pytest.mark.parametrize("make_it", ALL, ids=lambda function: function.__name__)
def test_it_says(installation, make_it):
    name = make_it.__name__.replace("_", " ")
    told[name] = tell(make_it)
    if not os.environ.get("CALLBACK_SNAPSHOT"):
        assert told[name] == stored().get(name)


def test_the_file_holds_these_and_no_others():
    if os.environ.get("CALLBACK_SNAPSHOT") and len(told) == len(ALL):
        head = "# The brief in words, situation by situation; written by test_situations.py\n"
        FILE.write_text(head + "".join(f"\n## {name}\n{text}\n" for name, text in told.items()))
    assert sorted(stored()) == sorted(function.__name__.replace("_", " ") for function in ALL)
    assert len(ALL) >= 40
