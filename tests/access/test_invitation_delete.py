import pytest

from crm.access import inviting
from crm.access.models import AuditEvent, OneTimeLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(installation):
    path = inviting.invite("kim@callback.example", "Kim Ode")
    row = OneTimeLink.objects.get()
    row.path = path
    return row


def take_back(client, link):
    return client.post(f"/invitations/{link.pk}/delete/")


def test_the_link_works_no_more(seller, stranger, link):
    assert take_back(seller, link).url == "/settings/people/"
    assert "Kim Ode does not work any more" in seller.get("/settings/people/").content.decode()
    assert stranger.get(link.path).status_code == 404
    assert AuditEvent.objects.get(action="invitation_revoked").what == "kim@callback.example"
    assert take_back(seller, link).status_code == 404


def test_other_links_are_none_of_it(seller, installation):
    OneTimeLink.make(OneTimeLink.SETUP)
    assert take_back(seller, OneTimeLink.objects.get()).status_code == 404
    assert OneTimeLink.objects.exists()


def test_stranger_and_manager_take_nothing_back(stranger, manager, link):
    assert take_back(stranger, link).status_code == 302
    assert take_back(manager, link).status_code == 403
    assert stranger.get(link.path).status_code == 200
