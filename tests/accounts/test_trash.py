"""Purging: what goes, what stays, and that doing it again does nothing."""

from datetime import timedelta

import pytest

from accounts import trash
from accounts.models import Activity, Contact, Entry, ExternalRef, Prospect, Standing, Step
from accounts.standing import compute
from crm.web import clock
from deals.models import Deal, Stage
from tests import make

pytestmark = pytest.mark.django_db
LATER = timedelta(days=30, minutes=1)


@pytest.fixture(autouse=True)
def _zone(installation):
    pass


def thrown(record):
    with make.submission() as entry:
        record.trash(entry)
    return record


def test_purges_after_thirty_days_and_only_once():
    acme = make.prospect("Acme")
    make.contact(acme), make.step(acme), make.activity(acme), make.deal(acme)
    thrown(acme)
    now = clock.now()
    assert trash.purge(now + timedelta(days=29)) == {}
    assert trash.purge(now + LATER) == {"prospect": 1, "contact": 1, "step": 1, "activity": 1, "deal": 1}
    assert trash.purge(now + LATER) == {}
    for model in (Prospect, Contact, Step, Activity, Deal):
        assert not model.everything.exists()


def test_the_words_go_and_the_uuid_stays():
    acme = make.prospect()
    with make.submission(text="Dana has a cold") as entry:
        row = Activity(prospect=acme, kind="call", on=clock.today(), text="Dana has a cold")
        row.write(entry)
    ExternalRef.objects.create(source="csv", kind="row", key="1", record_type="activity", record_id=row.pk)
    thrown(row)
    trash.purge(clock.now() + LATER)
    assert Entry.objects.get(uuid=entry.uuid).text == ""
    assert not ExternalRef.objects.exists()
    with make.submission(uuid=entry.uuid) as again:
        assert again.replayed


def test_what_still_carries_something_stays():
    acme = make.prospect()
    thrown(acme)
    Step.everything.create(prospect=acme, what="Filed while it lay there")
    assert trash.purge(clock.now() + LATER) == {}
    assert Prospect.everything.exists()


def test_a_stage_of_the_history_stays_out_of_sight():
    deal = make.deal(make.prospect(), stage_name="Proposal")
    with make.submission() as entry:
        make.stage("Proposal").retire(entry, make.stage("Negotiation"))
    unused = thrown(make.stage("Diagnosed"))
    assert trash.purge(clock.now() + LATER) == {"stage": 1}
    assert not Stage.everything.filter(pk=unused.pk).exists()
    assert deal.changes.first().stage.name == "Proposal"


def test_a_reason_names_nobody_who_is_purged():
    acme = make.prospect()
    dana = make.contact(acme)
    make.activity(acme, "email", direction="in", contacts=[dana])
    thrown(dana)
    trash.purge(clock.now() + LATER)
    for row in Standing.objects.filter(prospect=acme):
        assert row.why == compute("prospect", [acme.pk])[acme.pk, row.audience]["why"]
