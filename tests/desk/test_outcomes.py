"""A call that was tapped: one entry, at the time of the call, with its outcome, what it finished and what is next."""

import uuid
from datetime import UTC, date, datetime, time

import pytest
import time_machine

from accounts.models import Activity, Contact, Entry, Step
from crm.desk import filing, outcomes
from crm.desk.refused import Refused
from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 11, 13, 30, tzinfo=UTC)  # Wednesday, 09:30 in New York


@pytest.fixture(autouse=True)
def _wednesday(installation):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def dana(installation):
    return make.contact(make.prospect("Halden Freight"), "Dana Whitfield", phones=["(415) 555-0142", "415 555 0199"])


def went(outcome, who=None, next=None, author=None, occurred_at=NOW, zone="", key=None, **fields):
    fields = {"outcome": outcome, "contact": who and who.pk, "next": next, "text": ""} | fields
    return outcomes.record(fields, uuid=key or uuid.uuid4(), author=author, occurred_at=occurred_at, zone=zone)


AGAIN = {"kind": "call", "what": "Call Dana again", "due_on": "2026-03-12", "due_time": None, "usual": True}


@pytest.mark.parametrize("code", list(outcomes.BY_CODE))
def test_each_outcome_is_a_call_at_the_time_it_was_made(dana, code):
    entry = went(code, dana, ago=600)
    call = Activity.objects.get()
    assert (call.kind, call.direction, call.outcome, call.entry) == ("call", "out", code, entry)
    assert call.at == datetime(2026, 3, 11, 13, 20, tzinfo=UTC) and call.prospect == dana.prospect
    assert list(call.contacts.all()) == [dana] and entry.occurred_at == NOW


def test_the_next_step_is_planned_and_the_one_that_was_due_is_done(dana):
    due = make.step(dana.prospect, "Call Dana", "2026-03-11", kind="call", contact=dana)
    entry = went("no_answer", dana, AGAIN)
    due.refresh_from_db()
    assert due.state == "done" and due.done_on == date(2026, 3, 11)
    step = Step.objects.open().get()
    assert (step.what, step.kind, step.due_on, step.contact) == ("Call Dana again", "call", date(2026, 3, 12), dana)
    assert entry.summary == "No answer, Dana Whitfield; call Dana again, tomorrow; 1 done"


def test_a_try_without_a_next_one_leaves_the_step_open(dana):
    due = make.step(dana.prospect, "Call Dana", "2026-03-11", kind="call", contact=dana)
    went("no_answer", dana)
    due.refresh_from_db()
    assert due.state == "open"


def test_the_line_goes_through_the_grammar(dana):
    deal = make.deal(dana.prospect)
    went("connected", dana, text="wants the two-year price, deal is at 45k, send proposal fri")
    deal.refresh_from_db()
    step = Step.objects.get()
    assert deal.amount == 45000 and (step.due_on, step.owner) == (date(2026, 3, 13), "me")
    call = Activity.objects.get()
    assert call.outcome == "connected" and call.deal == deal and call.text.startswith("wants the two-year")


def test_a_step_in_the_line_takes_the_place_of_the_usual_one(dana):
    went("left_voicemail", dana, AGAIN, text="call back thu 10am")
    step = Step.objects.get()
    assert (step.due_on, step.due_time) == (date(2026, 3, 12), time(10))


def test_a_step_of_another_kind_stands_beside_the_one_that_was_tapped(dana):
    went("left_voicemail", dana, AGAIN | {"usual": False}, text="send proposal fri")
    assert Step.objects.count() == 2
    Step.objects.all().delete()
    went("left_voicemail", dana, AGAIN, text="send proposal fri")
    assert Step.objects.count() == 1


def test_what_happened_besides_is_kept_too(dana):
    went("no_answer", dana, text="no answer so emailed her the price")
    assert sorted(Activity.objects.values_list("kind", "outcome")) == [("call", "no_answer"), ("email", "")]


