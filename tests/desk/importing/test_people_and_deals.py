"""A sheet in which one row makes a prospect, a contact and a deal."""

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from accounts import standing
from accounts.models import Batch, Contact, ExternalRef, NameChange, Prospect, Standing
from crm.web import textindex
from deals.models import Deal
from tests import make

from .files import bring_in, sample

pytestmark = pytest.mark.django_db

SHEET = """prospect,person,title,email,phone,deal,amount,stage,close_on
Halden Freight,Dana Whitfield,COO,dana@halden.example,+1 212 555 0142,Halden rollout,48000,Evaluating,2026-04-30
Halden Freight,Lou Mertens,IT lead,lou@halden.example,,Halden rollout,48000,Evaluating,2026-04-30
Ørsund Glas,Åse Lindqvist,,ase@orsund.example,+44 20 7946 0104,,,,
Kite & Co,Jo Park,Partner,jo@kite.example,,Kite portal,95000.50,Proposal,2026-09-30
Kite & Co,Max Okoye,CIO,max@kite.example,,Kite archive,,Diagnosed,
"""


def test_one_row_makes_a_prospect_a_contact_and_a_deal(tmp_path):
    result = bring_in(tmp_path, SHEET)
    assert result.new == {"prospect": 3, "contact": 5, "deal": 3, "activity": 0, "step": 0}
    assert not result.rejected
    dana = Contact.objects.get(name="Dana Whitfield")
    assert (dana.prospect.name, dana.title, dana.folded) == ("Halden Freight", "COO", "dana whitfield")
    assert [e.raw for e in dana.emails.all()] == ["dana@halden.example"]
    assert [(p.raw, p.e164) for p in dana.phones.all()] == [("+1 212 555 0142", "+12125550142")]
    deal = Deal.objects.get(name="Halden rollout")
    assert (deal.prospect, deal.amount, deal.stage.name) == (dana.prospect, Decimal(48000), "Evaluating")
    assert (deal.close_on, deal.outcome) == (date(2026, 4, 30), "open")
    assert {p.contact.name for p in deal.people.all()} == {"Dana Whitfield", "Lou Mertens"}
    assert Deal.objects.get(name="Kite archive").amount is None
    assert Deal.objects.get(name="Kite archive").close_on is None


def test_it_needs_no_setup_and_leaves_all_that_follows_right(tmp_path):
    result = bring_in(tmp_path, SHEET)
    assert result.batch.kind == Batch.IMPORT
    assert not Prospect.objects.exclude(batch=result.batch).exists()
    assert Standing.objects.count() == 2 * (3 + 3)
    for name, model in (("prospect", Prospect), ("deal", Deal)):
        ids = list(model.objects.values_list("pk", flat=True))
        for (pk, audience), values in standing.compute(name, ids).items():
            row = Standing.objects.get(**{f"{name}_id": pk, "audience": audience})
            assert {field: getattr(row, field) for field in standing.FIELDS} == values
    assert {kind for kind, _ in textindex.find("halden")} == {"prospect", "contact", "deal"}
    assert NameChange.objects.filter(record_type="*").exists()
    for deal in Deal.objects.all():
        assert deal.history_figures() == (deal.slips, deal.slipped_days, deal.stage_since)


def test_the_same_file_again_changes_nothing(tmp_path):
    bring_in(tmp_path, SHEET)
    before = _everything()
    result = bring_in(tmp_path, SHEET)
    assert not any(result.new.values()) and not result.changed
    assert result.unchanged == {"prospect": 3, "contact": 5, "deal": 3}
    assert _everything() == before


def test_a_changed_cell_changes_that_record_and_is_undoable(tmp_path):
    bring_in(tmp_path, SHEET)
    result = bring_in(tmp_path, SHEET.replace("95000.50,Proposal", "80000,Negotiation"))
    assert result.changed == {"deal": 1} and not any(result.new.values())
    deal = Deal.objects.get(name="Kite portal")
    assert (deal.amount, deal.stage.name, deal.changes.count()) == (Decimal(80000), "Negotiation", 2)


def test_what_was_changed_here_since_is_left_alone(tmp_path):
    bring_in(tmp_path, SHEET)
    deal = Deal.objects.get(name="Kite portal")
    deal.amount = Decimal(70000)
    with make.submission() as entry:
        deal.write(entry)
    result = bring_in(tmp_path, SHEET.replace("95000.50", "60000"))
    assert not result.changed and result.kept == {"deal": 1}
    assert Deal.objects.get(name="Kite portal").amount == Decimal(70000)
    assert Deal.objects.count() == 3


def test_a_known_prospect_and_contact_are_found_and_only_filled_up(tmp_path):
    prospect = make.prospect("HALDEN freight", city="Oakland")
    make.contact(prospect, "Dana Whitfield", title="Chief")
    bring_in(tmp_path, SHEET)
    dana = Contact.objects.get(name="Dana Whitfield")
    assert dana.prospect == prospect and dana.title == "Chief"
    assert [e.raw for e in dana.emails.all()] == ["dana@halden.example"]
    assert Prospect.objects.count() == 3


def test_a_dry_run_counts_the_same_and_writes_nothing(tmp_path):
    dry = bring_in(tmp_path, SHEET, dry=True)
    assert not Prospect.objects.exists() and not ExternalRef.objects.exists() and not Batch.objects.exists()
    assert dry.new == bring_in(tmp_path, SHEET).new


def test_two_deals_of_one_name_at_one_prospect_stay_two(tmp_path):
    text = "prospect,deal,amount,stage\nHalden,Renewal,5000,Won\n" + 2 * "Halden,Renewal,6000,Proposal\n"
    bring_in(tmp_path, text)
    assert sorted(Deal.objects.values_list("amount", flat=True)) == [5000, 6000]
    assert not any(bring_in(tmp_path, text).new.values())


def test_the_directory_of_the_quick_log_comes_out_exactly():
    path = sample("quicklog/directory.csv")
    from crm.desk.importing.running import run

    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    result = run(str(path), label="directory.csv")
    assert not result.rejected and not result.notes
    deals = defaultdict(set)
    for row in rows:
        contact = Contact.objects.get(name=row["person"])
        assert contact.prospect.name == row["prospect"] and contact.title == row["title"]
        assert [e.raw for e in contact.emails.all()] == [row["email"]]
        assert [p.raw for p in contact.phones.all()] == [row["phone"]]
        if row["deal"]:
            deals[row["prospect"], row["deal"], row["amount"], row["stage"], row["close_on"]].add(row["person"])
    assert Prospect.objects.count() == len({row["prospect"] for row in rows})
    assert Contact.objects.count() == len(rows)
    assert Deal.objects.count() == len(deals)
    for (prospect, name, amount, stage, close_on), people in deals.items():
        deal = Deal.objects.get(name=name, prospect__name=prospect)
        assert (deal.amount, deal.stage.name) == (Decimal(amount), stage)
        assert deal.close_on == date.fromisoformat(close_on) and deal.outcome == "open"
        assert {p.contact.name for p in deal.people.all()} == people


def _everything():
    """All rows of all tables that an import writes."""
    models = [Prospect, Contact, Deal, ExternalRef, Standing]
    return [list(model.objects.order_by("pk").values()) for model in models]
