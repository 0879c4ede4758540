"""Situations of a sale, each made by a function that returns the prospect. Its docstring says what it is.

It is Wednesday, March 11, 2026, 9:30 in the morning in New York, four days after the clocks went forward.
"""

from datetime import date, datetime
from decimal import Decimal

import time_machine

from crm.desk import merging
from crm.web import clock
from tests import make

NOW = "2026-03-11T13:30:00Z"
ALL = []


def situation(function):
    ALL.append(function)
    return function


def at(text):
    """ "10T16:12" → that wall-clock time of March 2026; "02-20T09:00" of another month."""
    return datetime.fromisoformat(f"2026-{text}" if text[2] == "-" else f"2026-03-{text}")


def on_day(text):
    """A block that happens on that wall-clock time."""
    wall = at(text)
    return time_machine.travel(clock.instant(wall.date(), wall.time()), tick=False)


def firm(name="Halden Freight", since="02-02T09:00", **fields):
    with on_day(since):
        return make.prospect(name, **fields)


def dana(row, **fields):
    return make.contact(row, "Dana Whitfield", **fields)


def deal(row, when="02-16T10:00", stage="Proposal", name="Depot rollout", **fields):
    fields = {"amount": Decimal(45000), "close_on": date(2026, 3, 31)} | fields
    with on_day(when):
        return make.deal(row, name, stage, opened_on=clock.today(), **fields)


def spoke(row, when, text="budget is fine, she checks the dates", who=(), **fields):
    with on_day(when):
        return make.activity(
            row, "call", at(when), direction="out", outcome="connected", text=text, contacts=who, **fields
        )


def wrote(row, when, text="Two years is fine.", who=(), **fields):
    with on_day(when):
        return make.activity(row, "email", at(when), direction="in", text=text, contacts=who, **fields)


def tried(row, when, outcome="left_voicemail", **fields):
    with on_day(when):
        return make.activity(row, "call", at(when), direction="out", outcome=outcome, text="left vm", **fields)


def step(row, when, what, due_on=None, **fields):
    with on_day(when):
        return make.step(row, what, due_on, **fields)


def change(record, when, **fields):
    with on_day(when), make.submission() as entry:
        record.refresh_from_db()
        for name, value in fields.items():
            setattr(record, name, value)
        record.write(entry)
    return entry


def going(name="Halden Freight"):
    """(prospect, Dana, deal) of a sale on its way, spoken with on Monday."""
    row = firm(name)
    person = dana(row)
    sale = deal(row)
    spoke(row, "09T16:12", who=[person])
    return row, person, sale


# Nothing, or hardly anything -------------------------------------------------------------------------


@situation
def nothing_yet():
    """A name and no more."""
    return firm(since="11T09:00")


@situation
def nothing_yet_but_known_what_it_is():
    """On record for weeks, with what it is and where it came from."""
    return firm(about="40 depots, 310 drivers", source="the Oakland fair")


@situation
def only_tries():
    """Called three times, never reached."""
    row = firm()
    for when in ("02T09:00", "04T11:00", "06T10:00"):
        tried(row, when)
    return row


@situation
def tries_beyond_the_budget():
    """As many tries as the seller allows, and one planned."""
    row = firm()
    for when in ("02T09:00", "04T11:00", "06T10:00", "09T10:00"):
        tried(row, when)
    step(row, "09T10:05", "Try the depot manager", "2026-03-12")
    return row


@situation
def only_private_notes():
    """What there is, the seller keeps to themselves."""
    row = firm()
    with on_day("09T09:00"):
        make.activity(row, "note", at("09T09:00"), text="their CFO is a friend", private=True)
        make.activity(row, "call", at("09T09:10"), direction="in", outcome="connected", text="between us", private=True)
    step(row, "09T09:15", "Ask my friend", "2026-03-13", private=True)
    return row


@situation
def a_machine_answered():
    """An auto-reply is nobody."""
    row = firm()
    with on_day("10T09:00"):
        make.activity(row, "email", at("10T09:00"), direction="out", text="intro")
        make.activity(row, "email", at("10T09:01"), direction="in", outcome="auto_reply", text="I am away")
    return row


@situation
def a_person_without_a_company():
    """A prospect that is a person; the contact has its name."""
    row = firm("Priya Raman")
    person = make.contact(row, "Priya Raman")
    wrote(row, "10T12:00", "Can you call me?", [person])
    return row


@situation
def a_wrong_number():
    """Nobody was reached."""
    row = firm()
    tried(row, "10T09:00", "wrong_number")
    return row