def test_the_number_decides_whose_call_it_was(dana):
    tom = make.contact(make.prospect("Globex"), "Tom Marsh")
    deal = make.deal(tom.prospect, "Globex rollout")
    entry = went("connected", dana, text="Tom at Globex says hi, Globex moved to negotiation")
    call = Activity.objects.get()
    assert call.prospect == dana.prospect and list(call.contacts.all()) == [dana] and call.deal is None
    deal.refresh_from_db()
    assert str(deal.stage) == "Conversation" and "deal" in entry.pending


def test_a_wrong_number_is_marked_and_undone(dana):
    entry = went("wrong_number", dana, number="+14155550142")
    marked = {phone.raw: phone.wrong for phone in dana.phones.all()}
    assert marked == {"(415) 555-0142": True, "415 555 0199": False}
    entry.undo()
    assert not any(phone.wrong for phone in Contact.objects.get(pk=dana.pk).phones.all())
    assert not Activity.objects.exists()


def test_a_number_that_is_not_theirs_marks_none(dana):
    went("wrong_number", dana, number="+12125550100")
    went("wrong_number", dana)
    assert not any(phone.wrong for phone in dana.phones.all())


def test_a_prospects_own_number_is_marked_once_and_undone(dana):
    acme, key = make.prospect("Acme", phone="+1 (415) 555-0100"), uuid.uuid4()
    for _ in range(2):
        entry = went("wrong_number", prospect=acme.pk, number="+14155550100", key=key)
    acme.refresh_from_db()
    assert acme.phone_is_wrong and acme.version == 2 and Activity.objects.count() == 1
    assert not any(phone.wrong for phone in dana.phones.all())
    entry.undo()
    acme.refresh_from_db()
    assert not acme.phone_is_wrong and not Activity.objects.exists()


@pytest.mark.parametrize("number", ["+12125550100", "", "ask at the desk"])
def test_another_number_than_the_prospects_own_marks_none(dana, number):
    acme = make.prospect("Acme", phone="+1 (415) 555-0100")
    went("wrong_number", prospect=acme.pk, number=number)
    acme.refresh_from_db()
    assert not acme.phone_is_wrong


def test_a_prospects_own_number_dialled_from_a_persons_page_is_marked(dana):
    dana.prospect.phone = "1-415-555-0100 ext 12"
    with make.submission() as entry:
        dana.prospect.write(entry)
    went("wrong_number", dana, number="14155550100;ext=12")
    dana.prospect.refresh_from_db()
    assert dana.prospect.phone_is_wrong and not any(phone.wrong for phone in dana.phones.all())


def test_a_number_alone_tells_whose_it_is(dana):
    went("no_answer", number="+14155550199")
    assert list(Activity.objects.get().contacts.all()) == [dana]


def test_a_number_nobody_knows_is_kept(dana):
    entry = went("no_answer", number="+12125550100")
    call = Activity.objects.get()
    assert call.prospect is None and call.outcome == "no_answer" and "+12125550100" in entry.text


def test_a_prospect_without_a_person(dana):
    went("left_message", prospect=dana.prospect.pk, number="+14155550100")
    call = Activity.objects.get()
    assert call.prospect == dana.prospect and not call.contacts.exists()


def test_a_deal_of_somebody_else_is_left_out(dana):
    other = make.deal(make.prospect("Globex"))
    went("connected", dana, deal=other.pk)
    assert Activity.objects.get().deal is None


def test_stored_once(dana):
    key = uuid.uuid4()
    went("no_answer", dana, AGAIN, key=key)
    went("no_answer", dana, AGAIN, key=key)
    assert Activity.objects.count() == Step.objects.count() == 1


def test_undone_in_one_go(dana):
    due = make.step(dana.prospect, "Call Dana", "2026-03-11", kind="call", contact=dana)
    went("no_answer", dana, AGAIN, text="her deal is at 50k").undo()
    due.refresh_from_db()
    assert due.state == "open" and Step.objects.count() == 1 and not Activity.objects.exists()


