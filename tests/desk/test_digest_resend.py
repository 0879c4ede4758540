from datetime import date

import pytest

from crm.desk.models import DigestMail

pytestmark = pytest.mark.django_db


def row(user, state):
    return DigestMail.objects.create(user=user, due_on=date(2026, 3, 9), state=state, tries=6, error="550 no")


@pytest.mark.parametrize("state", ["failed", "unsure"])
def test_goes_in_line_once_more(seller, morgan, state):
    one = row(morgan, state)
    assert seller.post(f"/digests/{one.pk}/resend/").status_code == 303
    one.refresh_from_db()
    assert (one.state, one.tries, one.error) == ("waiting", 0, "")


@pytest.mark.parametrize("state", ["sent", "waiting"])
def test_not_what_is_sent_or_waits(seller, sam, state):
    one = row(sam, state)
    seller.post(f"/digests/{one.pk}/resend/")
    one.refresh_from_db()
    assert one.state == state and one.tries == 6


def test_manager_their_own_alone(manager, morgan, sam):
    theirs, own = row(sam, "failed"), row(morgan, "failed")
    assert manager.post(f"/digests/{theirs.pk}/resend/").status_code == 404
    assert manager.post(f"/digests/{own.pk}/resend/").status_code == 303
    assert DigestMail.objects.get(pk=theirs.pk).state == "failed"


def test_stranger(stranger, sam):
    one = row(sam, "failed")
    assert stranger.post(f"/digests/{one.pk}/resend/").status_code == 302
    assert DigestMail.objects.get().state == "failed"


def test_it_is_no_link(seller, sam):
    assert seller.get(f"/digests/{row(sam, 'failed').pk}/resend/").status_code == 405
