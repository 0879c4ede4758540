"""The preview: what will be recorded, as chips; nothing is written."""

import re
import uuid

import pytest
import time_machine

from accounts.models import Activity, Entry, Step
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wednesday(installation):
    with time_machine.travel("2026-03-11T13:30:00Z", tick=False):
        yield


def preview(client, text, **data):
    return client.post("/log/preview/", {"text": text} | data, headers={"HX-Request": "true"})


def test_shows_chips_and_writes_nothing(seller):
    dana = make.contact(make.prospect("Halden Freight"), "Dana Whitfield")
    entries = Entry.objects.count()
    answer = preview(seller, "called Dana at Halden, left vm, call back thu 10am")
    text = answer.content.decode()
    assert text.startswith('<div class="quick-log-preview" id="log-preview"')
    for words in (
        "Call, left voicemail",
        dana.name,
        "Halden Freight",
        "Call back",
        "tomorrow, 10:00\N{NO-BREAK SPACE}am",
    ):
        assert words in text, words
    assert not Activity.objects.exists() and Entry.objects.count() == entries


def test_candidates_of_an_ambiguous_name_are_offered_and_none_is_chosen(seller):
    make.contact(make.prospect("Halden Freight"), "Marcus Webb")
    make.contact(make.prospect("Tessera Labs"), "Marcus Feld")
    text = preview(seller, "called Marcus, left vm").content.decode()
    assert "Marcus Webb, Halden Freight" in text and "Marcus Feld, Tessera Labs" in text
    assert text.count('name="person"') == 3 and 'name="person" value="none" checked' not in text


def test_an_answer_that_was_tapped_is_kept_for_the_next_preview(seller):
    webb = make.contact(make.prospect("Halden Freight"), "Marcus Webb")
    make.contact(make.prospect("Tessera Labs"), "Marcus Feld")
    text = preview(seller, "called Marcus, left vm", person=str(webb.pk)).content.decode()
    assert f'<input type="hidden" name="person" value="{webb.pk}">' in text
    assert "Who?" not in text and "Halden Freight" in text


def test_a_new_prospect_is_offered(seller):
    text = preview(seller, "called Bridget at Harrowgate Plastics, left vm").content.decode()
    assert "New prospect: Harrowgate Plastics" in text


def test_several_deals_are_offered_with_their_stages(seller):
    halden = make.prospect("Halden Freight")
    make.deal(halden, "Halden rollout")
    make.deal(halden, "Halden pilot")
    text = preview(seller, "halden moved to negotiation").content.decode()
    assert "Which deal?" in text and "Halden rollout, Conversation" in text and "Neither" in text


def test_a_foreign_currency_warns(seller):
    make.deal(make.prospect("Halden Freight"), "Halden rollout")
    assert "not converted" in preview(seller, "halden now €45k").content.decode()


@pytest.mark.parametrize(
    "text", ["", " ", "\x07", "<script>alert(1)</script> called", "x" * 20_000, "at at at 31/31 €€€"]
)
def test_whatever_is_typed_it_answers(seller, text):
    answer = preview(seller, text)
    assert answer.status_code == 200 and "<script>" not in answer.content.decode()


def test_manager_and_stranger_may_not(manager, stranger):
    assert preview(manager, "called Dana").status_code == 403
    assert preview(stranger, "called Dana")["HX-Redirect"].startswith("/login/")


def test_a_changed_chip_stays_changed_when_drawn_again(seller):
    """The chips are drawn anew after each change, and what was saved is what they said last."""
    dana = make.contact(make.prospect("Acme"), "Dana Whitfield")
    sent = {"text": "called Dana at Acme, left vm, call back thu 10am"}
    sent |= {"act": "call:out:connected", "was-act": "call:out:left_voicemail", "with": "leave", "was-with": ""}
    sent |= {"step-0-keep": "leave", "was-step-0-keep": ""}
    for _ in range(2):
        drawn = seller.post("/log/preview/", sent).content.decode()
        assert "Call, connected <b>" in drawn and "Call back" not in drawn
        sent |= dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', drawn))
        assert sent["was-act"] == "call:out:left_voicemail"
    seller.post("/log/", sent | {"uuid": str(uuid.uuid4())})
    activity = Activity.objects.get()
    assert (activity.outcome, activity.prospect, Step.objects.count()) == ("connected", None, 0)
    assert list(activity.contacts.all()) == [dana]
