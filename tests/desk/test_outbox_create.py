"""The outbox's server side: each item stored once whatever is sent again."""

import json
import uuid
from datetime import date, time

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Activity, Entry, Step
from crm.desk import outbox
from tests import make
from tests.conventions.database import fingerprint

from .outboxes import NOW, URL, item, kept, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wednesday(installation):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def dana(installation):
    return make.contact(make.prospect("Halden Freight"), "Dana Whitfield")


def refused(client, sent):
    before = fingerprint()
    answer = send(client, sent)
    assert answer.status_code == 422 and answer.json()["why"], answer.content
    assert fingerprint() == before
    return answer.json()


# Works -------------------------------------------------------------------------------------------


def test_a_line_is_stored_and_named_in_the_answer(seller, sam, dana):
    sent = item("called Dana at Halden, left vm, call back thu 10am", seq=7)
    answer = send(seller, sent)
    entry = Entry.objects.get(uuid=sent["uuid"])
    assert answer.json() == {
        "ack": sent["uuid"],
        "toast": "Logged: Call with Dana, Halden Freight; 1 step.",
        "undo": f"/undo/{sent['uuid']}/",
        "events": list(outbox.EVENTS),
    }
    assert (entry.kind, entry.author, entry.text, entry.zone) == ("outbox", sam, sent["fields"]["text"], sent["zone"])
    assert (entry.occurred_at, entry.received_at, entry.result["seq"]) == (NOW, NOW, 7)
    assert Activity.objects.get().outcome == "left_voicemail"
    assert (Step.objects.get().due_on, Step.objects.get().due_time) == (date(2026, 3, 12), time(10))


def test_the_page_it_was_typed_on_chips_and_privacy_come_along(seller, dana):
    other = make.contact(make.prospect("Tessera Labs"), "Dana Moss")
    fields = {"context": f"prospect-{dana.prospect_id}", "private": True}
    kept(seller, item("left a note at the desk", fields=fields))
    assert (Activity.objects.get().prospect, Activity.objects.get().private) == (dana.prospect, True)
    kept(seller, item("called Dana, left vm", fields={"choices": [["person", str(other.pk)]]}))
    assert Activity.objects.latest("pk").prospect == other.prospect
    acts = [["act", "call:out:connected"], ["was-act", "call:out:left_voicemail"]]
    kept(seller, item("called Dana Moss, left vm", fields={"choices": acts}))
    assert Activity.objects.latest("pk").outcome == "connected"


def test_what_is_unsure_is_kept_and_asked_about(seller, dana):
    make.contact(make.prospect("Tessera Labs"), "Dana Moss")
    answer = send(seller, item("called Dana, left vm"))
    assert answer.json()["toast"].endswith("One thing to check on Today.")
    assert "people" in Entry.objects.latest("pk").pending
    assert "Check what you logged" in seller.get("/").content.decode()


def test_the_page_it_was_typed_on_may_be_gone(seller, dana):
    with make.submission() as entry:
        dana.prospect.trash(entry)
    entry = kept(seller, item("left a note", fields={"context": f"prospect-{dana.prospect_id}"}))
    assert "prospect" in entry.pending and Activity.objects.get().text == "left a note"


def test_a_step_is_ticked_off(seller, dana):
    step = make.step(dana.prospect, "Call Dana", "2026-03-10", contact=dana)
    sent = item(kind="step_done", fields={"step": step.pk, "text": "left vm"}, occurred_at="2026-03-10T18:00:00-04:00")
    answer = send(seller, sent)
    step.refresh_from_db()
    assert answer.json()["toast"] == "Done: Call Dana"
    assert (step.state, step.done_on, step.kept) == ("done", date(2026, 3, 10), True)
    assert (Activity.objects.get().text, Activity.objects.get().prospect) == ("left vm", dana.prospect)
    Entry.objects.get(uuid=sent["uuid"]).undo()
    step.refresh_from_db()
    assert step.state == "open" and not Activity.objects.exists()


def test_a_step_that_is_done_already_is_done(seller, dana):
    step = make.step(dana.prospect, "Call Dana", "2026-03-10")
    with make.submission() as entry:
        step.keep(entry)
    kept(seller, item(kind="step_done", fields={"step": step.pk, "text": ""}))
    step.refresh_from_db()
    assert (step.state, step.changes.count()) == ("done", 2)


