"""Making a link: shown once, stored as a hash."""

import re
import uuid

import pytest
from django.db import connection

from crm.access.models import AuditEvent
from crm.desk.models import ShareLink
from tests import make

pytestmark = pytest.mark.django_db
URL = "/shares/create/"


@pytest.fixture
def halden(installation):
    return make.prospect("Halden Freight")


def token_in(answer):
    return re.search(r"/s/([\w-]+)/", answer.content.decode())[1]


def test_the_link_of_a_brief_is_shown_and_works(seller, halden, stranger):
    assert "Share the brief of Halden Freight" in seller.get(f"{URL}?prospect={halden.pk}").content.decode()
    answer = seller.post(URL, {"prospect": halden.pk, "days": "7", "uuid": uuid.uuid4()})
    assert answer.status_code == 200 and answer["Cache-Control"].startswith("no-store")
    shown = stranger.get(f"/s/{token_in(answer)}/")
    assert shown.status_code == 200 and "Halden Freight" in shown.content.decode()
    link = ShareLink.objects.get()
    assert (link.kind, link.prospect, (link.expires_at - link.created_at).days) == ("brief", halden, 7)
    assert AuditEvent.objects.get(action="shared").what == "the brief of Halden Freight"


def test_without_a_prospect_it_is_the_status_page(seller):
    assert "Share the status page" in seller.get(URL).content.decode()
    seller.post(URL, {"days": "1", "uuid": uuid.uuid4()})
    assert ShareLink.objects.get().kind == "status"


def test_htmx_gets_the_fragment(seller, halden, htmx):
    text = seller.get(f"{URL}?prospect={halden.pk}", headers=htmx).content.decode()
    assert "<html" not in text and 'id="share-link"' in text and "data-sheet-stay" in text
    text = seller.post(URL, {"prospect": halden.pk, "days": "7"}, headers=htmx).content.decode()
    assert "<html" not in text and "data-copy=" in text


def test_the_token_is_stored_nowhere(seller, halden):
    token = token_in(seller.post(URL, {"prospect": halden.pk, "days": "7"}))
    assert len(token) >= 22  # 128 bits in base64; it has 43
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    assert token not in repr(rows)
    assert token not in seller.get("/shares/").content.decode()


def test_tokens_never_repeat(sam, halden):
    made = {ShareLink.make(uuid=uuid.uuid4(), prospect=halden, author=sam, days=1)[1] for _ in range(200)}
    assert len(made) == 200 and all(len(token) == 43 for token in made)


def test_sent_twice_makes_one_that_is_not_shown_again(seller, halden):
    form = {"prospect": halden.pk, "days": "7", "uuid": uuid.uuid4()}
    seller.post(URL, form)
    again = seller.post(URL, form, follow=True)
    assert ShareLink.objects.count() == 1
    assert "made already" in again.content.decode() and "/s/" not in again.content.decode()


@pytest.mark.parametrize("days", ["", "0", "-1", "8", "36500", "seven", "7 OR 1=1"])
def test_invalid(seller, halden, days):
    answer = seller.post(URL, {"prospect": halden.pk, "days": days})
    assert answer.status_code == 422 and not ShareLink.objects.exists()


def test_a_prospect_that_is_not_there(seller, halden):
    with make.submission() as entry:
        halden.trash(entry)
    assert seller.get(f"{URL}?prospect={halden.pk}").status_code == 404
    assert seller.post(URL, {"prospect": halden.pk, "days": "7"}).status_code == 422
    assert seller.get(f"{URL}?prospect={'9' * 30}").status_code == 404
    assert not ShareLink.objects.exists()


def test_nothing_else_of_a_link_can_be_sent(seller, sam, morgan, halden):
    form = {"prospect": halden.pk, "days": "7", "author": morgan.pk, "token_hash": "0" * 64, "kind": "status"}
    seller.post(URL, form | {"expires_at": "2199-01-01", "open_count": 7, "revoked_at": ""})
    link = ShareLink.objects.get()
    assert (link.author, link.kind, link.open_count) == (sam, "brief", 0) and link.token_hash != "0" * 64
    assert (link.expires_at - link.created_at).days == 7


def test_manager_and_stranger(manager, stranger, halden):
    assert manager.get(URL).status_code == 403
    assert manager.post(URL, {"prospect": halden.pk, "days": "7"}).status_code == 403
    assert stranger.post(URL, {"prospect": halden.pk, "days": "7"}).status_code == 302
    assert not ShareLink.objects.exists()
