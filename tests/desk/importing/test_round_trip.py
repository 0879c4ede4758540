"""What is exported here and imported here is what it was."""

from datetime import date, time
from decimal import Decimal

import pytest

from accounts.models import Activity, Contact, Prospect, Step
from accounts.records import Record
from crm.desk.importing import report
from crm.desk.importing.mapping import Choices
from crm.desk.importing.running import run
from crm.desk.keeping.sheets import sheets
from crm.web import csvs
from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db
OURS = {"Prospect id", "Person id", "Deal id", "Created"}


@pytest.fixture
def records(installation):
    """Records with what makes exports hard: formulas, quotes, lines, accents, nothing at all."""
    halden = make.prospect('=Halden "Freight"; Ltd', about="two, words", website="@halden", city="Ørsta")
    kite = make.prospect("Kite & Co, “Söhne”", parked_until=date(2026, 5, 1))
    dana = make.contact(halden, "Dana Whitfield", title="-COO", emails=["d@halden.example", "dana@halden.example"],
                        phones=["+1 212 555 0142", "'+44"])  # fmt: skip
    lou = make.contact(halden, "Lou d'Arc")
    make.contact(kite, "Lou d'Arc", phones=["+44 20 7946 0104"])
    open_deal = make.deal(halden, "Rollout", "Evaluating", amount=Decimal("48000.50"), close_on=date(2026, 4, 30))
    make.deal(halden, "Rollout", "Proposal")
    lost = make.deal(None, "No prospect", opened_on=date(2026, 1, 5))
    with make.submission() as entry:
        lost.lose(entry, on=date(2026, 3, 1), reason="price; terms")
    with make.submission() as entry:
        open_deal.write(entry, people=[[dana.pk, "champion"], [lou.pk, ""]])
    make.activity(halden, "call", on=date(2026, 3, 2), direction="out", outcome="left_voicemail", contacts=[dana],
                  text="=said \"no\"\nthen, yes")  # fmt: skip
    make.activity(halden, "meeting", at=None, on=date(2026, 3, 3), outcome="held", minutes=45, contacts=[dana, lou])
    make.activity(None, "note", on=date(2026, 3, 4), text="do expenses", private=True)
    make.step(halden, "Send; the price", "2026-03-20", due_time="10:30", kind="email", contact=dana, deal=open_deal)
    late = make.step(halden, "Ring", "2026-03-01", kind="call")
    with make.submission() as entry:
        late.keep(entry, on=date(2026, 3, 5))
    make.step(kite, "Undated", owner="them")


def export(folder):
    folder.mkdir()
    for name, header, rows in sheets():
        (folder / name).write_text("".join(csvs.lines(header, rows)), encoding="utf-8", newline="")
    return sorted(str(path) for path in folder.iterdir())


def contents(paths):
    """{file: its rows}, without ids and the moment of making, in any order."""
    found = {}
    for path in paths:
        name = report.name_of(path)
        if name in ("deal-changes.csv", "stages.csv"):
            continue
        from csv import DictReader

        with open(path, encoding="utf-8-sig", newline="") as file:
            found[name] = sorted(repr({k: v for k, v in row.items() if k not in OURS}) for row in DictReader(file))
    return found


def bring_in(paths):
    return {
        report.name_of(path): run(path, label=path, mapping=mapping)
        for path, mapping, _ in report.in_order(paths, Choices())
        if mapping
    }


def test_into_an_empty_database(records, tmp_path):
    paths = export(tmp_path / "first")
    for model in (Activity, Step, Deal, Contact, Prospect):
        assert issubclass(model, Record)
        model.everything.all().delete()
    results = bring_in(paths)
    assert not [row for result in results.values() for row in result.rejected]
    assert contents(export(tmp_path / "second")) == contents(paths)
    assert Step.objects.get(what__startswith="Send").due_time == time(10, 30)


def test_into_the_same_database_nothing_changes(records, tmp_path):
    paths = export(tmp_path / "first")
    for name, result in bring_in(paths).items():
        assert not any(result.new.values()) and not result.changed, name
    assert contents(export(tmp_path / "second")) == contents(paths)