def test_filed_anew_it_is_still_that_call(dana):
    make.deal(dana.prospect, "Rollout")
    make.deal(dana.prospect, "Pilot")
    entry = went("no_answer", dana, AGAIN, text="she moved to negotiation", ago=60)
    assert "deal" in entry.pending
    pilot = Deal.objects.get(name="Pilot")
    filing.refile(entry, filing.Choices(deal=str(pilot.pk)))
    call, step = Activity.objects.get(), Step.objects.get()
    assert (call.outcome, call.deal, call.at.minute) == ("no_answer", pilot, 29)
    assert step.what == "Call Dana again" and not Entry.objects.get(pk=entry.pk).pending


def test_the_hour_that_comes_twice_is_the_right_one(dana):
    second = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)  # 01:30 in New York for the second time
    with time_machine.travel(second, tick=False):
        went("no_answer", dana, occurred_at=second)
    assert Activity.objects.get().at == second


def test_typed_in_another_zone_it_happened_at_the_same_instant(dana):
    went("no_answer", dana, zone="Asia/Tokyo", text="call back tomorrow 10am", ago=300)
    assert Activity.objects.get().at == datetime(2026, 3, 11, 13, 25, tzinfo=UTC)
    assert Step.objects.get().due_on == date(2026, 3, 12)  # it is 22:30 of the 11th in Tokyo


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "held"},
        {"outcome": None},
        {"next": {"kind": "call", "what": "Call", "due_on": "soon"}},
        {"next": {"kind": "dance", "what": "Call", "due_on": None}},
        {"next": {"kind": "call", "what": "  ", "due_on": None}},
        {"next": {"kind": "call", "what": "Call", "due_on": "0099-01-01"}},
        {"next": ["call"]},
    ],
)
def test_nonsense_is_refused_with_words(dana, fields):
    with pytest.raises(Refused, match=r"\w+"):
        outcomes.record(
            {"outcome": "busy", "contact": dana.pk} | fields, uuid=uuid.uuid4(), author=None, occurred_at=NOW
        )
    assert not Activity.objects.exists()


@pytest.mark.parametrize("ago", ["", "later", -5, 1e30, None, [], float("nan")])
def test_a_senseless_age_is_none(dana, ago):
    went("busy", dana, ago=ago)
    assert Activity.objects.get().at == NOW


def test_somebody_in_the_trash_is_refused(dana):
    with make.submission() as entry:
        dana.trash(entry)
    with pytest.raises(Refused, match="Dana Whitfield is in the trash"):
        went("busy", dana)


def test_a_weekend_waits_for_monday():
    friday, wednesday = date(2026, 3, 13), date(2026, 3, 11)
    assert outcomes.usual(outcomes.BY_CODE["no_answer"], friday) == ("next_week", date(2026, 3, 16))
    assert outcomes.usual(outcomes.BY_CODE["no_answer"], wednesday) == ("tomorrow", date(2026, 3, 12))
    assert outcomes.usual(outcomes.BY_CODE["left_voicemail"], wednesday) == ("next_week", date(2026, 3, 16))


def test_a_number_of_somebody_else_wins_over_the_page_it_stood_on(dana):
    tom = make.contact(make.prospect("Globex"), "Tom Marsh", phones=["212 555 0100"])
    went("no_answer", dana, number="+12125550100")
    assert list(Activity.objects.get().contacts.all()) == [tom]


def test_a_number_changed_since_is_still_theirs(dana):
    went("no_answer", dana, number="+12125550100")
    assert list(Activity.objects.get().contacts.all()) == [dana]


def test_tried_again_the_same_day_the_follow_up_is_moved_rather_than_added(dana):
    went("no_answer", dana, AGAIN)
    went("no_answer", dana, AGAIN | {"due_on": "2026-03-16"})
    assert Step.objects.open().get().due_on == date(2026, 3, 16)
    assert Activity.objects.count() == 2
