"""What to know before a call, and how it went, by a plain form."""

import uuid
from datetime import date

import pytest
import time_machine

from accounts.models import Activity, Entry, Step
from tests import make

pytestmark = pytest.mark.django_db
URL = "/calls/create/"


@pytest.fixture(autouse=True)
def _wednesday(installation):
    with time_machine.travel("2026-03-11T13:30:00Z", tick=False):
        yield


@pytest.fixture
def dana(installation):
    return make.contact(
        make.prospect("Halden Freight"), "Dana Whitfield", phones=["(415) 555-0142"], time_zone="America/Los_Angeles"
    )


def told(client, who=None, **data):
    headers = data.pop("headers", {})
    data = {"outcome": "no_answer", "when": "usual", "uuid": str(uuid.uuid4())} | data
    return client.post(URL, data | ({"contact": who.pk} if who else {}), headers=headers)


def test_two_taps_log_a_no_answer_with_its_follow_up(seller, dana):
    answer = told(seller, dana)
    assert answer.status_code == 303 and answer.url == dana.get_absolute_url()
    call, step = Activity.objects.get(), Step.objects.get()
    assert (call.outcome, call.direction, list(call.contacts.all())) == ("no_answer", "out", [dana])
    assert (step.what, step.kind, step.due_on) == ("Call Dana again", "call", date(2026, 3, 12))


@pytest.mark.parametrize(
    ("when", "on", "due"),
    [
        ("tomorrow", "", date(2026, 3, 12)),
        ("three_days", "", date(2026, 3, 14)),
        ("next_week", "", date(2026, 3, 16)),
        ("date", "2026-03-20", date(2026, 3, 20)),
    ],
)
def test_the_next_step_on_another_day(seller, dana, when, on, due):
    told(seller, dana, when=when, on=on)
    assert Step.objects.get().due_on == due


def test_no_next_step(seller, dana):
    told(seller, dana, when="none")
    assert Activity.objects.exists() and not Step.objects.exists()


def test_the_page_says_what_to_know(seller, dana):
    deal = make.deal(dana.prospect, "Halden rollout", "Proposal", amount=45000, close_on=date(2026, 3, 31))
    make.activity(dana.prospect, contacts=[dana], outcome="connected", text="if the two-year number works")
    make.step(dana.prospect, "Send the price", "2026-03-10", contact=dana)
    make.step(dana.prospect, "Send the questionnaire", "2026-03-18", owner="them", contact=dana)
    text = seller.get(f"{URL}?contact={dana.pk}&deal={deal.pk}").content.decode().replace("\xa0", " ")
    for words in ("6:30 am", "if the two-year number works", "Send the price", "Send the questionnaire", "$45,000"):
        assert words in text
    assert 'href="tel:+14155550142"' in text and "How did it go with Dana?" in text


def test_htmx_gets_what_to_know_alone(seller, dana, htmx):
    text = seller.get(f"{URL}?contact={dana.pk}", headers=htmx).content.decode()
    assert text.startswith('<dl class="prep" id="call-prep">')


def test_a_number_alone_tells_whose_it_is(seller, dana, htmx):
    make.step(dana.prospect, "Send the price", "2026-03-10", contact=dana)
    assert "Send the price" in seller.get(f"{URL}?number=%2B14155550142", headers=htmx).content.decode()


def test_without_anybody_it_asks_with_whom(seller, dana):
    make.activity(dana.prospect, contacts=[dana])
    page = seller.get(f"{URL}?outcome=busy").content.decode()
    assert "With whom?" in page and f'name="who" value="{dana.pk}"' in page and 'value="busy" required' in page
    before = Activity.objects.count()
    assert told(seller).status_code == 422
    assert told(seller, who=None, outcome="busy", contact="", who_="").status_code == 422
    assert Activity.objects.count() == before
    seller.post(URL, {"outcome": "busy", "who": dana.pk, "uuid": str(uuid.uuid4())})
    assert list(Activity.objects.newest_first().first().contacts.all()) == [dana]


