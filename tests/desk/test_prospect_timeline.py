"""Older pages of what happened, by kind."""

from datetime import timedelta

import pytest

from accounts import timeline
from accounts.models import Activity
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(installation):
    row = make.prospect("Acme")
    for n in range(45):
        kind = "call" if n % 3 else "email"
        make.activity(row, kind, on=clock.today() - timedelta(days=n // 4), direction="out", text=f"touch {n:02}.")
    return row


def test_pages_follow_on_without_gap_or_double(busy, seller, htmx):
    seen, before = [], ""
    for _ in range(4):
        text = seller.get(f"/prospects/{busy.pk}/timeline/?before={before}", headers=htmx).content.decode()
        seen += [text[i : i + 9] for i in range(len(text)) if text.startswith("touch ", i)]
        if "before=" not in text:
            break
        before = text.split("before=")[1].split('"')[0]
    assert len(seen) == len(set(seen)) == 45


def test_order_within_a_day_puts_day_only_last_when_newest_first(busy):
    day = clock.today() + timedelta(days=1)
    make.activity(busy, on=day, text="day only")
    noon = clock.instant(day, clock.wall().time())
    make.activity(busy, at=noon, text="timed")
    first = timeline.page(busy.activities.all(), size=1)
    assert first.items[0].text == "timed"
    assert timeline.page(busy.activities.all(), before=str(first.older), size=1).items[0].text == "day only"


def test_one_kind(busy, seller):
    text = seller.get(f"/prospects/{busy.pk}/timeline/?kind=email").content.decode()
    assert "You wrote" in text and "You called" not in text


def test_nonsense_is_left_aside(busy, seller):
    for query in ("kind=sport", "before=abc", "before=99999999999999999999", "before=-1", "before="):
        assert seller.get(f"/prospects/{busy.pk}/timeline/?{query}").status_code == 200


def test_a_private_activity_is_no_place_to_start_from_for_a_manager(busy, manager):
    hidden = make.activity(busy, "note", on=clock.today(), text="between us", private=True)
    assert "between us" not in manager.get(f"/prospects/{busy.pk}/timeline/?before={hidden.pk}").content.decode()


def test_stranger(busy, stranger):
    assert stranger.get(f"/prospects/{busy.pk}/timeline/").status_code == 302


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "call", "direction": "out", "outcome": "left_voicemail"}, "You called <b>Dana W</b>, left voicemail"),
        ({"kind": "call", "direction": "in", "outcome": "no_answer"}, "<b>Dana W</b> called, you missed it"),
        ({"kind": "email", "direction": "in"}, "<b>Dana W</b> wrote"),
        ({"kind": "email", "direction": "out"}, "You wrote to <b>Dana W</b>"),
        ({"kind": "email", "direction": "out", "outcome": "bounced"}, "Your mail to <b>Dana W</b> bounced"),
        ({"kind": "email", "direction": "in", "outcome": "auto_reply"}, "Auto-reply from <b>Dana W</b>"),
        ({"kind": "meeting", "outcome": "held", "minutes": 40}, "Met <b>Dana W</b>, 40 min"),
        ({"kind": "meeting", "outcome": "no_show"}, "Meeting with <b>Dana W</b>, no show"),
        ({"kind": "message", "direction": "in"}, "<b>Dana W</b> sent a message"),
        ({"kind": "note"}, "Note about <b>Dana W</b>"),
    ],
)
def test_words(installation, fields, words):
    row = make.prospect("Acme")
    made = make.activity(row, contacts=[make.contact(row, "Dana W")], **fields)
    assert timeline.words(*timeline.with_names([Activity.objects.get(pk=made.pk)])) == words


def test_words_as_typed_stay_beside_changed_ones(installation, seller):
    row = make.prospect("Acme")
    with make.submission(text="called acme, no luck") as entry:
        made = Activity(prospect=row, kind="call", on=clock.today(), text="called acme, no luck", entry=entry)
        made.write(entry)
    with make.submission() as entry:
        made.text = "Called twice."
        made.write(entry)
    text = seller.get(f"/prospects/{row.pk}/timeline/").content.decode()
    assert "Called twice." in text and "as typed: <q>called acme, no luck</q>" in text
