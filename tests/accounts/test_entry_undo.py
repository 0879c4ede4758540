import json
import uuid

import pytest

from accounts.models import Prospect
from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db
EVENTS = {"deal-changed", "step-changed", "activity-logged", "prospect-changed", "contact-changed"}


@pytest.fixture
def moved(sam):
    """(deal, the entry that moved it)."""
    deal = make.deal(make.prospect())
    with make.submission(author=sam, text="halden moved to diagnosed") as entry:
        deal.move_to(make.stage("Diagnosed"), entry)
    return deal, entry


def undo(client, entry, **kwargs):
    return client.post(f"/undo/{entry.uuid}/", **kwargs)


def test_takes_it_back_and_tells_every_part(seller, moved, htmx):
    _, entry = moved
    answer = undo(seller, entry, headers=htmx)
    assert answer.status_code == 204
    triggers = json.loads(answer["HX-Trigger"])
    assert triggers.pop("toast") == {"text": "Undone."}
    assert set(triggers) == EVENTS
    assert Deal.objects.get().stage.name == "Conversation"


def test_a_second_time_changes_nothing(seller, moved, htmx):
    undo(seller, moved[1], headers=htmx)
    answer = undo(seller, moved[1], headers=htmx)
    assert "undone already" in answer["HX-Trigger"]
    assert Deal.objects.get().changes.count() == 3


def test_without_scripts_goes_back_to_the_page(seller, moved):
    answer = undo(seller, moved[1], headers={"Referer": f"http://testserver/deals/{moved[0].pk}/?a=1"})
    assert (answer.status_code, answer.url) == (303, f"http://testserver/deals/{moved[0].pk}/?a=1")
    assert undo(seller, moved[1], headers={"Referer": "https://evil.example/"}).url == "/"


def test_leaves_the_page_of_what_is_gone(seller, sam, htmx):
    with make.submission(author=sam) as entry:
        row = Prospect(name="Acme")
        row.write(entry)
    there = {"HX-Current-URL": f"http://testserver/prospects/{row.pk}/"}
    assert undo(seller, entry, headers=htmx | there)["HX-Redirect"] == "/"
    assert not Prospect.objects.exists()


def test_refused_in_words_after_a_later_change(seller, sam, moved, htmx):
    deal, entry = moved
    with make.submission(author=sam) as later:
        deal.move_to(make.stage("Proposal"), later)
    answer = undo(seller, entry, headers=htmx)
    assert answer.status_code == 409
    assert "changed again after that" in answer["HX-Trigger"]
    assert Deal.objects.get().stage.name == "Proposal"
    assert undo(seller, entry).status_code == 303


def test_never_puts_a_deal_into_a_stage_that_is_gone(seller, sam, moved, htmx):
    _, entry = moved
    with make.submission(author=sam) as later:
        make.stage("Conversation").retire(later, None)
    answer = undo(seller, entry, headers=htmx)
    assert answer.status_code == 409
    assert "is in the trash" in answer["HX-Trigger"]
    assert Deal.objects.get().stage.name == "Diagnosed"


def test_the_page_says_what_it_would_undo(seller, moved):
    page = seller.get(f"/undo/{moved[1].uuid}/").content.decode()
    assert "halden moved to diagnosed" in page
    assert "gets its old values back" in page
    assert Deal.objects.get().stage.name == "Diagnosed"


def test_unknown_is_404(seller):
    assert seller.get(f"/undo/{uuid.uuid4()}/").status_code == 404
    assert seller.post(f"/undo/{uuid.uuid4()}/").status_code == 404


def test_stranger_and_manager_undo_nothing(stranger, manager, moved):
    assert undo(stranger, moved[1]).status_code == 302
    assert undo(manager, moved[1]).status_code == 403
    assert manager.get(f"/undo/{moved[1].uuid}/").status_code == 404
    assert Deal.objects.get().stage.name == "Diagnosed"
