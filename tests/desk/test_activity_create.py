"""Logging by the full form."""

import uuid
from datetime import date

import pytest

from accounts.models import Activity
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(installation):
    return make.contact(make.prospect("Acme"), "Dana")


def data(dana, **changes):
    base = {"kind": "call", "direction": "out", "outcome": "left_voicemail", "on": "2026-03-10", "time": "09:30"}
    return base | {"text": "vm", "prospect": f"Acme ({dana.prospect_id})", "contacts": [dana.pk]} | changes


def test_works(seller, dana):
    response = seller.post("/activities/create/", data(dana))
    row = Activity.objects.get()
    assert (response.status_code, response.url) == (303, f"/prospects/{dana.prospect_id}/")
    assert (row.prospect, list(row.contacts.all()), row.attempt) == (dana.prospect, [dana], True)
    assert f"{clock.wall(row.at)}" == "2026-03-10 09:30:00"
    assert row.entry.text == "vm"


def test_only_a_day(seller, dana):
    seller.post("/activities/create/", data(dana, time=""))
    row = Activity.objects.get()
    assert (row.on, row.at) == (date(2026, 3, 10), None)


def test_a_time_that_the_clocks_skip_moves_on(seller, dana):
    seller.post("/activities/create/", data(dana, on="2026-03-08", time="02:30"))
    assert f"{clock.wall(Activity.objects.get().at):%H:%M}" == "03:30"


def test_htmx_is_told_by_an_event(seller, dana, htmx):
    response = seller.post("/activities/create/", data(dana), headers=htmx)
    assert response.status_code == 204
    assert "activity-logged" in response["HX-Trigger"] and "undo" in response["HX-Trigger"]


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "sport"}, {"on": ""}, {"on": "soon"}, {"outcome": "held"}, {"minutes": "-1"}, {"prospect": "Nobody"}],
)
def test_invalid_keeps_what_was_typed(seller, dana, wrong):
    response = seller.post("/activities/create/", data(dana, text="my words") | wrong)
    assert response.status_code == 422
    assert "my words" in response.content.decode()
    assert not Activity.objects.exists()


def test_nobody_is_linked_at_another_company(seller, dana):
    other = make.prospect("Beta")
    stray = make.deal(other)
    seller.post("/activities/create/", data(dana, prospect="Beta", deal=make.deal(dana.prospect).pk))
    row = Activity.objects.get()
    assert (row.prospect, row.deal, list(row.contacts.all())) == (other, None, [])
    assert stray.activities.count() == 0


def test_people_and_deals_are_shown_without_scripts(seller, dana):
    response = seller.post("/activities/create/", data(dana, more="people", contacts=[]))
    assert response.status_code == 422
    assert f'name="contacts" value="{dana.pk}"' in response.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize("query", ["prospect={0.prospect_id}", "contact={0.pk}", "prospect=x&deal="])
def test_the_form_knows_where_it_was_asked_for(seller, dana, query):
    text = seller.get("/activities/create/?" + query.format(dana)).content.decode()
    assert ("Acme (" in text) == ("{" in query)


def test_about_nobody(seller, installation):
    sent = {"kind": "note", "on": "2026-03-10", "text": "do expenses"}
    assert seller.post("/activities/create/", sent).status_code == 303
    assert Activity.objects.get().prospect is None


def test_sent_twice(seller, dana):
    sent = data(dana, uuid=uuid.uuid4())
    assert [seller.post("/activities/create/", sent).status_code for _ in range(2)] == [303, 303]
    assert Activity.objects.count() == 1


def test_stranger_and_manager(stranger, manager, dana):
    assert stranger.post("/activities/create/", data(dana)).status_code in (302, 403)
    assert manager.post("/activities/create/", data(dana)).status_code == 403
    assert manager.get("/activities/create/").status_code == 403
    assert not Activity.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_of_another_age_is_refused_in_words(seller, dana, day):
    make.installation(time_zone="Asia/Tokyo")
    response = seller.post("/activities/create/", data(dana, on=day, time="00:00"))
    assert response.status_code == 422
    assert "That day is too far away" in response.content.decode()
    assert not Activity.objects.exists()