def test_how_a_call_went(seller, dana):
    step = {"kind": "call", "what": "Call Dana again", "due_on": "2026-03-12", "due_time": None}
    fields = {"outcome": "no_answer", "contact": dana.pk, "deal": None, "number": "", "next": step, "text": ""}
    sent = item(kind="outcome", fields=fields, seq=5)
    kept(seller, sent)
    entry = kept(seller, sent)
    assert (entry.kind, entry.result["seq"], entry.pending) == (Entry.OUTBOX, 5, {})
    assert (Activity.objects.get().outcome, Step.objects.get().due_on) == ("no_answer", date(2026, 3, 12))
    refused(seller, item(kind="outcome", fields=fields | {"outcome": "on fire"}))


def test_a_call_under_a_clock_that_is_not_believed_is_to_be_checked(seller, dana):
    fields = {"outcome": "no_answer", "contact": dana.pk, "next": None, "text": ""}
    future = "2027-03-11T09:30:00.000-04:00"
    entry = kept(seller, item(kind="outcome", fields=fields, occurred_at=future))
    assert "at" in str(entry.pending)


def test_who_is_signed_in_and_a_token(seller, sam):
    answer = seller.get(URL)
    assert answer.json() | {"token": 0} == {"user": sam.device_key, "may_write": True, "token": 0}
    assert answer["Cache-Control"] == "no-store, private"


# Twice -------------------------------------------------------------------------------------------


def test_sent_again_it_is_acknowledged_again_and_stored_once(seller, dana):
    sent = item()
    first = send(seller, sent).json()
    state = fingerprint()
    for again in (sent, sent | {"sent_at": "2026-03-11T10:30:00-04:00", "seq": 3}):
        assert send(seller, again).json() == first
    assert fingerprint() == state and Activity.objects.count() == 1


def test_sent_again_after_undo_it_stays_undone(seller, dana):
    sent = item()
    kept(seller, sent).undo()
    assert send(seller, sent).json()["undo"] == ""
    assert not Activity.objects.exists()


def test_other_words_under_the_same_uuid_are_not_swallowed(seller, dana):
    sent = item("called Dana, left vm")
    kept(seller, sent)
    assert refused(seller, sent | {"fields": {"text": "called Dana, no answer"}})["renew"] is True


# Refused -----------------------------------------------------------------------------------------

CHANGES = {
    "no uuid": {"uuid": None},
    "a uuid that is none": {"uuid": "kettle"},
    "a uuid in capitals": {"uuid": str(uuid.uuid4()).upper()},
    "a number for a uuid": {"uuid": 12},
    "no number": {"seq": None},
    "a number below one": {"seq": 0},
    "a huge number": {"seq": 10**30},
    "true": {"seq": True},
    "another kind": {"kind": "deal_delete"},
    "a list for a kind": {"kind": []},
    "no fields": {"fields": None},
    "fields that are a list": {"fields": []},
    "no time": {"occurred_at": None},
    "a time without a zone": {"occurred_at": "2026-03-11T09:30:00"},
    "a day": {"occurred_at": "2026-03-11"},
    "words for a time": {"occurred_at": "yesterday"},
    "the year one": {"occurred_at": "0001-01-01T00:00:00+14:00"},
    "the end of time": {"sent_at": "9999-12-31T23:59:59-14:00"},
    "another age": {"occurred_at": "1823-03-11T09:30:00Z"},
    "no sent_at": {"sent_at": 5},
    "empty": {"fields": {"text": "   "}},
    "text that is none": {"fields": {"text": {"a": 1}}},
    "too long": {"fields": {"text": "x" * 10_001}},
    "a context that is none": {"fields": {"text": "a", "context": "../../x"}},
    "a long context": {"fields": {"text": "a", "context": "x" * 50}},
    "choices that are none": {"fields": {"text": "a", "choices": "abc"}},
    "choices of something else": {"fields": {"text": "a", "choices": [["a", 1]]}},
    "very many choices": {"fields": {"text": "a", "choices": [["a", "b"]] * 300}},
    "a step that never was": {"kind": "step_done", "fields": {"step": 10**9, "text": ""}},
    "a step of another kind": {"kind": "step_done", "fields": {"step": {}, "text": ""}},
    "a step beyond all numbers": {"kind": "step_done", "fields": {"step": 10**25, "text": ""}},
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_malformed_is_rejected_with_a_reason(seller, name):
    sent = item()
    sent |= CHANGES[name]
    said = refused(seller, sent)
    named = sent["uuid"] if isinstance(sent["uuid"], str) and len(sent["uuid"]) == 36 else None
    assert said["rejected"] == named


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"12", b"\xff\xfe", b"[" * 9_000, b'{"a":' * 15_000, b"1" * 9_000, b"x" * 2**20],
)
def test_what_is_no_item_is_rejected(seller, body):
    answer = seller.post(URL, body, content_type="application/json")
    assert answer.status_code == 422 and answer.json()["rejected"] is None


