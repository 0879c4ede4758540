"""Where a form was sent from, by headers that say whatever their sender writes."""

import pytest

from crm.web.back import htmx_page
from tests import make

NONSENSE = ["http://[", "http://[::1", "//[x]/", "http://\u2100/", "\x00", "a" * 9000]


@pytest.mark.django_db
@pytest.mark.parametrize("address", NONSENSE)
@pytest.mark.parametrize("path", ["/deals/{}/edit/amount/", "/deals/{}/stage/"])
def test_an_address_that_is_none_breaks_nothing(seller, path, address):
    deal = make.deal(make.prospect("Halden Freight"))
    headers = {"HX-Request": "true", "HX-Current-URL": address}
    sent = {"amount": "5", "stage": deal.stage_id, "version": deal.version}
    assert seller.post(path.format(deal.pk), sent, headers=headers).status_code < 500
    assert seller.get("/deals/", headers=headers).status_code == 200


def test_its_parts(rf):
    request = rf.get("/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/deals/?stage=2"})
    from django_htmx.middleware import HtmxDetails

    request.htmx = HtmxDetails(request)
    assert (htmx_page(request).path, htmx_page(request).query) == ("/deals/", "stage=2")
    request.htmx = False
    assert htmx_page(request).path == ""
