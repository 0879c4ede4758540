"""Into the trash, with its steps."""

import uuid

import pytest

from accounts.models import Entry, Step
from crm.web import clock
from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db


def test_goes_with_its_steps_and_comes_back(seller, deal, htmx):
    make.step(deal.prospect, due_on=clock.today(), deal=deal)
    key = uuid.uuid4()
    answer = seller.post(f"/deals/{deal.pk}/delete/", {"uuid": str(key)}, headers=htmx)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/deals/")
    assert not Deal.objects.exists() and not Step.objects.exists()
    assert seller.get(f"/deals/{deal.pk}/").status_code == 404
    Entry.objects.get(uuid=key).undo()
    assert Deal.objects.exists() and Step.objects.exists()


def test_who(manager, stranger, deal):
    url = f"/deals/{deal.pk}/delete/"
    assert manager.post(url).status_code == 403
    assert stranger.post(url).status_code == 302
    assert Deal.objects.exists()
