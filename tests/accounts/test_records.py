"""Writing, Undo, trash and lost updates: the same for every record."""

import uuid
from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Contact, Effect, Entry, NameChange, Prospect, Step, StepChange
from accounts.records import ChangedSince
from crm.web import textindex
from deals.models import Deal, DealChange
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _zone(installation):
    pass


def test_second_submission_with_the_same_uuid_is_told_so():
    key = uuid.uuid4()
    for expected in (False, True):
        with Entry.submission(key) as entry:
            assert entry.replayed is expected
            if not entry.replayed:
                Prospect(name="Acme").write(entry)
    assert Prospect.objects.count() == 1


def test_lost_update_is_refused():
    make.prospect("Acme")
    first, second = Prospect.objects.get(), Prospect.objects.get()
    with make.submission() as entry:
        first.name = "Acme Corp"
        assert first.write(entry)
    with pytest.raises(ChangedSince) as refused, make.submission() as entry:
        second.city = "Oakland"
        second.write(entry)
    assert refused.value.record.name == "Acme Corp"
    assert Prospect.objects.get().city == ""


def test_write_without_change_changes_nothing():
    row = make.prospect("Acme")
    with make.submission() as entry:
        assert row.write(entry) is False
    assert Prospect.objects.get().version == 1
    assert not entry.effects.exists()


def test_undo_of_making_puts_it_in_the_trash_with_all_that_hangs_on_it():
    with make.submission() as entry:
        row = Prospect(name="Acme")
        row.write(entry)
    make.contact(row)
    make.step(row)
    assert entry.undo() is True
    assert entry.undo() is False
    assert not Prospect.objects.exists() and not Contact.objects.exists() and not Step.objects.exists()
    assert Prospect.everything.count() == Contact.everything.count() == 1
    assert textindex.find("acme") == []


def test_undo_of_a_change_sets_back_only_what_it_changed():
    row = make.contact(make.prospect(), emails=["dana@halden.example"])
    with make.submission() as entry:
        row.title = "COO"
        row.write(entry, emails=[["d@halden.example", "work"]])
    with make.submission() as later:
        row.about = "Likes mornings"
        row.write(later)
    entry.undo()
    row = Contact.objects.get()
    assert (row.title, row.about, [e.raw for e in row.emails.all()]) == ("", "Likes mornings", ["dana@halden.example"])


def test_undo_is_refused_after_a_later_change_of_the_same_field():
    row = make.prospect("Acme")
    with make.submission() as entry:
        row.name = "Acme Corp"
        row.write(entry)
    with make.submission() as later:
        row.name = "Acme Inc"
        row.write(later)
    with pytest.raises(ChangedSince):
        entry.undo()
    assert Prospect.objects.get().name == "Acme Inc"


def test_trash_and_undo_bring_back_only_what_went_with_it():
    row = make.prospect("Acme")
    kept, gone = make.step(row, "Kept"), make.step(row, "Gone before")
    with make.submission() as entry:
        gone.trash(entry)
    with make.submission() as entry:
        row.trash(entry)
    assert not Step.objects.exists()
    entry.undo()
    assert list(Step.objects.all()) == [kept]
    assert textindex.find("acme") == [("prospect", row.pk)]


def test_every_change_of_a_step_is_kept():
    row = make.step(make.prospect(), "Send price", "2026-03-12")
    with make.submission() as entry:
        row.reschedule(entry, date(2026, 3, 14))
    with make.submission() as entry:
        row.keep(entry, on=date(2026, 3, 13))
    assert [(c.due_on.day, c.state) for c in StepChange.objects.all()] == [(12, "open"), (14, "open"), (14, "done")]
    assert row.kept is True


def test_deal_history_and_its_undo_count_in_no_figure():
    row = make.deal(make.prospect(), amount=Decimal(45000), close_on=date(2026, 3, 31))
    with make.submission() as entry:
        row.close_on = date(2026, 4, 30)
        row.write(entry)
    assert (row.slips, row.slipped_days) == (1, 30)
    entry.undo()
    row = Deal.objects.get()
    assert (row.close_on, row.slips, row.slipped_days) == (date(2026, 3, 31), 0, 0)
    assert DealChange.objects.count() == 3
    assert DealChange.objects.counted().count() == 1


def test_names_that_changed_are_announced():
    before = NameChange.objects.count()
    row = make.prospect("Acme")
    make.contact(row)
    assert list(NameChange.objects.values_list("record_type", flat=True))[before:] == ["prospect", "contact"]


def test_effects_hold_plain_values():
    row = make.deal(make.prospect(), amount=Decimal("10.50"))
    with make.submission() as entry:
        row.amount = None
        row.write(entry)
    assert Effect.objects.get(entry=entry).before == {"amount": "10.50"}
    entry.undo()
    assert Deal.objects.get().amount == Decimal("10.50")
