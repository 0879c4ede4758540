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
    seller.force_login(user, backend="crm.access.backends.UserBackend")
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


@pytest.mark.django_db(transaction=True)
def test_a_message_is_shown_once_and_never_kept():
    from django.test import Client

    make.installation()
    seller = Client()
    seller.force_login(make.user("Sam Porter", "seller"), backend="crm.access.backends.UserBackend")
    prospect = make.prospect("Halden Freight")
    url = prospect.get_absolute_url()
    assert "Logged: " not in seller.get(url).content.decode()
    uuid = UUIDS.findall(seller.get(url).content.decode())[0]
    seller.post("/log/", {"text": "called Dana at Halden", "uuid": uuid, "next": url})
    assert "Kept: Call" in seller.get(url).content.decode()  # nobody knows a Dana there yet
    for _ in range(2):
        text = seller.get(url).content.decode()
        assert "Logged: " not in text and "Kept: " not in text


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_for_the_seller_is_not_given_to_a_manager():
    from django.test import Client

    make.installation()
    prospect = make.prospect("Halden Freight")
    make.activity(prospect, "call", outcome="connected", text="she is leaving", private=True)
    texts = []
    for name, role in (("Sam Porter", "seller"), ("Morgan Vale", "manager")):
        client = Client()
        client.force_login(make.user(name, role), backend="crm.access.backends.UserBackend")
        texts.append([client.get(prospect.get_absolute_url()).content.decode() for _ in range(2)][1])
    assert "she is leaving" in texts[0]
    assert "she is leaving" not in texts[1] and "<textarea" not in texts[1]


@pytest.mark.django_db(transaction=True)
def test_no_record_can_hold_what_stands_for_a_token():
    """An imported website would otherwise take the reader's token along to where it leads."""
    import importlib.util

    from django.test import Client

    from crm.web import kept_html

    make.installation()
    seller = Client()
    seller.force_login(make.user("Sam Porter", "seller"), backend="crm.access.backends.UserBackend")
    known = ("csrf-token-goes-here", "00000000-feed-4000-8000-000000000000")
    prospect = make.prospect(f"Evil {known[1]}", website=f"https://evil.example/{known[0]}")
    for _ in range(2):
        page = seller.get(prospect.get_absolute_url()).content.decode()
        assert f"https://evil.example/{known[0]}" in page and f"Evil {known[1]}" in page
        assert kept_html._TOKEN not in page and kept_html._UUID not in page
    again = importlib.util.module_from_spec(kept_html.__spec__)
    kept_html.__spec__.loader.exec_module(again)
    assert again._TOKEN != kept_html._TOKEN and again._UUID != kept_html._UUID
