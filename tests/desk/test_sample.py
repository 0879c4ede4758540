"""The sample year: believable, the same for the same day, and removed without a trace."""

import json
import re
from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from accounts.models import Activity, Batch, Contact, Prospect, Standing, Step, StepChange
from crm.desk import sample
from crm.desk.sample import days, year
from crm.web import clock, textindex
from deals.models import Deal, DealChange
from tests import make

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 11)


@pytest.fixture(autouse=True)
def _day(installation):
    with time_machine.travel("2026-03-11 14:00+00:00", tick=False):
        yield


def everything():
    """All rows of all tables of records, as plain values."""
    with connection.cursor() as cursor:
        found = {}
        for model in (Prospect, Contact, Deal, DealChange, Activity, Step, StepChange, Standing):
            cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY 1")
            found[model.__name__] = cursor.fetchall()
        columns = "rowid, title, body" if connection.vendor == "sqlite" else "id, words::text"
        cursor.execute(f"SELECT {columns} FROM textindex ORDER BY 1")
        found["textindex"] = cursor.fetchall()
    return found


def test_size_and_shape():
    done = sample.load()
    assert done["prospects"] == 40 and done["contacts"] == 90
    assert 55 <= done["deals"] <= 65 and 1150 <= done["activities"] <= 1250
    assert set(Deal.objects.values_list("outcome", flat=True)) == {"open", "won", "lost", "walked"}
    assert not Deal.objects.ended().filter(end_reason="").exists()
    assert Deal.objects.filter(slips__gte=2).exists()
    assert Prospect.objects.parked(DAY).exists()
    outcomes = set(Activity.objects.values_list("outcome", flat=True))
    assert {"connected", "left_voicemail", "no_show", "auto_reply", "held", "busy"} <= outcomes
    names = [name.split()[0] for name in Contact.objects.values_list("name", flat=True)]
    assert names.count("Marcus") == 2
    assert Prospect.objects.filter(name__startswith="Ashcombe").count() == 2


def test_what_is_due():
    sample.load()
    mine, theirs = Step.objects.open().mine(), Step.objects.open().theirs()
    assert 6 <= mine.filter(due_on=DAY).count() <= 10
    assert mine.filter(due_on=DAY, due_time__isnull=False).count() >= 3
    assert mine.filter(due_on__lt=DAY).exists() and mine.filter(due_on__gt=DAY).exists()
    assert theirs.filter(due_on__lt=DAY).count() >= 3
    assert Deal.objects.open().exclude(steps__state="open").exists()


def test_working_year():
    sample.load()
    by_weekday = Counter(Activity.objects.values_list("on__week_day", flat=True))
    assert sum(by_weekday[day] for day in (1, 7)) < 0.04 * Activity.objects.count()
    lately = Activity.objects.filter(on__gte=DAY - timedelta(days=14)).count()
    assert lately > 100
    assert Activity.objects.order_by("on").first().on < DAY - timedelta(days=240)
    for at in Activity.objects.exclude(at=None).values_list("at", flat=True):
        assert 8 <= clock.local(at).hour < 19
    assert not Activity.objects.filter(on__gte=DAY).exists()
    assert not Activity.objects.filter(known_at__gt=clock.now()).exists()


def test_every_story_is_told_in_order_and_no_slot_is_left_open():
    for thread in year.tell(DAY):
        moments = [(beat.day, beat.at) for beat in thread.beats if beat.at]
        assert moments == sorted(moments), thread.firm.name
        for beat in thread.beats:
            assert "{" not in beat.text
            for step in beat.steps:
                assert step.due is None or step.due >= beat.day
                assert step.state != "open" or step.done is None
        for deal in thread.deals:
            assert deal.closes is None or deal.outcome == "open"


def test_words_agree_with_records():
    sample.load()
    for row in Activity.objects.prefetch_related("contacts"):
        said = re.search(r"\b(\d+) min\b", row.text)
        if said and row.minutes:
            assert int(said[1]) == row.minutes
        if row.text.startswith(("lvm", "called")) and "lvm" in row.text:
            assert row.outcome == "left_voicemail"
        if "no answer" in row.text and row.kind == "call" and "proposal" not in row.text:
            assert row.outcome in ("no_answer", "left_voicemail")
    for change in DealChange.objects.select_related("deal").filter(outcome="won"):
        said = Activity.objects.get(deal=change.deal, at=change.at)
        assert f"{float(change.amount) / 1000:g}k" in said.text


def test_a_step_that_names_somebody_is_with_them():
    sample.load()
    for step in Step.objects.open().mine().exclude(contact=None).select_related("contact", "prospect"):
        named = [c.first_name for c in step.prospect.contacts.all() if c.first_name in step.what.split(",")[0].split()]
        assert not named or step.contact.first_name in named, step.what


def test_addresses_are_reserved_ones():
    sample.load()
    for contact in Contact.objects.with_addresses():
        assert all(e.raw.endswith(".example") for e in contact.emails.all())
        assert all("555 01" in p.raw or "20 7946 0" in p.raw for p in contact.phones.all())
        assert all(p.href.startswith("tel:+") for p in contact.phones.all())


