"""In every situation, each line of the page leads to its source, says how old that is, and looks stale when it is."""

from html.parser import HTMLParser

import pytest
import time_machine

from accounts.models import Standing
from crm.access.models import Installation
from crm.desk.brief import brief
from crm.web import clock

from .situations import ALL, NOW

pytestmark = pytest.mark.django_db
# What says that there is nothing has no source that could have an age; the first two have none to lead to either.
NOTHING = ("None on record.", "Nothing is open.", "Nothing yet.", "Nothing is planned.")


class Lines(HTMLParser):
    """The rows of the first `<dl class="brief">`: {"stale", "text", "age", "href"}."""

    def __init__(self, html):
        super().__init__()
        self.rows, self.part = [], 0
        start = html.index('<dl class="brief"')
        self.feed(html[start : html.index("</dl>", start)])

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "div":
            self.rows.append({"stale": "data-stale" in attributes, "text": "", "age": "", "href": ""})
            self.part = 0
        elif tag in ("dt", "dd"):
            self.part += 1
        elif tag == "a":
            self.rows[-1]["href"] = attributes["href"]

    def handle_data(self, data):
        if self.part > 1:
            self.rows[-1]["text" if self.part == 2 else "age"] += data


@pytest.fixture
def pages():
    """A function (client, address) → the page's HTML, each asked for once; it must be there."""
    found = {}

    def page(client, address):
        if (client, address) not in found:
            answer = client.get(address)
            assert answer.status_code == 200, address
            found[client, address] = answer.content.decode()
        return found[client, address]

    return page


def test_every_line_of_every_situation(seller, manager, pages, htmx):
    stale = 0
    with time_machine.travel(NOW, tick=False):
        how = {"today": clock.today(), "installation": Installation.load()}
        for make_it in ALL:
            prospect = make_it()
            for client, audience in ((seller, Standing.Audience.SELLER), (manager, Standing.Audience.OTHERS)):
                told = brief(prospect, audience=audience, **how)
                sheet = client.get(f"/prospects/{told.prospect.pk}/brief/", headers=htmx).content.decode()
                for line, row in zip(told.lines, Lines(sheet).rows, strict=True):
                    where = f"{make_it.__name__}, to {audience}: {line.label}: {line.text}"
                    assert (row["text"].strip(), row["href"], row["stale"]) == (line.text, line.href, line.stale), where
                    assert row["age"].strip() == line.age, where
                    assert line.age or line.text in NOTHING, where
                    assert line.href or line.text in NOTHING[:2], where
                    if line.stale:
                        stale += 1
                        assert line.age.endswith((" old", " late")), where
                    if line.href:
                        address, _, anchor = line.href.partition("#")
                        there = pages(client, address)
                        assert (f'id="{anchor}"' if anchor else prospect.name) in there, where
    assert stale >= 10
