import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from crm.access import audit
from crm.access.models import AuditEvent
from crm.desk import jobs
from tests import make

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


def test_a_line_that_cannot_be_written_keeps_nothing_else_from_it(sam, monkeypatch):
    def broken(self, *args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(AuditEvent, "save", broken)
    assert audit.note(None, "deleted", "x", user=sam) is None


def test_lines_are_forgotten_after_a_year(sam):
    with time_machine.travel("2026-03-11T14:00:00Z", tick=False) as at:
        audit.note(None, "deleted", "x", user=sam)
        at.shift(timedelta(days=364))
        assert audit.clear_old() == 0
        at.shift(timedelta(days=2))
        assert audit.clear_old() == 1


def lines(*actions):
    return list(AuditEvent.objects.filter(action__in=actions).order_by("pk").values_list("action", "what", "times"))


def test_coming_and_going(stranger, sam):
    stranger.post("/login/", {"username": sam.email, "password": make.PASSWORD}, REMOTE_ADDR="203.0.113.9")
    stranger.post("/logout/")
    stranger.post("/logout/")
    assert [event.action for event in AuditEvent.objects.order_by("pk")] == ["signed_in", "signed_out"]
    assert AuditEvent.objects.last().user == sam
    assert AuditEvent.objects.order_by("pk")[0].address == "203.0.113.9"


def test_tries_are_one_line_with_their_number(stranger, sam):
    for _ in range(3):
        stranger.post("/login/", {"username": sam.email, "password": "hunter2 hunter2"})
    stranger.post("/login/", {"username": sam.email, "password": "x"}, REMOTE_ADDR="203.0.113.9")
    assert lines("sign_in_failed") == [("sign_in_failed", sam.email, 3), ("sign_in_failed", sam.email, 1)]
    assert "hunter2" not in repr(list(AuditEvent.objects.values()))


def test_a_wait_is_noted(stranger, sam):
    for _ in range(12):
        stranger.post("/login/", {"username": sam.email, "password": "wrong"})
    assert lines("sign_in_failed", "locked_out") == [("sign_in_failed", sam.email, 7), ("locked_out", sam.email, 5)]


def test_what_was_typed_for_an_unknown_account_is_not_kept(stranger, sam):
    for word in ("my secret password", "nobody@callback.example"):
        stranger.post("/login/", {"username": word, "password": "wrong"})
    assert lines("sign_in_failed") == [("sign_in_failed", "an e-mail that nobody here has", 2)]


@pytest.mark.parametrize("who", ["known", "unknown"])
def test_failing_asks_the_database_as_often_whether_the_account_is_known(stranger, sam, who):
    """So that neither queries nor their time tell who has an account."""
    email = sam.email if who == "known" else "nobody@callback.example"
    stranger.post("/login/", {"username": email, "password": "wrong"})
    with CaptureQueriesContext(connection) as asked:
        stranger.post("/login/", {"username": email, "password": "wrong"})
    _ASKED.append(len(asked))
    assert len(set(_ASKED)) == 1


_ASKED = []


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("/prospects/export/", "the list of prospects"),
        ("/contacts/export/", "the list of contacts"),
        ("/deals/export/", "the list of deals"),
    ],
)
def test_every_file_taken_along_is_noted(manager, morgan, url, what):
    b"".join(manager.get(url).streaming_content)
    event = AuditEvent.objects.get(action="exported")
    assert (event.user, event.what) == (morgan, what)


def test_what_is_thrown_away_is_noted_once(seller, sam):
    prospect = make.prospect("Halden Freight")
    contact, deal, step = make.contact(prospect), make.deal(prospect), make.step(prospect, "Call", "2026-03-11")
    activity = make.activity(prospect, text="called", private=True)
    for record, noun in [(activity, "activities"), (step, "steps"), (deal, "deals"), (contact, "contacts")]:
        form = {"uuid": str(uuid.uuid4())}
        for _ in range(2):
            seller.post(f"/{noun}/{record.pk}/delete/", form)
    seller.post(f"/prospects/{prospect.pk}/delete/")
    whats = [what for _, what, _ in lines("deleted")]
    assert whats == [
        "something that happened at Halden Freight",
        "the step Call",
        "the deal Halden rollout",
        "the contact Dana Whitfield",
        "the prospect Halden Freight",
    ]


def test_what_tick_destroys_is_noted(sam):
    with time_machine.travel("2026-03-11T14:00:00Z", tick=False) as at:
        prospect = make.prospect("Acme")
        with make.submission() as entry:
            prospect.trash(entry)
        at.shift(timedelta(days=31))
        jobs.purge_trash()
    assert lines("purged") == [("purged", "1 prospect, after 30 days in the trash", 1)]


def test_each_refusal_is_a_line_and_the_same_again_soon_a_number(manager, morgan, sam):
    with time_machine.travel("2026-03-11T14:00:00Z", tick=False):
        manager.post("/deals/create/", {"name": "Mine"})
        manager.post("/deals/create/", {"name": "Mine"})
        manager.get("/deals/create/")
        manager.post(f"/people/{sam.pk}/digest/", {"rhythm": "daily"})

    lines = AuditEvent.objects.filter(action="refused").order_by("pk")
    assert [(line.user, line.what, line.times) for line in lines] == [
        (morgan, "deal create (POST)", 2),
        (morgan, "deal create (GET)", 1),
        (morgan, "person digest (POST)", 1),
    ]


def test_two_people_refused_at_one_place_are_two_lines(rf, sam, morgan):
    for user in (sam, morgan):
        request = rf.post("/")
        request.user = user
        audit.count(request, "refused", "deal create (POST)")
    assert {(line.user, line.times) for line in AuditEvent.objects.all()} == {(sam, 1), (morgan, 1)}


def test_invented_methods_are_one_line(manager):
    for method in ("X1", "X2", "QQQ"):
        assert manager.generic(method, "/").status_code == 403
    assert [line.what for line in AuditEvent.objects.filter(action="refused")] == ["today (other)"]
    assert AuditEvent.objects.get(action="refused").times == 3


def test_of_a_strangers_refusal_nothing_is_written(stranger):
    """Nor does it wait for somebody who writes."""
    assert stranger.generic("TRACE", "/manifest.webmanifest").status_code == 403
    assert not AuditEvent.objects.filter(action="refused").exists()


def test_a_refusal_that_cannot_be_written_is_a_refusal(manager, monkeypatch):
    manager.post("/deals/create/", {"name": "Mine"})

    def locked(*args, **fields):
        raise OperationalError("database is locked")

    monkeypatch.setattr(QuerySet, "update", locked)
    assert manager.post("/deals/create/", {"name": "Mine"}).status_code == 403