def test_the_same_for_the_same_day():
    first, second = year.tell(DAY), year.tell(DAY)
    assert [[vars(b) | {"deal": 0, "steps": 0} for b in t.beats] for t in first] == [
        [vars(b) | {"deal": 0, "steps": 0} for b in t.beats] for t in second
    ]


@pytest.mark.parametrize("ahead", range(0, 400, 23))
def test_any_day_can_be_today(ahead):
    today = DAY + timedelta(days=ahead)
    for thread in year.tell(today):
        assert thread.beats[-1].day < today
        for deal in thread.deals:
            assert deal.outcome == "open" or deal.ended


def test_standings_are_what_they_would_be_recomputed():
    from accounts import standing

    sample.load()
    ids = list(Deal.objects.values_list("pk", flat=True))
    computed = standing.compute("deal", ids)
    for row in Standing.objects.exclude(deal=None):
        assert {name: getattr(row, name) for name in standing.FIELDS} == computed[row.deal_id, row.audience]


def test_loading_twice_loads_once():
    assert sample.load()
    before = everything()
    assert sample.load() is None
    assert everything() == before


def test_removing_leaves_what_was_there():
    real = make.prospect("Really Theirs")
    make.activity(real, text="a real call")
    make.deal(real)
    before = everything()
    sample.load()
    assert textindex.find("halvane")
    sample.remove()
    assert everything() == before
    assert not Batch.objects.exists()
    assert sample.remove() is None


def test_what_is_added_to_a_sample_goes_with_it():
    sample.load()
    prospect = Prospect.objects.first()
    make.activity(prospect, text="typed by the seller")
    make.contact(prospect, "New Person")
    make.deal(prospect)
    make.step(prospect)
    sample.remove()
    for model in (Prospect, Contact, Deal, Activity, Step):
        assert not model.everything.exists()


def test_what_was_typed_about_it_is_forgotten():
    sample.load()
    with make.submission(text="called dana, left vm") as entry:
        Activity(prospect=Prospect.objects.first(), on=DAY, text="called dana, left vm").write(entry)
        entry.pending = {"deal": "which?"}
        entry.save()
    with make.submission(text="new prospect acme") as real:
        Prospect(name="Acme").write(real)
    sample.remove()
    entry.refresh_from_db()
    real.refresh_from_db()
    assert (entry.text, entry.pending, entry.undoable) == ("", {}, False)
    assert real.text and real.undoable


def test_real_records_on_sample_ones_stay():
    real = make.prospect("Really Theirs")
    person = make.contact(real, "Real Person")
    call = make.activity(real, text="filed wrongly")
    sample.load()
    theirs = Prospect.objects.filter(batch__kind="sample").first()
    with make.submission() as entry:
        call.prospect = theirs
        call.write(entry)
    with make.submission() as entry:
        person.prospect = theirs
        person.write(entry)
    done = sample.remove()
    assert done["kept"] == [theirs.name]
    assert Contact.objects.get() == person
    assert set(Prospect.objects.values_list("name", flat=True)) == {"Really Theirs", theirs.name}
    call.refresh_from_db()
    assert call.prospect_id == theirs.pk
    assert ("prospect", theirs.pk) in textindex.find(theirs.name)


def test_trash_goes_too():
    sample.load()
    with make.submission() as entry:
        Prospect.objects.first().trash(entry)
    sample.remove()
    assert not Prospect.everything.exists() and not entry.undoable


def test_command(capsys):
    call_command("sample", "load", "--json")
    assert json.loads(capsys.readouterr().out)["prospects"] == 40
    call_command("sample", "load")
    assert "already" in capsys.readouterr().out
    call_command("sample", "remove")
    assert "Removed" in capsys.readouterr().out


def test_free_days():
    assert days.is_free(date(2026, 3, 14)) and days.is_free(date(2026, 12, 25)) and not days.is_free(DAY)
    assert days.back(date(2026, 3, 16), 1) == date(2026, 3, 13)
    assert days.ahead(date(2026, 3, 13), 1) == date(2026, 3, 16)
    assert days.spoken(date(2026, 3, 12), DAY) == "thu" and days.spoken(date(2026, 3, 20), DAY) == "20 mar"


def hours():
    return sorted({clock.local(at).hour for at in Activity.objects.exclude(at=None).values_list("at", flat=True)})


def test_it_follows_the_zone_that_setup_chooses():
    sample.load()
    make.installation(time_zone="Australia/Sydney")
    assert hours()[0] >= 8 and hours()[-1] < 19
    assert Batch.objects.count() == 1 and Prospect.objects.count() == 40


def test_once_something_was_written_it_stays():
    sample.load()
    make.prospect("Really Theirs")
    before = everything()["Activity"]
    make.installation(time_zone="Australia/Sydney")
    assert everything()["Activity"] == before
