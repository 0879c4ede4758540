"""One click makes what happened private, with all that its line made; another shows it again."""

import uuid

import pytest

from accounts.models import Activity, Entry, Step
from crm.desk import filing
from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def halden(installation):
    return make.prospect("Halden Freight")


@pytest.fixture
def called(halden):
    return make.activity(halden, "call", direction="out", outcome="connected", text="They are short of cash")


def url(activity):
    return f"/activities/{activity.pk}/private/"


def test_private_and_seen_again(seller, manager, called, halden):
    page = f"/prospects/{halden.pk}/"
    assert "short of cash" in manager.get(page).content.decode()
    answer = seller.post(url(called), {"private": "1"}, headers={"Referer": f"http://testserver{page}"}, follow=True)
    assert answer.redirect_chain == [(f"http://testserver{page}", 303)]
    text = answer.content.decode()
    assert "Nobody but you sees that now." in text and "private</span>" in text and "Show this to others" in text
    assert "short of cash" not in manager.get(page).content.decode()
    seller.post(url(called), {"private": "0"})
    assert "short of cash" in manager.get(page).content.decode()


def test_pressed_twice_it_is_private_once(seller, called):
    form = {"private": "1", "uuid": uuid.uuid4()}
    seller.post(url(called), form)
    seller.post(url(called), form)
    seller.post(url(called), {"private": "1"})
    called.refresh_from_db()
    assert called.private and called.version == 2


def test_undo(seller, called, manager, halden):
    form = {"private": "1", "uuid": uuid.uuid4()}
    seller.post(url(called), form)
    seller.post(f"/undo/{form['uuid']}/")
    assert "short of cash" in manager.get(f"/prospects/{halden.pk}/").content.decode()


def test_htmx_gets_events(seller, called, htmx):
    answer = seller.post(url(called), {"private": "1"}, headers=htmx)
    assert answer.status_code == 204 and "activity-logged" in answer["HX-Trigger"]


def test_what_the_same_line_made_goes_along(seller, sam, halden, manager):
    make.deal(halden, "Halden rollout")
    entry = filing.record("lost halden, their boss is a crook; call Lou fri", uuid=uuid.uuid4(), author=sam)
    deal, activity = Deal.objects.get(), Activity.objects.get()
    assert "crook" in deal.end_reason and Step.objects.get().private is False
    seller.post(url(activity), {"private": "1"})
    deal.refresh_from_db()
    assert (deal.outcome, deal.end_reason) == ("lost", "")
    assert Step.objects.get().private
    assert "crook" not in manager.get(f"/deals/{deal.pk}/").content.decode()
    assert "Nothing begins with" in manager.get("/search/?q=crook").content.decode()
    seller.post(url(activity), {"private": "0"})
    assert Step.objects.get().private, "what is private by itself stays so"
    assert entry.activities.get().private is False


def test_a_reason_that_the_line_did_not_give_stays(seller, sam, halden):
    deal = make.deal(halden, "Halden rollout")
    filing.record("won halden", uuid=uuid.uuid4(), author=sam)
    with make.submission() as entry:
        deal.refresh_from_db()
        deal.end_reason = "two-year price"
        deal.write(entry)
    seller.post(url(Activity.objects.get()), {"private": "1"})
    deal.refresh_from_db()
    assert deal.end_reason == "two-year price"


def test_the_edit_form_hides_the_line_too(seller, sam, halden):
    filing.record("called halden, no answer, send the price fri", uuid=uuid.uuid4(), author=sam)
    activity = Activity.objects.get()
    form = seller.get(f"/activities/{activity.pk}/edit/").context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name not in ("contacts", "deal", "time")}
    data |= {"private": "on", "prospect": f"Halden Freight ({halden.pk})", "on": activity.on.isoformat()}
    assert seller.post(f"/activities/{activity.pk}/edit/", data).status_code == 303
    assert Activity.objects.get().private and Step.objects.get().private


def test_words_as_typed_are_for_the_seller_alone(seller, manager, sam, halden):
    filing.record("called halden, the boss is a crook", uuid=uuid.uuid4(), author=sam, private=True)
    activity = Activity.objects.get()
    with make.submission() as entry:
        activity.text, activity.private = "Called.", False
        activity.write(entry)
    assert "crook" in seller.get(f"/prospects/{halden.pk}/").content.decode()
    text = manager.get(f"/prospects/{halden.pk}/").content.decode()
    assert "Called." in text and "crook" not in text


def test_in_the_trash_or_unknown(seller, called):
    with make.submission() as entry:
        called.trash(entry)
    assert seller.post(url(called), {"private": "1"}).status_code == 404
    assert seller.post("/activities/4711/private/", {"private": "1"}).status_code == 404
    assert seller.get(url(called)).status_code == 405


def test_manager_and_stranger(manager, stranger, called):
    for client, status in ((manager, 403), (stranger, 302)):
        assert client.post(url(called), {"private": "1"}).status_code == status
        assert client.post("/activities/4711/private/", {"private": "1"}).status_code == status
    called.refresh_from_db()
    assert not called.private
    assert not Entry.objects.filter(author__role="manager").exists()