# On its way ------------------------------------------------------------------------------------------


@situation
def on_plan():
    """Spoken with, a dated step, nothing wrong."""
    row, person, sale = going()
    step(row, "09T16:20", "Send the two-year price", "2026-03-13", contact=person, deal=sale)
    return row


@situation
def due_today_with_a_time():
    """A call at ten; it is half past nine."""
    row, person, sale = going()
    step(row, "09T16:20", "Call Dana with the price", "2026-03-11", due_time="10:00", contact=person, deal=sale)
    return row


@situation
def due_today_and_the_time_has_passed():
    """A call at half past eight; it is half past nine."""
    row, person, sale = going()
    step(row, "09T16:20", "Call Dana with the price", "2026-03-11", due_time="08:30", contact=person, deal=sale)
    return row


@situation
def their_move():
    """They promised something that is not due yet."""
    row, person, sale = going()
    step(row, "09T16:20", "Send the questionnaire", "2026-03-18", owner="them", contact=person, deal=sale)
    return row


@situation
def their_move_and_overdue():
    """They promised something and let the day pass."""
    row, person, sale = going()
    step(row, "09T16:20", "Send the questionnaire", "2026-03-10", owner="them", contact=person, deal=sale)
    return row


@situation
def a_promise_by_nobody_named():
    """They promised, but who is not on record."""
    row, _, sale = going()
    step(row, "09T16:20", "Legal signs", "2026-03-18", owner="them", deal=sale)
    return row


@situation
def your_step_is_late():
    """The seller let the day pass."""
    row, person, sale = going()
    step(row, "02T16:20", "Send the two-year price", "2026-03-06", contact=person, deal=sale)
    return row


@situation
def step_without_a_date():
    """A step, but no day for it."""
    row, _, sale = going()
    step(row, "09T16:20", "Ask legal", None, deal=sale)
    return row


@situation
def dated_and_undated():
    """The dated one is next, however late it is."""
    row, person, sale = going()
    step(row, "09T16:20", "Ask legal", None, deal=sale)
    step(row, "09T16:21", "Show the pilot report", "2026-04-20", owner="them", contact=person, deal=sale)
    return row


@situation
def a_go_no_go_point():
    """Either side may leave on that day."""
    row, _, sale = going()
    step(row, "09T16:20", "Decide on the pilot", "2026-03-20", go_no_go=True, deal=sale)
    return row


@situation
def they_wait_for_an_answer():
    """They wrote on Friday and nothing went out since."""
    row, person, _ = going()
    wrote(row, "09T17:00", "And what about the depots in Reno?", [person])
    return row


@situation
def they_missed_you():
    """They called this morning and the seller missed it."""
    row, person, _ = going()
    with on_day("11T08:50"):
        make.activity(row, "call", at("11T08:50"), direction="in", outcome="no_answer", contacts=[person])
    return row


@situation
def spoke_and_agreed_nothing():
    """A good talk without a next step."""
    return going()[0]


@situation
def a_meeting_with_four():
    """Many people took part."""
    row, person, sale = going()
    people = [person] + [make.contact(row, name) for name in ("Theo Brandt", "Marcus Reyes", "Ana Ruiz")]
    with on_day("10T14:00"):
        make.activity(row, "meeting", at("10T14:00"), outcome="held", minutes=40, text="pilot day 3", contacts=people)
    step(row, "10T15:00", "Send the report", "2026-03-12", deal=sale)
    return row


@situation
def a_meeting_was_cancelled():
    """It was to be yesterday."""
    row, person, _ = going()
    with on_day("10T14:00"):
        make.activity(row, "meeting", at("10T14:00"), outcome="cancelled", contacts=[person])
    return row


@situation
def a_promise_kept():
    """The last thing they did was what they promised, a day late."""
    row, person, sale = going()
    done = step(row, "02T16:20", "Send the questionnaire", "2026-03-09", owner="them", contact=person)
    change(done, "10T11:00", state="done", done_on=date(2026, 3, 10))
    step(row, "10T11:05", "Read the questionnaire", "2026-03-12", deal=sale)
    return row


@situation
def silent():
    """Nobody has answered for longer than the seller allows."""
    row = firm()
    deal(row)
    spoke(row, "02-16T10:10", "will think about it", [dana(row)])
    tried(row, "02-24T09:00")
    step(row, "02-24T09:05", "Try again", "2026-03-12")
    return row


