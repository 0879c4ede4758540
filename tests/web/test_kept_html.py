"""Kept HTML: the same until something is written, but never the same uuid or token twice."""

import re

import pytest

from accounts.models import Prospect
from deals.models import Deal
from tests import make

UUIDS = re.compile(r'name="uuid" value="([0-9a-f-]{36})"')


@pytest.mark.django_db(transaction=True)
def test_forms_of_a_kept_page_are_new_each_time_and_work():
    from django.test import Client

    make.installation()
    seller = Client(enforce_csrf_checks=True)
    user = make.user("Sam Porter", "seller")
    seller.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    deal = make.deal(make.prospect())
    pages = [seller.get(deal.get_absolute_url()).content.decode() for _ in range(2)]
    found = [UUIDS.findall(page) for page in pages]
    assert len(found[0]) > 2 and len({*found[0], *found[1]}) == len(found[0]) * 2
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', pages[1].split("<main")[1])[1]
    data = {"what": "Call Dana", "deal": deal.pk, "uuid": found[1][0], "csrfmiddlewaretoken": token}
    assert seller.post("/steps/create/", data).status_code == 303
    assert "Call Dana" in seller.get(deal.get_absolute_url()).content.decode()
    Deal.objects.update(name="Renamed elsewhere")
    assert "Renamed elsewhere" in seller.get(deal.get_absolute_url()).content.decode()
    assert Prospect.objects.count() == 1
