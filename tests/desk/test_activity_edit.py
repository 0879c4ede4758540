"""Changing, back-dating and re-filing what happened."""

from datetime import date, datetime

import pytest

from accounts.models import Activity, Entry, Standing
from crm.web import clock
from tests import make
from tests.desk.test_activity_create import data

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(installation):
    return make.contact(make.prospect("Acme"), "Dana")


@pytest.fixture
def call(dana):
    at = datetime(2026, 3, 10, 9, 30, 17)
    return make.activity(dana.prospect, at=at, contacts=[dana], direction="out", outcome="left_voicemail", text="vm")


def test_nothing_changed_writes_nothing(seller, dana, call):
    assert seller.post(f"/activities/{call.pk}/edit/", data(dana, version=1)).status_code == 303
    assert Activity.objects.get().version == 1


def test_back_dated_to_a_day(seller, dana, call):
    seller.post(f"/activities/{call.pk}/edit/", data(dana, version=1, on="2026-03-01", time=""))
    row = Activity.objects.get()
    assert (row.on, row.at, row.version) == (date(2026, 3, 1), None, 2)
    Entry.objects.latest("pk").undo()
    assert f"{clock.wall(Activity.objects.get().at)}" == "2026-03-10 09:30:00"


def test_refiled_it_leaves_the_old_prospects_silence(seller, dana, call):
    other = make.contact(make.prospect("Beta"), "Lou")
    sent = data(dana, version=1, prospect="Beta", contacts=[dana.pk, other.pk])
    assert seller.post(f"/activities/{call.pk}/edit/", sent).url == f"/prospects/{other.prospect_id}/"
    row = Activity.objects.get()
    assert (row.prospect, list(row.contacts.all())) == (other.prospect, [other])
    attempts = {s.prospect.name: s.attempts for s in Standing.objects.filter(audience="seller", deal=None)}
    assert attempts == {"Acme": 0, "Beta": 1}


def test_a_person_in_the_trash_stays_linked(seller, dana, call):
    with make.submission() as entry:
        dana.trash(entry)
    seller.post(f"/activities/{call.pk}/edit/", data(dana, version=1, text="more", contacts=[]))
    assert list(Activity.objects.get().contacts(manager="everything").all()) == [dana]


def test_kind_decides_what_counts(seller, dana, call):
    seller.post(f"/activities/{call.pk}/edit/", data(dana, version=1, outcome="connected"))
    row = Activity.objects.get()
    assert (row.two_way, row.attempt) == (True, False)


def test_invalid(seller, dana, call):
    assert seller.post(f"/activities/{call.pk}/edit/", data(dana, version=1, on="")).status_code == 422


def test_two_tabs(seller, dana, call, htmx):
    seller.post(f"/activities/{call.pk}/edit/", data(dana, version=1, text="first"))
    late = seller.post(f"/activities/{call.pk}/edit/", data(dana, version=1, text="second"), headers=htmx)
    text = late.content.decode()
    assert late.status_code == 409 and text.startswith('<section class="sheet-body" id="activity-form"')
    assert "first" in text and "second" in text and 'name="version" value="2"' in text
    assert Activity.objects.get().text == "first"


def test_the_sheet_and_the_page(seller, call, htmx):
    path = f"/activities/{call.pk}/edit/"
    assert f'hx-post="{path}"' in seller.get(path, headers=htmx).content.decode()
    page = seller.get(path).content.decode()
    assert "<h1>" in page and f'hx-post="{path}"' not in page


def test_stranger_and_manager(stranger, manager, dana, call):
    assert stranger.post(f"/activities/{call.pk}/edit/", data(dana)).status_code in (302, 403)
    assert manager.post(f"/activities/{call.pk}/edit/", data(dana)).status_code == 403
    assert manager.get(f"/activities/{call.pk}/edit/").status_code == 403
