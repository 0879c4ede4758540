"""Taking back a whole import; and carrying on one that was cut short."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import Activity, Contact, ExternalRef, Prospect, Standing
from crm.desk.importing import jobs, running
from crm.desk.importing.mapping import Choices, Mapping
from crm.desk.importing.reading import open_sheet
from crm.desk.importing.undoing import undo
from crm.desk.models import Import
from crm.web import clock, textindex
from deals.models import Deal
from tests import make

from .files import write

pytestmark = pytest.mark.django_db

SHEET = """prospect,person,title,email,deal,amount,stage,close_on
Halden Freight,Dana Whitfield,COO,dana@halden.example,Halden rollout,48000,Evaluating,2026-04-30
Kite & Co,Jo Park,Partner,jo@kite.example,Kite portal,95000.50,Proposal,2026-09-30
Ember Roofing,Lou Mertens,,lou@ember.example,,,,
"""


def bring_in(tmp_path, text):
    path = write(tmp_path, text)
    item = jobs.begun("file.csv", None, Choices())
    jobs.perform(item, str(path), Mapping(open_sheet(path)))
    item.refresh_from_db()
    return item


def test_all_that_it_made_goes_to_the_trash_and_can_be_imported_again(tmp_path, sam):
    item = bring_in(tmp_path, SHEET)
    undone = undo(item, sam)
    assert undone.taken == {"prospect": 3, "contact": 3, "deal": 2, "activity": 0, "step": 0} and not undone.kept
    assert not Prospect.objects.exists() and not Contact.objects.exists() and not Deal.objects.exists()
    assert Prospect.everything.count() == 3
    assert not Standing.objects.exists() and not textindex.find("halden") and not ExternalRef.objects.exists()
    item.refresh_from_db()
    assert item.state == Import.State.UNDONE and item.batch.undone_at
    assert not undo(item, sam).taken
    again = bring_in(tmp_path, SHEET)
    assert again.counts["new"] == {"prospects": 3, "contacts": 3, "deals": 2}


def test_what_was_changed_here_since_stays_with_what_it_hangs_on(tmp_path, sam):
    item = bring_in(tmp_path, SHEET)
    deal = Deal.objects.get(name="Kite portal")
    deal.amount = Decimal(1)
    with make.submission() as entry:
        deal.write(entry)
    make.activity(Prospect.objects.get(name="Ember Roofing"), text="rang, no answer")
    undone = undo(item, sam)
    assert set(undone.kept) == {"Kite portal", "Kite & Co", "Jo Park", "Ember Roofing"}
    assert {p.name for p in Prospect.objects.all()} == {"Kite & Co", "Ember Roofing"}
    assert not Contact.objects.filter(name="Dana Whitfield").exists()
    assert Activity.objects.get().prospect.name == "Ember Roofing"


def test_what_it_changed_is_set_back_unless_it_was_changed_again(tmp_path, sam):
    halden, kite = make.prospect("Halden Freight"), make.prospect("Kite & Co")
    dana, jo = make.contact(halden, "Dana Whitfield"), make.contact(kite, "Jo Park")
    item = bring_in(tmp_path, SHEET)
    dana.refresh_from_db()
    jo.refresh_from_db()
    assert (dana.title, jo.title) == ("COO", "Partner")
    jo.title = "Managing partner"
    with make.submission() as entry:
        jo.write(entry)
    undone = undo(item, sam)
    dana.refresh_from_db()
    jo.refresh_from_db()
    assert (dana.title, [e.raw for e in dana.emails.all()]) == ("", [])
    assert jo.title == "Managing partner" and "Jo Park" in undone.kept
    assert undone.set_back == 1


def test_one_that_was_cut_short_carries_on(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 1)
    path = write(tmp_path, SHEET)
    item = jobs.begun("file.csv", None, Choices())

    def dies(done, total):
        if done == 2:
            raise SystemExit

    monkeypatch.setattr(item, "beat", dies)
    with pytest.raises(SystemExit):
        jobs.perform(item, str(path), Mapping(open_sheet(path)))
    item.refresh_from_db()
    assert item.state == Import.State.RUNNING and Prospect.objects.count() == 2
    assert not item.start()
    Import.objects.filter(pk=item.pk).update(beat_at=clock.now() - timedelta(minutes=2))
    item = Import.objects.get(pk=item.pk)
    assert item.cut_short and item.undoable and item.start()
    jobs.perform(Import.objects.get(pk=item.pk), str(path), Mapping(open_sheet(path)))
    item.refresh_from_db()
    assert item.state == Import.State.DONE
    assert item.counts["new"] == {"prospects": 3, "contacts": 3, "deals": 2} and not item.counts["unchanged"]
    assert Standing.objects.count() == 2 * (3 + 2)


def test_what_breaks_is_said_and_leaves_what_was_stored(tmp_path, monkeypatch):
    def breaks(*args):
        raise RuntimeError

    path = write(tmp_path, SHEET)
    item = jobs.begun("file.csv", None, Choices())
    monkeypatch.setattr(item, "beat", breaks)
    with pytest.raises(RuntimeError):
        jobs.perform(item, str(path), Mapping(open_sheet(path)))
    item.refresh_from_db()
    assert item.state == Import.State.FAILED and "broke" in item.error
    assert item.undoable and Prospect.objects.count() == 3