def test_invalid_says_what_is_missing_and_keeps_the_words(seller, dana):
    answer = told(seller, dana, outcome="", text="she was on holiday")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Choose one of the six" in text and "she was on holiday</textarea>" in text
    assert told(seller, dana, when="date", on="").status_code == 422
    assert not Activity.objects.exists()


def test_sent_twice_is_stored_once(seller, dana):
    key = str(uuid.uuid4())
    told(seller, dana, uuid=key)
    told(seller, dana, uuid=key)
    assert Activity.objects.count() == Step.objects.count() == 1


def test_htmx_gets_events_and_undo(seller, dana, htmx):
    answer = told(seller, dana, headers=htmx)
    entry = Entry.objects.latest("pk")
    assert answer.status_code == 204 and f"/undo/{entry.uuid}/" in answer["HX-Trigger"]
    assert "activity-logged" in answer["HX-Trigger"] and "No answer, Dana Whitfield" in answer["HX-Trigger"]


def test_a_wrong_number_is_struck_out_on_the_page_of_the_person(seller, dana):
    told(seller, dana, outcome="wrong_number", number="+14155550142")
    page = seller.get(dana.get_absolute_url()).content.decode()
    assert "<s>(415) 555-0142</s>" in page and "wrong number" in page
    assert Step.objects.get().what == "Find the right number for Dana"


def test_somebody_who_is_not_there(seller):
    assert seller.get(f"{URL}?contact=999").status_code == 404
    assert told(seller, contact="999").status_code == 404


def test_manager_and_stranger_may_not(manager, stranger, dana):
    assert manager.get(f"{URL}?contact={dana.pk}").status_code == 403
    assert told(manager, dana).status_code == 403
    assert told(stranger, dana).url.startswith("/login/")
    assert not Activity.objects.exists()


# A prospect's own number --------------------------------------------------------------------------


@pytest.fixture
def acme(installation):
    return make.prospect("Acme", phone="+1 415 555 0100")


def test_a_wrong_number_of_a_prospect_shows_as_such_until_it_is_another(seller, acme):
    page = f"/prospects/{acme.pk}/"
    assert 'href="tel:+14155550100"' in seller.get(page).content.decode()
    shown = seller.get(f"{URL}?prospect={acme.pk}").content.decode()
    assert 'value="+14155550100"' in shown and "wrong, said a call" not in shown
    assert told(seller, prospect=acme.pk, number="+14155550100", outcome="wrong_number").status_code == 303
    text = seller.get(page).content.decode()
    assert "<s>+1 415 555 0100</s>" in text and "tel:+14155550100" not in text
    headers = {"HX-Request": "true"}
    card = f"{URL}?prospect={acme.pk}&number=%2B14155550100"
    assert "wrong, said a call" in seller.get(card, headers=headers).content.decode()
    assert "tel:+14155550100" not in seller.get(card).content.decode()
    # Written otherwise it is the same number; another one is not.
    for phone, wrong in (("(415) 555-0100", True), ("+1 415 555 0199", False), ("+1 415 555 0100", False)):
        version = type(acme).objects.get().version
        seller.post(f"{page}edit/", {"name": "Acme", "phone": phone, "version": version})
        assert type(acme).objects.get().phone_is_wrong is wrong


def test_a_number_that_is_right_after_all_is_said_to_be_so(seller, acme):
    edit = f"/prospects/{acme.pk}/edit/"
    assert "right after all" not in seller.get(edit).content.decode()
    told(seller, prospect=acme.pk, number="+14155550100", outcome="wrong_number")
    assert "right after all" in seller.get(edit).content.decode()
    data = {"name": "Acme", "phone": acme.phone, "version": 2}
    seller.post(edit, data)
    assert type(acme).objects.get().phone_is_wrong
    seller.post(edit, data | {"number_is_right": "on"})
    assert not type(acme).objects.get().phone_is_wrong


def test_nobody_else_marks_a_number(stranger, manager, acme):
    for client in (stranger, manager):
        told(client, prospect=acme.pk, number="+14155550100", outcome="wrong_number")
        assert not type(acme).objects.get().phone_is_wrong
    assert "tel:+14155550100" in manager.get(f"/prospects/{acme.pk}/").content.decode()
