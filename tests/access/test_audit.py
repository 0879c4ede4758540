import pytest

from crm.access import audit
from crm.access.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_a_line_says_who_did_what_from_where(rf, sam):
    request = rf.post("/", REMOTE_ADDR="203.0.113.9")
    request.user = sam

    audit.note(request, "exported", "deals.csv")

    line = AuditEvent.objects.get()
    assert (line.user, line.name, line.action, line.what, line.address) == (
        sam,
        "Sam Porter",
        "exported",
        "deals.csv",
        "203.0.113.9",
    )


def test_the_name_outlives_the_user(morgan):
    audit.note(None, "joined", user=morgan)
    morgan.delete()

    line = AuditEvent.objects.get()
    assert (line.user, line.name, line.address) == (None, "Morgan Vale", "")


def test_what_has_no_words_is_not_written(db):
    with pytest.raises(KeyError):
        audit.note(None, "wandered about")
    assert not AuditEvent.objects.exists()


def test_long_things_are_cut_rather_than_refused(sam):
    assert len(audit.note(None, "deleted", "x" * 5000, user=sam).what) == 300