@pytest.mark.parametrize("gone", ["drop", "trash"])
def test_a_step_that_is_gone_cannot_be_ticked_off(seller, dana, gone):
    step = make.step(dana.prospect, "Call Dana", "2026-03-10")
    with make.submission() as entry:
        getattr(step, gone)(entry)
    refused(seller, item(kind="step_done", fields={"step": step.pk, "text": ""}))


def test_what_breaks_here_is_set_aside_and_nothing_of_it_stored(seller, dana, monkeypatch):
    monkeypatch.setattr(Activity, "write", lambda *args, **how: 1 / 0)
    sent = item()
    assert "broke on our side" in refused(seller, sent)["why"]
    monkeypatch.undo()
    kept(seller, sent)


def test_a_busy_database_is_asked_again(seller, dana, monkeypatch):
    from django.db import OperationalError

    def busy(*args, **how):
        raise OperationalError("database is locked")

    monkeypatch.setattr(Activity, "write", busy)
    sent = item()
    answer = send(seller, sent)
    assert (answer.status_code, answer.json()) == (503, {"retry": sent["uuid"]})


def test_characters_that_no_database_stores(seller):
    sent = item("a\\u0000b \\ud800 c")
    body = json.dumps(sent).replace("\\\\u", "\\u")
    assert seller.post(URL, body, content_type="application/json").status_code == 200
    assert Activity.objects.get().text == "ab \ufffd c"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAMES = ["uuid", "seq", "kind", "occurred_at", "zone", "sent_at", "fields"]
FIELDS = ["text", "context", "private", "choices", "step", "outcome", "contact", "deal", "number", "next", "ago"]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    kind=st.sampled_from(["log", "step_done", "outcome"]),
    changes=st.dictionaries(st.sampled_from(NAMES), json_values, max_size=2),
    fields=st.dictionaries(st.sampled_from(FIELDS), json_values, max_size=4),
)
def test_no_item_breaks_the_server(sam, kind, changes, fields):
    sent = item("note", kind=kind, fields=fields) | changes
    payload, status = outbox.receive(json.dumps(sent).encode(), sam)
    assert status in (200, 422), payload
    # A reason that says "broke on our side" would be a bug of ours.
    assert payload.get("why") != outbox.BROKE, sent
    assert (payload.get("ack") or payload["rejected"]) in (sent["uuid"], None)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(body=st.binary(max_size=200))
def test_no_bytes_break_the_server(sam, body):
    assert outbox.receive(body, sam)[1] == 422


# Strangers and managers ----------------------------------------------------------------------------


def test_a_session_that_ran_out_is_seen_and_nothing_stored(stranger):
    for answer in (send(stranger, item()), stranger.get(URL)):
        assert answer.status_code == 302 and answer.url.startswith("/login/")
    assert not Entry.objects.exists()


def test_a_manager_stores_nothing(manager):
    assert send(manager, item()).status_code == 403
    assert manager.get(URL).json()["may_write"] is False
    assert not Entry.objects.exists()


def test_a_token_of_before_is_refused_and_a_fresh_one_works(sam):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(sam, backend="crm.access.backends.UserBackend")
    old = client.get(URL).json()["token"]
    sent = json.dumps(item())
    del client.cookies["csrf"]
    how = {"content_type": "application/json"}
    assert client.post(URL, sent, headers={"X-CSRFToken": old}, **how).status_code == 403
    fresh = client.get(URL).json()["token"]
    assert client.post(URL, sent, headers={"X-CSRFToken": fresh}, **how).status_code == 200
