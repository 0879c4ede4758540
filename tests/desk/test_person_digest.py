import pytest

from crm.desk.models import DigestPlan

pytestmark = pytest.mark.django_db
GOOD = {"rhythm": "daily", "weekday": "0", "at": "08:00"}


def test_the_seller_sets_a_managers(seller, morgan):
    url = f"/people/{morgan.pk}/digest/"
    assert url in seller.get("/settings/digest/").content.decode()
    assert "Digest for Morgan Vale" in seller.get(url).content.decode()
    assert seller.post(url, GOOD).status_code == 303
    assert DigestPlan.objects.get().user == morgan


def test_invalid(seller, morgan):
    assert seller.post(f"/people/{morgan.pk}/digest/", GOOD | {"at": "soon"}).status_code == 422
    assert not DigestPlan.objects.exists()


def test_manager_sets_nobody_elses(manager, morgan, sam):
    assert manager.get(f"/people/{sam.pk}/digest/").status_code == 403
    assert manager.post(f"/people/{sam.pk}/digest/", GOOD).status_code == 403
    assert not DigestPlan.objects.exists()
    assert manager.post(f"/people/{morgan.pk}/digest/", GOOD).status_code == 303


def test_stranger_and_whoever_looks_in_no_more(stranger, seller, morgan):
    assert stranger.post(f"/people/{morgan.pk}/digest/", GOOD).status_code == 302
    morgan.is_active = False
    morgan.save()
    assert seller.post(f"/people/{morgan.pk}/digest/", GOOD).status_code == 404
    assert not DigestPlan.objects.exists()
