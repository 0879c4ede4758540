import csv

import pytest

from crm.access import audit
from crm.access.models import AuditEvent

pytestmark = pytest.mark.django_db
URL = "/settings/audit/export/"


def rows(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))


def test_is_what_the_page_shows(seller, sam, morgan):
    audit.note(None, "deleted", "=HYPERLINK(1)", user=sam)
    audit.note(None, "signed_in", user=morgan)
    header, first, *_ = rows(seller.get(f"{URL}?action=deleted"))
    assert header == ["When", "Who", "Did", "What", "Times", "From"]
    assert first[1:5] == ["Sam Porter", "put in the trash", "'=HYPERLINK(1)", "1"]


def test_is_noted_itself(seller, sam):
    rows(seller.get(URL))
    assert AuditEvent.objects.get(action="exported").what == "the audit"


def test_nonsense_narrows_nothing(seller, sam):
    audit.note(None, "deleted", "x", user=sam)
    assert len(rows(seller.get(f"{URL}?action=nonsense&person=nonsense"))) == 3


def test_manager_and_stranger_do_not_get_it(manager, stranger):
    assert manager.get(URL).status_code == 403
    assert stranger.get(URL).status_code == 302
    assert [line.did for line in AuditEvent.objects.all()] == ["was refused"]
