"""manage.py export: everything in files, which our own import reads back."""

import csv
import io
import json

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.models import Activity, Contact, Entry, Prospect, Step
from crm.desk import sample
from crm.desk.keeping import export
from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(installation):
    with time_machine.travel("2026-03-11 14:00+00:00", tick=False):
        yield


def exported(tmp_path):
    call_command("export", str(tmp_path / "all"), verbosity=0)
    return tmp_path / "all"


def sheet(folder, name):
    with open(folder / f"{name}.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_files_and_their_numbers(tmp_path, capsys):
    sample.load()
    call_command("export", str(tmp_path / "all"), "--json")
    told = json.loads(capsys.readouterr().out)["files"]
    assert told["activities.csv"] == told["json/activity.json"] == Activity.objects.count()
    for name, count in told.items():
        path = tmp_path / "all" / name
        assert path.stat().st_mode & 0o777 == 0o600
        if name.startswith("json"):
            assert len(json.loads(path.read_text())) == count
        else:
            assert len(sheet(tmp_path / "all", name.removesuffix(".csv"))) == count


def test_what_one_record_says(tmp_path):
    who = make.prospect("Halden “Freight”, Inc", city="Oakland")
    dana = make.contact(who, emails=["dana@halden.example", "d@halden.example"], phones=["+1 415 555 0142"])
    deal = make.deal(who, amount=45_000, close_on="2026-03-31")
    make.activity(who, text="=1+1 said\ntwice", contacts=[dana], deal=deal, private=True)
    folder = exported(tmp_path)
    (prospect,), (contact,), (row,), (call,) = (
        sheet(folder, n) for n in ("prospects", "contacts", "deals", "activities")
    )
    assert prospect["Prospect"] == "Halden “Freight”, Inc" and prospect["Prospect city"] == "Oakland"
    assert (contact["Email"], contact["E-mail 2 - Value"]) == ("dana@halden.example", "d@halden.example")
    assert (row["Amount"], row["Close date"], row["Outcome"]) == ("45000.00", "2026-03-31", "open")
    assert call["Text"] == "'=1+1 said\ntwice" and call["Private note"] == "yes"
    assert (call["Activity date"], call["Time"], call["Person"]) == ("2026-03-11", "10:00", dana.name)


def test_json_is_complete(tmp_path):
    with make.submission(text="called dana") as entry:
        who = Prospect(name="Acme", extra={"Segment": "B"})
        who.write(entry)
    deal = make.deal(who)
    with make.submission() as entry:
        deal.move_to(make.stage("Diagnosed"), entry)
    with make.submission() as entry:
        deal.trash(entry)
    make.user("Sam Porter", "seller")
    folder = exported(tmp_path) / "json"
    read = {path.stem: json.loads(path.read_text()) for path in folder.iterdir()}
    assert read["deal"][0]["trashed_at"] and len(read["dealchange"]) == 2
    assert read["prospect"][0]["extra"] == {"Segment": "B"}
    assert len(read["entry"]) == Entry.objects.count() and read["entry"][0]["text"] == "called dana"
    assert read["effect"] and read["stage"] and read["installation"]
    assert "password" not in read["user"][0]
    assert not (folder / "onetimelink.json").exists()


def test_the_trash_is_in_no_sheet(tmp_path):
    row = make.prospect("Gone")
    make.activity(row)
    with make.submission() as entry:
        row.trash(entry)
    folder = exported(tmp_path)
    assert not sheet(folder, "prospects") and not sheet(folder, "activities")


def test_extra_columns_come_along(tmp_path):
    make.prospect("One", extra={"Segment": "B"})
    make.prospect("Two", extra={"Region": "North", "Segment": "A"})
    rows = sheet(exported(tmp_path), "prospects")
    assert [(r["Segment"], r["Region"]) for r in rows] == [("B", ""), ("A", "North")]


def test_imports_again_as_it_was(tmp_path):
    sample.load()
    shape = _shape()
    folder = exported(tmp_path)
    sample.remove()
    for name in ("prospects", "contacts", "deals", "deal-people", "activities", "steps"):
        call_command("import_csv", str(folder / f"{name}.csv"), verbosity=0, stdout=io.StringIO())
    assert _shape() == shape


def _shape():
    """What matters of all records, without their ids."""
    return {
        "prospects": sorted(Prospect.objects.values_list("name", "city", "source", "about", "parked_until")),
        "contacts": sorted(
            (c.prospect.name, c.name, c.title, c.time_zone, tuple(sorted(p.raw for p in c.phones.all())))
            for c in Contact.objects.select_related("prospect").with_addresses()
        ),
        "deals": sorted(
            map(
                str,
                Deal.objects.values_list(
                    "prospect__name", "name", "stage__name", "amount", "close_on", "outcome", "ended_on", "end_reason"
                ),
            )
        ),
        "roles": sorted(Deal.objects.values_list("name", "people__contact__name", "people__role")),
        "activities": sorted(
            map(
                str,
                Activity.objects.values_list(
                    "prospect__name",
                    "kind",
                    "direction",
                    "outcome",
                    "on",
                    "at",
                    "minutes",
                    "subject",
                    "text",
                    "private",
                ),
            )
        ),
        "steps": sorted(
            map(
                str,
                Step.objects.values_list("prospect__name", "owner", "what", "due_on", "due_time", "state"),
            )
        ),
    }


def test_folder_that_is_in_the_way(tmp_path):
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "mine.txt").write_text("keep me")
    with pytest.raises(CommandError, match="not empty"):
        exported(tmp_path)
    with pytest.raises(CommandError, match="no folder"):
        call_command("export", str(tmp_path / "a" / "b"))
    assert [path.name for path in tmp_path.rglob("*")] == ["all", "mine.txt"]


def test_half_an_export_is_none(tmp_path, monkeypatch):
    def broken():
        yield from ()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "sheets", broken)
    with pytest.raises(CommandError, match="No space left"):
        exported(tmp_path)
    assert not list(tmp_path.iterdir())