@situation
def long_words():
    """What they said is longer than a line."""
    row, person, sale = going()
    wrote(
        row, "10T12:00",
        "Thanks for the numbers. We went through them with finance, and the only open question is whether the second "
        "depot can start in May rather than in June, since the lease on the old system ends on the fifteenth.",
        [person],
    )  # fmt: skip
    step(row, "10T12:30", "Answer about May", "2026-03-12", deal=sale)
    return row


# Money and dates -------------------------------------------------------------------------------------


@situation
def slipped_thrice():
    """The close date moved three times, but everything else is in order."""
    row, _, sale = going()
    for when, day in (("02-23T09:00", date(2026, 4, 3)), ("03-02T09:00", date(2026, 5, 1))):
        change(sale, when, close_on=day)
    change(sale, "10T09:00", close_on=date(2026, 6, 5))
    step(row, "10T09:05", "Send the plan", "2026-03-13", deal=sale)
    return row


@situation
def slipped_twice():
    """The close date moved twice: a mild risk where nothing worse is known."""
    row, _, sale = going()
    change(sale, "02-23T09:00", close_on=date(2026, 4, 3))
    change(sale, "03-02T09:00", close_on=date(2026, 4, 21))
    step(row, "10T09:05", "Send the plan", "2026-03-13", deal=sale)
    return row


@situation
def slipped_twice_and_hours_late_today():
    """The step of this morning is nearer than the date that moved."""
    row, person, sale = going()
    change(sale, "02-23T09:00", close_on=date(2026, 4, 3))
    change(sale, "03-02T09:00", close_on=date(2026, 4, 21))
    step(row, "10T09:05", "Send the plan", "2026-03-11", due_time="07:00", contact=person, deal=sale)
    return row


@situation
def due_half_an_hour_ago():
    """Half an hour is no risk yet."""
    row, person, sale = going()
    step(row, "09T16:20", "Call Dana with the price", "2026-03-11", due_time="09:00", contact=person, deal=sale)
    return row


@situation
def the_close_date_has_passed():
    """Expected last week, still open."""
    row, _, sale = going()
    change(sale, "02-20T09:00", close_on=date(2026, 3, 6))
    step(row, "09T16:20", "Send the contract", "2026-03-13", deal=sale)
    return row


@situation
def no_amount():
    """Nobody has named a figure."""
    row, _, sale = going()
    change(sale, "02-20T09:00", amount=None)
    step(row, "09T16:20", "Ask what it costs them today", "2026-03-13", deal=sale)
    return row


@situation
def no_close_date():
    """Nobody has named a day."""
    row, _, sale = going()
    change(sale, "02-20T09:00", close_on=None)
    step(row, "09T16:20", "Ask when it must be there", "2026-03-13", deal=sale)
    return row


@situation
def neither_amount_nor_date():
    """A deal in name only."""
    row, _, sale = going()
    change(sale, "02-20T09:00", close_on=None, amount=None)
    step(row, "09T16:20", "Ask both", "2026-03-13", deal=sale)
    return row


@situation
def resting_too_long():
    """In its stage for longer than the stage allows."""
    row = firm(since="01-05T09:00")
    sale = deal(row, "01-12T10:00", close_on=date(2026, 4, 30))
    spoke(row, "09T16:12", who=[dana(row)])
    step(row, "09T16:20", "Send the contract", "2026-03-13", deal=sale)
    return row


@situation
def a_milestone_and_its_proof():
    """The talk and the move into the stage were one line."""
    row = firm()
    person = dana(row)
    sale = deal(row, stage="Evaluating")
    with on_day("03T15:00"), make.submission() as entry:
        from accounts.models import Activity

        act = Activity(prospect=row, kind="call", direction="in", outcome="connected", at=clock.now(), entry=entry)
        act.on, act.text = clock.today(), "she asked for terms, wants 24 months"
        act.write(entry, contacts=[person.pk])
        sale.move_to(make.stage("Proposal"), entry)
    step(row, "03T15:10", "Send the terms", "2026-03-12", deal=sale)
    return row


@situation
def who_decides_was_never_met():
    """The one who decides is known by name only."""
    row, person, sale = going()
    marcus = make.contact(row, "Marcus Reyes")
    with on_day("09T16:30"), make.submission() as entry:
        sale.write(entry, people=[[person.pk, "champion"], [marcus.pk, "decides"]])
    step(row, "09T16:20", "Meet Marcus", "2026-03-20", deal=sale)
    return row


