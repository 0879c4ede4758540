import pytest

from accounts.checking import differences
from crm.access.models import Installation, User
from tests import make

pytestmark = pytest.mark.django_db
GOOD = {
    "name": "Sam Q. Porter",
    "email": "SQ@callback.example",
    "time_zone": "Europe/Berlin",
    "currency": "EUR",
    "date_order": "dmy",
    "fiscal_year_start": "4",
    "version": "1",
}


def test_changes_person_and_installation(seller, sam):
    assert seller.get("/settings/profile/").status_code == 200
    assert seller.post("/settings/profile/", GOOD).status_code == 303
    sam.refresh_from_db()
    assert (sam.name, sam.email) == ("Sam Q. Porter", "sq@callback.example")
    row = Installation.objects.get()
    assert (row.time_zone, row.currency, row.date_order, row.fiscal_year_start) == ("Europe/Berlin", "EUR", "dmy", 4)


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("time_zone", "Mars/Base", "no time zone we know"),
        ("currency", "EU", "not one of the available"),
        ("fiscal_year_start", "13", "not one of the available"),
        ("email", "morgan@callback.example", "Somebody else here"),
        ("name", " ", "required"),
    ],
)
def test_invalid_changes_nothing(seller, sam, morgan, field, value, word):
    answer = seller.post("/settings/profile/", GOOD | {field: value})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert (word in page and 'value="Sam Q. Porter"' in page) or field == "name"
    assert Installation.objects.get().currency == "USD"
    assert User.objects.get(pk=sam.pk).name == "Sam Porter"


def test_two_tabs(seller):
    seller.post("/settings/profile/", GOOD)
    answer = seller.post("/settings/profile/", GOOD | {"currency": "GBP"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Euro (EUR)" in page and "Pound sterling (GBP)" in page
    assert 'name="version" value="2"' in page
    assert Installation.objects.get().currency == "EUR"
    assert seller.post("/settings/profile/", GOOD | {"currency": "GBP", "version": "2"}).status_code == 303
    assert Installation.objects.get().currency == "GBP"


def test_manager_looks_and_changes_nothing(manager):
    page = manager.get("/settings/profile/").content.decode()
    assert "Morgan Vale" in page and '<button class="button button--primary">' not in page
    assert manager.post("/settings/profile/", GOOD).status_code == 403
    assert Installation.objects.get().currency == "USD"


def test_stranger_is_sent_to_login(stranger):
    make.user("Sam Porter", "seller")
    assert stranger.post("/settings/profile/", GOOD).status_code == 302
    assert Installation.objects.get().currency == "USD"


def test_what_depends_on_zone_and_region_follows(seller):
    acme = make.prospect()
    make.contact(acme, phones=["(415) 555-0142", "020 7946 0958"])
    make.step(acme)
    seller.post("/settings/profile/", GOOD | {"time_zone": "Pacific/Kiritimati", "currency": "GBP"})
    assert list(differences()) == []
