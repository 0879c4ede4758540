"""`manage.py brief NAME`: the same five lines, by the name as the quick log reads it."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from crm.access.models import Installation
from crm.desk.brief import as_text, brief
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def halden(installation):
    row = make.prospect("Halden Freight Ltd", city="Oakland")
    dana = make.contact(row, "Dana Whitfield")
    make.deal(row, "Depot rollout", "Proposal")
    make.activity(row, "email", direction="in", contacts=[dana], text="Two years is fine.")
    return row


def run(*arguments, **options):
    out = StringIO()
    call_command("brief", *arguments, stdout=out, **options)
    return out.getvalue()


def test_it_prints_what_the_page_copies(halden):
    told = brief(halden, audience="seller", today=clock.today(), installation=Installation.load())
    assert run("halden") == as_text(told)


@pytest.mark.parametrize("name", ["halden freight", "HALDEN", "dana", "Dana Whitfield", "depot rollout", "haldem"])
def test_names_are_matched_as_the_quick_log_does(halden, name):
    make.prospect("Globex")
    assert run(name).startswith("Halden Freight Ltd, ")


def test_words_need_no_quotes(halden):
    assert run("halden", "freight").startswith("Halden Freight Ltd, ")


def test_several_are_listed_and_nothing_is_guessed(halden):
    make.prospect("Halden Foods")
    with pytest.raises(CommandError, match=r"(?s)may be:\n.*Halden Foods\n.*Halden Freight Ltd, Oakland") as caught:
        run("halden")
    assert caught.value.returncode == 2
    assert run("halden foods").startswith("Halden Foods, ")


def test_an_unknown_name_fails(halden):
    with pytest.raises(CommandError, match="Nobody on record is called “globex”"):
        run("globex")


def test_json_alone(halden):
    told = json.loads(run("halden", json=True))
    assert told["prospect"] == "Halden Freight Ltd"
    assert [line["key"] for line in told["lines"]] == ["stands", "buyer", "move", "step", "risk"]
    assert told["lines"][1]["text"] == "Dana Whitfield wrote: “Two years is fine.”"


def test_as_of_a_past_day(halden):
    yesterday = clock.today() - timedelta(days=1)
    told = run("halden", as_of=yesterday.isoformat())
    assert "No deal yet" in told and "Two years" not in told


@pytest.mark.parametrize("day", ["soon", "2999-01-01", "0001-01-01"])
def test_a_day_that_is_none(halden, day):
    with pytest.raises(CommandError, match=r"is no day|is still to come"):
        run("halden", as_of=day)


def test_others_see_no_private_lines(halden):
    make.activity(halden, "call", direction="in", outcome="connected", text="between us", private=True)
    assert "between us" in run("halden") and "between us" not in run("halden", others=True)
