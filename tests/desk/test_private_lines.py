"""What a private line makes is private; what it changes is changed for all, without its words."""

import uuid
from datetime import timedelta

import pytest

from accounts.models import Activity, Contact, Step
from crm.desk import filing, prospect_page
from crm.web import clock
from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def halden(sam):
    row = make.prospect("Halden Freight")
    make.contact(row, "Dana Whitfield", phones=["+14155550142"])
    make.deal(row, "Halden rollout")
    return row


def log(sam, text, **how):
    return filing.record(text, uuid=uuid.uuid4(), author=sam, private=True, **how)


def test_activities_and_steps_of_it_are_private(sam, halden):
    log(sam, "called Dana at Halden, no answer so emailed her, call back fri")
    assert Activity.objects.count() == 2 and not Activity.objects.public().exists()
    assert Step.objects.count() == 1 and not Step.objects.public().exists()


def test_a_deal_changes_without_words_and_without_who(sam, halden, manager):
    log(sam, "met Dana at Halden: halden lost, their boss is a crook")
    deal = Deal.objects.get()
    assert (deal.outcome, deal.end_reason, list(deal.contacts.all())) == ("lost", "", [])
    text = manager.get(f"/deals/{deal.pk}/").content.decode()
    assert "Lost" in text and "crook" not in text and "Dana" not in text


def test_a_public_line_still_says_why_and_with_whom(sam, halden):
    filing.record("met Dana at Halden: halden lost, went with the incumbent", uuid=uuid.uuid4(), author=sam)
    deal = Deal.objects.get()
    assert "incumbent" in deal.end_reason and [person.name for person in deal.contacts.all()] == ["Dana Whitfield"]


def test_somebody_new_is_a_contact_for_all(sam, halden, manager):
    """A contact has no words of the line: only a name, which is nobody's secret (docs/permissions.md)."""
    choices = filing.Choices(people=["new:Orla Finch"])
    log(sam, "met Orla Finch at Halden: she hates her boss", choices=choices)
    orla = Contact.objects.get(name="Orla Finch")
    text = manager.get(f"/contacts/{orla.pk}/").content.decode()
    assert "Orla Finch" in text and "hates" not in text and "Nothing yet with Orla" in text


def test_the_preview_says_what_others_see_nevertheless(seller, halden):
    form = {"text": "Halden moved to negotiation, call Dana fri", "private": "1"}
    text = seller.post("/log/preview/", form).content.decode()
    assert "Others still see how the deal changes, not your words" in text
    assert "Others still see" not in seller.post("/log/preview/", form | {"private": ""}).content.decode()
    form["text"] = "called Dana at Halden"
    assert "Others still see" not in seller.post("/log/preview/", form).content.decode()


def test_done_with_private_words(seller, sam, halden):
    step = make.step(halden, "Call Dana", clock.today().isoformat(), kind="call")
    form = {"key": f"step-{step.pk}", "text": "left vm, she is angry", "private": "1", "uuid": uuid.uuid4()}
    assert 'name="private"' in seller.get(f"/?panel=done&key=step-{step.pk}").content.decode()
    seller.post("/next/done/", form)
    step.refresh_from_db()
    assert step.state == "done" and not step.private and Activity.objects.get().private


def test_filed_anew_it_may_be_private_or_not(seller, sam, halden):
    entry = log(sam, "called Dana at Halden, left vm")
    page = f"/entries/{entry.uuid}/edit/"
    assert 'name="private" value="1" checked' in seller.get(page).content.decode()
    seller.post(page, {})
    assert Activity.objects.get().private, "a form without the question does not answer it"
    seller.post(page, {"private-asked": "1"})
    assert not Activity.objects.get().private
    seller.post(page, {"private-asked": "1", "private": "1"})
    entry.refresh_from_db()
    assert Activity.objects.get().private and entry.result["private"]


def test_a_private_step_leaves_no_place_in_the_plan(sam, halden):
    deal, day = Deal.objects.get(), clock.today()
    first, last = (make.step(halden, w, d.isoformat(), deal=deal) for w, d in (("A", day), ("Z", day + timedelta(9))))
    hidden = make.step(halden, "H", (day + timedelta(2)).isoformat(), deal=deal, private=True)
    with make.submission() as entry:
        for place, step in enumerate((first, last, hidden), start=1):
            step.position = place
            step.write(entry)
    new = make.step(halden, "New", (day + timedelta(5)).isoformat(), deal=deal)
    assert [s.what for s in deal.steps.public().in_plan_order()] == ["A", "New", "Z"]
    assert new.position == 1


def test_whom_to_call_tells_nothing_of_private_calls(sam, morgan, halden):
    lou = make.contact(halden, "Lou Ember", phones=["+14155550143"])
    dana = Contact.objects.get(name="Dana Whitfield")
    make.activity(halden, on=clock.today() - timedelta(3), contacts=[dana])
    make.activity(halden, on=clock.today(), contacts=[lou], private=True)
    assert prospect_page.number_to_call(halden, sam).contact == lou
    assert prospect_page.number_to_call(halden, morgan).contact == dana


def test_a_private_line_is_nothing_to_be_told_of_in_a_link(sam, halden, stranger, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    from .shares import make_link

    _, address = make_link(sam, halden)
    before = stranger.get(address).content
    log(sam, "met Dana at Halden: the boss is a crook, call her fri")
    assert b"crook" not in stranger.get(address).content and stranger.get(address).content == before
