"""Other products' exports: each figure is computed from the raw file too. What is no records is refused."""

import csv
import re
from collections import Counter
from decimal import Decimal

import pytest
from django.db.models import Sum

from accounts.models import Activity, Contact, EmailAddress, Prospect, Step
from crm.desk.importing import report
from crm.desk.importing.mapping import Choices
from crm.desk.importing.reading import Unreadable
from crm.desk.importing.running import run
from deals.models import Deal, DealChange

from .files import bring_in, sample

pytestmark = pytest.mark.django_db


def raw(name):
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            with open(sample(name), encoding=encoding, newline="") as file:
                return list(csv.DictReader(file))
        except UnicodeDecodeError:
            continue


def imported(*names):
    """{file: Result} of some samples, in the order that the command would take."""
    paths = [str(sample(name)) for name in names]
    found = report.in_order(paths, Choices())
    assert not [why for *_, why in found if why]
    results = [run(path, label=path, mapping=mapping) for path, mapping, _ in found]
    assert not [row for result in results for row in result.rejected]
    return results


def vcards(name):
    """[{"FN": [...], "EMAIL": [...], …}] of a sample's vCards."""
    cards = sample(name).read_text(encoding="utf-8").split("END:VCARD")[:-1]
    found = []
    for card in cards:
        fields = {}
        for line in card.splitlines():
            key, _, value = line.partition(":")
            fields.setdefault(key.split(";")[0], []).append(value.replace("\\n", "\n"))
        found.append(fields)
    return found


@pytest.mark.parametrize("name", ["email", "gmail", "outlook", "tb_plain"])
def test_address_books_become_what_their_vcards_say(name):
    folder = "import_contacts_csv/roundcube_"
    imported(f"{folder}{name}.csv")
    cards = vcards(f"{folder}{name}.vcf")
    assert Contact.objects.count() == len(cards)
    for card in cards:
        contact = Contact.objects.get(name=card["FN"][0])
        assert [e.raw for e in contact.emails.all()] == card["EMAIL"]
        numbers = {p.raw for p in contact.phones.all()}
        assert numbers <= set(card.get("TEL", [])) and len(numbers) >= len(card.get("TEL", [])) - 2  # no fax, no pager
        assert contact.title == card.get("TITLE", [""])[0]
        assert contact.prospect.name == card.get("ORG", card["FN"])[0]


def test_google_says_what_a_number_is_for():
    imported("import_contacts_csv/roundcube_gmail.csv")
    contact = Contact.objects.get()
    assert [e.label for e in contact.emails.all()] == ["home", "work", "", "other"]
    assert [p.label for p in contact.phones.all()][:4] == ["pager", "main", "home", "home fax"]
    assert contact.about == 'note"note' and contact.extra["Nickname"] == "nick"


def test_hubspot():
    folder = "import_hubspot_dummy/hubspot_"
    imported(*(f"{folder}{kind}.csv" for kind in ("deals", "activities", "contacts", "companies")))
    companies, contacts, deals, activities = (
        raw(f"{folder}{kind}.csv") for kind in ("companies", "contacts", "deals", "activities")
    )
    assert {c["Company Name"] for c in companies} <= set(Prospect.objects.values_list("name", flat=True))
    domains = {c["Company Domain Name"] for c in companies}
    others = {r["Associated Company Domain"] for r in contacts + deals} - domains - {""}
    alone = sum(not c["Associated Company Domain"] for c in contacts)
    assert Prospect.objects.count() == len(companies) + len(others) + alone
    assert Contact.objects.count() == len(contacts)
    assert set(EmailAddress.objects.values_list("raw", flat=True)) == {c["Email"] for c in contacts}
    assert Deal.objects.count() == len(deals)
    assert Deal.objects.aggregate(s=Sum("amount"))["s"] == sum(Decimal(d["Amount"]) for d in deals)
    stages = Counter(d["Deal Stage"] for d in deals)
    assert Deal.objects.won().count() == stages["Closed Won"]
    assert Deal.objects.filter(outcome="lost").count() == stages["Closed Lost"]
    by_stage = Counter(Deal.objects.open().values_list("stage__name", flat=True))
    assert by_stage == {
        "Conversation": stages["Appointment Scheduled"],
        "Goal shared": stages["Qualified to Buy"],
        "Diagnosed": stages["Presentation Scheduled"],
        "Evaluating": stages["Decision Maker Bought-In"],
        "Proposal": stages["Contract Sent"],
    }
    kinds = Counter(a["Activity Type"].lower() for a in activities)
    assert Step.objects.count() == kinds.pop("task")
    assert Counter(Activity.objects.values_list("kind", flat=True)) == kinds
    results = Counter(a["Call Outcome"] for a in activities)
    assert Activity.objects.filter(outcome="left_voicemail").count() == results["Left Voicemail"]
    known = {c["Email"] for c in contacts}
    assert Activity.objects.exclude(prospect=None).count() + Step.objects.exclude(prospect=None).count() == sum(
        a["Associated Contact Email"] in known for a in activities
    )


