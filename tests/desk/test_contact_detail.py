"""One person: how to reach them, what is open with them, what happened."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(installation):
    row = make.prospect("Acme")
    dana = make.contact(row, "Dana Whitfield", ["d@acme.example"], ["(415) 555-0142"], time_zone="Europe/Berlin")
    make.activity(row, contacts=[dana], text="she likes mornings", on=clock.today(), direction="out")
    make.activity(row, "note", contacts=[dana], text="between us", on=clock.today(), private=True)
    make.step(row, "Send the price", clock.today(), contact=dana)
    return dana


def test_works(seller, dana, htmx):
    text = seller.get(f"/contacts/{dana.pk}/").content.decode()
    for words in ("Dana Whitfield", "tel:+14155550142", "there", "she likes mornings", "between us", "Send the price"):
        assert words in text
    assert "<html" not in seller.get(f"/contacts/{dana.pk}/", headers=htmx).content.decode()


def test_stranger_and_manager(stranger, manager, dana):
    assert stranger.get(f"/contacts/{dana.pk}/").status_code == 302
    text = manager.get(f"/contacts/{dana.pk}/").content.decode()
    main = text[text.index("<main") : text.index("</main")]
    assert "she likes mornings" in main and "between us" not in main
    assert "<form" not in main and "/edit/" not in main


def test_unknown_is_404(seller, dana):
    assert seller.get(f"/contacts/{dana.pk + 1}/").status_code == 404


def test_query_count_does_not_grow(seller, dana):
    def count():
        with CaptureQueriesContext(connection) as queries:
            seller.get(f"/contacts/{dana.pk}/")
        return len(queries)

    few = count()
    for n in range(8):
        make.activity(dana.prospect, contacts=[dana], on=clock.today(), direction="in", kind="email")
        make.step(dana.prospect, f"Step {n}", clock.today(), contact=dana)
    assert count() == few <= 12
