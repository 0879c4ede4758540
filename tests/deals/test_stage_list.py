import pytest

from tests import make

pytestmark = pytest.mark.django_db


def test_shows_stages_in_order_with_milestones_and_deals(seller):
    make.deal(make.prospect())
    page = seller.get("/settings/stages/")
    rows = [(stage.name, deals) for stage, deals in page.context["rows"]]
    assert rows[0] == ("Conversation", 1) and rows[-1] == ("Negotiation", 0)
    assert "They named a goal and put a number on it" in page.content.decode()


def test_manager_sees_them_without_a_button(manager):
    page = manager.get("/settings/stages/").content.decode()
    assert "Goal shared" in page
    assert "New stage" not in page and "/stages/1/edit/" not in page


def test_stranger_is_sent_to_login(stranger):
    assert stranger.get("/settings/stages/").status_code == 302


def test_few_queries(seller, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        seller.get("/settings/stages/")