def test_salesforce():
    folder = "import_salesforce_dataloader/"
    imported(f"{folder}opportunityData.csv", f"{folder}accountData.csv")
    accounts, deals = raw(f"{folder}accountData.csv"), raw(f"{folder}opportunityData.csv")
    assert Prospect.objects.count() == len(accounts) == 423
    assert Deal.objects.count() == len(deals)
    assert Deal.objects.aggregate(s=Sum("amount"))["s"] == sum(Decimal(d["AMOUNT"] or 0) for d in deals)
    assert Deal.objects.won().count() == sum(d["STAGENAME"] == "Closed Won" for d in deals)
    ids = {a["ID"] for a in accounts}
    assert Deal.objects.exclude(prospect=None).count() == sum(d["ACCOUNTID"] in ids for d in deals)
    assert {str(day) for day in Deal.objects.values_list("close_on", flat=True)} == {d["CLOSEDATE"] for d in deals}
    again = run(str(sample(f"{folder}opportunityData.csv")))
    assert not any(again.new.values()) and not again.changed


def test_salesforce_history_of_stages():
    (deals, history) = imported("preppin_sfdc_history/Opportunity History.csv", "preppin_sfdc_history/Opportunity.csv")
    rows = raw("preppin_sfdc_history/Opportunity History.csv")
    moves = [r for r in rows if not r["StageName"].startswith("Closed")]
    before = Deal.objects.count() + Deal.objects.ended().count()
    assert DealChange.objects.count() == before + len({(r["OppID"], r["CreatedDate"], r["StageName"]) for r in moves})
    assert "day/month/year" in {c.format for c in history.mapping.columns}
    for deal in Deal.objects.all()[:50]:
        assert deal.history_figures() == (deal.slips, deal.slipped_days, deal.stage_since)
    assert not run(str(sample("preppin_sfdc_history/Opportunity History.csv"))).changed
    assert deals.new["deal"] == 219


def test_olist():
    imported("olist_funnel/closed_deals_asof_2018-03-31.csv", "olist_funnel/mql_asof_2018-03-31.csv")
    won, leads = raw("olist_funnel/closed_deals_asof_2018-03-31.csv"), raw("olist_funnel/mql_asof_2018-03-31.csv")
    assert Deal.objects.won().count() == len(won)
    assert Prospect.objects.count() == len({r["mql_id"] for r in won + leads})
    ended = Counter(str(day) for day in Deal.objects.values_list("ended_on", flat=True))
    assert ended == Counter(r["won_date"][:10] for r in won)


def test_headers_of_other_products():
    results = {r.mapping.shape.vendor: r for r in imported(*(
        f"import_headers/{name}.csv"
        for name in ("google_contacts_2024_format", "outlook_classic", "pipedrive_activities",
                     "pipedrive_deals_list_view", "pipedrive_official_import_sample", "zoho_contacts_and_accounts")
    ))}  # fmt: skip
    assert set(results) == {
        "Google contacts", "Outlook contacts", "Pipedrive activities", "Pipedrive deals", "Pipedrive import sheet",
        "Zoho contacts",
    }  # fmt: skip
    tony = Contact.objects.get(name="Tony Turner")
    assert tony.prospect.name == "Moveer Limited" and [e.label for e in tony.emails.all()] == ["work", "home"]
    assert "87503" in tony.prospect.address
    step = Step.objects.get()
    assert (step.what, str(step.due_on), step.deal.name) == ("First pitch", "2024-12-05", "Moveer Deal")
    ridge = Prospect.objects.get(name="Ridge Property Group")
    assert {c.name for c in ridge.contacts.all()} == {"Dana Whitfield", "Sam Lee"}


@pytest.mark.parametrize(
    "name, word",
    [
        ("import_salesforce_dataloader/error0413060133.csv", "Salesforce refused"),
        ("import_salesforce_dataloader/deleteAccountCsvTemplate.csv", "nothing but ids"),
        ("import_salesforce_dataloader/hardDeleteInvalidInputTemplate.csv", "nothing but ids"),
        ("import_salesforce_dataloader/createAttachmentMultipleFilesTemplate.csv", "attachments"),
        ("import_salesforce_dataloader/20kRows.csv", "not clear what this file is about"),
        ("import_salesforce_dataloader/csvSeparator.csv", "not clear what this file is about"),
        ("import_hubspot_dummy/hubspot_tickets.csv", "support tickets"),
        ("maven_crm/products.csv", "not clear what this file is about"),
        ("maven_crm/sales_teams.csv", "not clear what this file is about"),
        *((f"import_sfdx_plan/{name}.json", "JSON") for name in ("brokers-data", "sample-data-plan")),
    ],
)
def test_what_is_no_records_is_refused_with_a_clear_word(name, word):
    with pytest.raises(Unreadable, match=word):
        run(str(sample(name)))
    assert not Prospect.objects.exists()


def test_every_sample_is_read_or_refused_in_words():
    folder = sample("import_salesforce_dataloader")
    for path in sorted(folder.glob("*.csv")):
        try:
            result = run(str(path), dry=True)
        except Unreadable as why:
            assert re.search(r"\w+ \w+ \w+", str(why))
        else:
            assert result.rows == result.mapping.total


def test_zones_and_midnights(tmp_path, installation):
    """A day at midnight is a day, whatever the zone; an instant is the seller's (New York's)."""
    bring_in(
        tmp_path,
        "deal,amount,close date\nA,1,2010-10-14T00:00:00.000Z\nB,1,2010-10-14T02:00:00.000Z\nC,1,2010-10-14\n"
        "D,1,2009-07-14 02:14:45-0800\nE,1,2010-10-14T12:00:00.000Z-0300\nF,1,2010-10-14T12:00:00.000GMT\n",
    )
    days = {name: str(day) for name, day in Deal.objects.values_list("name", "close_on")}
    assert days == {
        **dict.fromkeys("ACEF", "2010-10-14"), "B": "2010-10-13", "D": "2009-07-14",
    }  # fmt: skip
