"""Moving a deal: dragged (htmx, from its card), chosen in the sheet, or by a plain form."""

import json
import uuid

import pytest

from accounts.models import Entry
from deals.models import Deal, DealChange
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(deal):
    return f"/deals/{deal.pk}/stage/"


def drag(client, url, deal, stage, start, **more):
    headers = {"HX-Request": "true", "HX-Target": f"deal-card-{deal.pk}", "HX-Current-URL": "http://testserver/deals/"}
    data = {"stage": make.stage(stage).pk, "from_stage": make.stage(start).pk, **more}
    return client.post(url, data, headers=headers)


def test_a_drag_gets_its_card_and_the_heads_around_it(seller, deal, url):
    answer = drag(seller, url, deal, "Proposal", "Conversation")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="deal-card-{deal.pk}"' in page
    assert page.count("hx-swap-oob") == 3  # two columns and the page's head
    assert "$31,500</span> weighted" in page
    assert json.loads(answer["HX-Trigger"])["toast"]["text"] == "Halden Freight moved to Proposal"
    assert Deal.objects.get().stage == make.stage("Proposal")
    assert DealChange.objects.count() == 2


def test_a_drag_from_where_it_is_no_more_is_409(seller, deal, url):
    drag(seller, url, deal, "Proposal", "Conversation")
    answer = drag(seller, url, deal, "Diagnosed", "Conversation")
    assert answer.status_code == 409 and answer["HX-Reswap"] == "none"
    assert "deal-changed" in answer["HX-Trigger"]
    assert Deal.objects.get().stage == make.stage("Proposal")


def test_plain_form(seller, deal, url):
    assert "Move Halden Freight to" in seller.get(url).content.decode()
    answer = seller.post(url, {"stage": make.stage("Evaluating").pk, "from_stage": deal.stage_id, "next": "/deals/"})
    assert (answer.status_code, answer["Location"]) == (303, "/deals/")
    answer = seller.post(url, {"stage": make.stage("Proposal").pk, "from_stage": deal.stage_id})
    assert answer.status_code == 409 and "Evaluating" in answer.content.decode()


def test_sheet_answers_with_an_event(seller, deal, url, htmx):
    answer = seller.post(url, {"stage": make.stage("Evaluating").pk}, headers=htmx)
    assert answer.status_code == 204 and "deal-changed" in answer["HX-Trigger"]


def test_sent_twice_moves_once_and_undo_takes_it_back(seller, deal, url):
    key = uuid.uuid4()
    for _ in range(2):
        assert drag(seller, url, deal, "Proposal", "Conversation", uuid=str(key)).status_code == 200
    assert DealChange.objects.count() == 2
    Entry.objects.get(uuid=key).undo()
    assert Deal.objects.get().stage == make.stage("Conversation")


def test_invalid(seller, url):
    assert seller.post(url, {"stage": "99999"}).status_code == 422


def test_who(manager, stranger, url, deal):
    assert manager.post(url, {"stage": make.stage("Proposal").pk}).status_code == 403
    assert manager.get(url).status_code == 403
    assert stranger.get(url).status_code == 302
    assert Deal.objects.get().version == deal.version