@situation
def several_deals():
    """The largest is named, the others are counted; the close date of a small one has passed."""
    row, _, sale = going()
    deal(row, name="Depot pilot", stage="Negotiation", amount=Decimal(6500), close_on=date(2026, 3, 9))
    deal(row, name="Spare parts", stage="Conversation", amount=None, close_on=None)
    step(row, "09T16:20", "Send the two-year price", "2026-03-13", deal=sale)
    return row


# Ended, parked, gone ---------------------------------------------------------------------------------


def ended(how, when="05T15:00", **fields):
    row, _, sale = going()
    with on_day(when), make.submission() as entry:
        sale.refresh_from_db()
        sale.end(how, entry, **fields)
    return row, sale


@situation
def won_last_week():
    """Signed on Thursday, with a reason; called once since."""
    row = firm()
    sale = deal(row)
    spoke(row, "05T14:00", "they sign", [dana(row)])
    with on_day("05T15:00"), make.submission() as entry:
        sale.win(entry, reason="answered quicker than the others")
    return row


@situation
def won_and_something_is_next():
    """Won, and the seller stays in touch."""
    row, _ = ended("won", "09T17:00")
    step(row, "09T17:05", "Ask how the start went", "2026-04-13")
    return row


@situation
def lost():
    """Went to somebody else."""
    return ended("lost", "09T17:00", reason="went with the incumbent")[0]


@situation
def walked():
    """The seller walked away."""
    return ended("walked", "09T17:00", reason="no goal after three meetings")[0]


@situation
def lost_and_reopened():
    """Ended, and opened again."""
    row, sale = ended("lost", "09T17:00", reason="no budget")
    with on_day("10T10:00"), make.submission() as entry:
        sale.reopen(entry)
    return row


@situation
def ended_and_another_open():
    """One deal lost last year, one going on."""
    row = firm()
    old = deal(row, name="First try")
    with on_day("02-20T09:00"), make.submission() as entry:
        old.lose(entry, reason="no budget")
    sale = deal(row, "03-02T09:00", name="Second try", stage="Diagnosed")
    spoke(row, "09T16:12", who=[dana(row)])
    step(row, "09T16:20", "Count the missed slots", "2026-03-13", deal=sale)
    return row


@situation
def parked():
    """Left in peace until May."""
    row, _, sale = going()
    change(row, "09T17:00", parked_until=date(2026, 5, 4))
    step(row, "09T17:05", "Call Dana, the season is over", "2026-05-04", deal=sale)
    return row


@situation
def parked_until_today():
    """The peace is over."""
    row, _, _ = going()
    change(row, "09T17:00", parked_until=date(2026, 3, 11))
    return row


@situation
def imported_back_dated():
    """Typed today about last month."""
    row = firm()
    make.activity(row, "meeting", at("02-18T10:00"), outcome="held", text="met at the fair", contacts=[dana(row)])
    make.deal(row, "Depot rollout", "Goal shared", opened_on=date(2026, 2, 18))
    return row


@situation
def only_days_are_known():
    """Nothing has a time."""
    row = firm()
    make.activity(row, "call", on=date(2026, 3, 10), direction="in", outcome="connected", text="rang about Reno")
    make.step(row, "Send the Reno price", "2026-03-12")
    return row


@situation
def across_the_change_of_clocks():
    """A call on the night the clocks went forward, at an hour that was skipped; a step at that hour of a later day."""
    row = firm()
    make.activity(row, "call", at("08T02:30"), direction="in", outcome="connected", text="from Tokyo")
    make.step(row, "Ring Tokyo", "2026-03-12", due_time="02:30")
    return row


@situation
def what_was_last_lies_in_the_trash():
    """The last talk and the next step were thrown away."""
    row, person, _ = going()
    gone = [
        wrote(row, "10T12:00", "sent to the wrong firm", [person]),
        step(row, "10T12:05", "Answer it", "2026-03-12"),
    ]
    for record in gone:
        with on_day("10T13:00"), make.submission() as entry:
            record.trash(entry)
    return row


@situation
def what_was_last_was_undone():
    """A move and a step were taken back."""
    row, _, sale = going()
    entry = change(sale, "10T09:00", stage=make.stage("Negotiation"), amount=Decimal(99000))
    with on_day("10T09:01"):
        entry.undo()
    return row


@situation
def merged():
    """Two that were one: what belonged to the duplicate is here."""
    row, _, _ = going()
    other = firm("Halden Freight Inc")
    wrote(other, "10T12:00", "We also have the depot in Reno.", [make.contact(other, "Theo Brandt")])
    with on_day("10T17:00"), make.submission() as entry:
        merging.merge(other, row, entry)
    return row
