"""Each sentence of the contract, one or more lines for each."""

import json
from datetime import datetime

import pytest

from crm.desk.quicklog import Context, Directory, Settings, parse

from .seller import STAGES, WED, directory

KNOWN = directory()


def read(text, at=WED, **kw):
    return parse(text, at, KNOWN, **kw)


def activity(text, at=WED):
    a = read(text, at).activity
    return " ".join(x for x in (a.kind, a.direction, a.outcome) if x)


def steps(text, at=WED):
    out = []
    for s in read(text, at).next_steps:
        due = " ".join(str(x)[:16] for x in (s.due_on, s.due_time) if x)
        out.append(f"{s.owner} {s.kind}: {s.what}" + (f" @ {due}" if due else ""))
    return out


def changes(text, at=WED):
    return {k: v for k, v in read(text, at).as_json()["deal_changes"].items() if v}


def test_the_shape():
    got = read("called Ilsa at Marlowe, left vm, call back thu 10am").as_json()
    assert json.loads(json.dumps(got)) == {
        "prospect": "Marlowe Systems Inc",
        "people": ["Ilsa Moreno"],
        "deal": "Marlowe rollout",
        "activity": {
            "kind": "call",
            "direction": "out",
            "outcome": "left_voicemail",
            "at": "2026-03-11T09:30",
            "minutes": None,
        },
        "more_activities": [],
        "next_steps": [
            {"owner": "me", "kind": "call", "what": "call back", "due_on": "2026-03-12", "due_time": "10:00"}
        ],
        "deal_changes": {"amount": None, "close_on": None, "stage": None, "outcome": None},
        "unsure": [],
    }


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("called Ilsa", "call out"),
        ("called Ilsa, left a message", "call out left_voicemail"),
        ("called Ilsa, left a message with the receptionist", "call out left_message"),
        ("called Ilsa, mailbox full", "call out no_answer"),
        ("called Ilsa, line engaged", "call out busy"),
        ("rang the number for Ilsa, wrong number", "call out wrong_number"),
        ("spoke to Ilsa", "call connected"),
        ("talked with Ilsa", "call connected"),
        ("Ilsa called back", "call in connected"),
        ("missed call from Ilsa", "call in no_answer"),
        ("got a voicemail from Ilsa", "call in left_voicemail"),
        ("met Ilsa", "meeting held"),
        ("Ilsa no show", "meeting no_show"),
        ("Ilsa cancelled our meeting", "meeting cancelled"),
        ("emailed Ilsa", "email out"),
        ("Ilsa emailed", "email in"),
        ("auto reply from Ilsa", "email in auto_reply"),
        ("email to Ilsa bounced", "email out bounced"),
        ("texted Ilsa", "message out"),
        ("Ilsa whatsapped", "message in"),
        ("call Ilsa tomorrow", "note"),
        ("marlowe moved to proposal", "note"),
        ("didn't call Ilsa", "note"),
        ("should have rung Ilsa", "note"),
        ("a competitor called Ilsa", "note"),
        ("what a day", "note"),
        ("", "note"),
    ],
)
def test_what_happened(text, want):
    assert activity(text) == want


def test_a_second_thing_in_the_same_line():
    got = read("no answer from Ilsa so emailed her")
    assert (got.activity.kind, got.activity.outcome) == ("call", "no_answer")
    assert [(a.kind, a.direction) for a in got.more_activities] == [("email", "out")]


def test_the_time_it_happened():
    assert read("met Ilsa yesterday").as_json()["activity"]["at"] == "2026-03-10"
    assert read("met Ilsa yesterday 3pm 45min").as_json()["activity"]["at"] == "2026-03-10T15:00"
    assert read("met Ilsa yesterday 3pm 45min").activity.minutes == 45
    assert read("called Ilsa this morning, no answer").as_json()["activity"]["at"] == "2026-03-11T09:00"
    assert read("met Ilsa last week").unsure == ["at"]
    assert read("met Ilsa last week").activity.at is None


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Ilsa will send the volumes by fri", ["them todo: send the volumes @ 2026-03-13"]),
        ("Ilsa to confirm the slot by wed", ["them todo: confirm the slot @ 2026-03-18"]),
        ("Ilsa is going to send the volumes", ["them todo: send the volumes"]),
        ("Ilsa'll send the volumes", ["them todo: send the volumes"]),
        ("Ilsa owes me the volumes", ["them todo: me the volumes"]),
        ("Ilsa promised to send the volumes mon", ["them todo: send the volumes @ 2026-03-16"]),
        ("Ilsa said she'd send the volumes mon", ["them todo: send the volumes @ 2026-03-16"]),
        ("Ilsa might send the volumes mon", []),
        ("if Ilsa sends the volumes we can start", []),
        ("I owe Ilsa a quote by mon", ["me todo: Ilsa a quote @ 2026-03-16"]),
        ("will call Ilsa fri", ["me call: call Ilsa @ 2026-03-13"]),
        ("Ilsa asked me to ring her on friday", ["me call: ring her @ 2026-03-13"]),
        ("demo with Ilsa next thurs 2:30", ["me meeting: demo with Ilsa @ 2026-03-19 14:30:00"]),
        ("send Ilsa the deck", ["me todo: send Ilsa the deck"]),
        ("email Ilsa the deck in 20 min", ["me email: email Ilsa the deck @ 2026-03-11 09:50:00"]),
        ("call Ilsa mon or tues", ["me call: call Ilsa"]),
    ],
)
def test_next_steps(text, want):
    assert steps(text) == want


def test_two_days_are_no_day():
    assert "next_steps" in read("call Ilsa mon or tues").unsure


def test_a_step_may_move_an_open_one():
    got = read("moved the meeting with Ilsa to thurs 11")
    assert [(s.kind, s.moves, s.what) for s in got.next_steps] == [("meeting", True, "meeting with Ilsa")]


def test_what_was_done_is_told_in_its_words():
    assert [d.words for d in read("sent the proposal to Ilsa, call her fri").done] == ["sent the proposal to Ilsa"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (
            "marlowe moved to negotiation, 45k, closing 3/31",
            {"stage": "Negotiation", "amount": "45000.00", "close_on": "2026-03-31"},
        ),
        ("sent Ilsa the proposal", {}),
        ("94k if marlowe signs by June", {}),
        ("marlowe would do 80k if we throw in training", {}),
        ("rosa at marlowe said their budget is 40k", {}),
        ("we walked from marlowe", {"outcome": "walked"}),
        ("marlowe walked", {"outcome": "lost"}),
        ("marlowe: they walked, no budget", {"outcome": "lost"}),
        ("lost marlowe, went with the incumbent", {"outcome": "lost"}),
        ("marlowe signed!! 46k", {"outcome": "won", "amount": "46000.00"}),
        ("marlowe signed the NDA", {}),
        ("marlowe not lost yet", {}),
        ("lost signal with Ilsa", {}),
        ("Ilsa won over the CFO", {}),
        ("marlowe pushed to end of april", {"close_on": "2026-04-30"}),
        ("marlowe slips to Q3", {"close_on": "2026-09-30"}),
        ("marlowe £45k (was 48k)", {"amount": "45000.00"}),
        ("marlowe cut from 48k to 40k", {"amount": "40000.00"}),
        ("marlowe is now two hundred thousand", {"amount": "200000.00"}),
    ],
)
def test_deal_changes(text, want):
    assert changes(text) == want


def test_a_foreign_sign_keeps_the_number_and_warns():
    got = read("marlowe now €45k", settings=Settings(currency="USD"))
    assert str(got.deal_changes.amount) == "45000"
    assert got.warnings == [("currency", "EUR")]
    assert read("marlowe now $45k", settings=Settings(currency="USD")).warnings == []


def who(text, **kw):
    got = read(text, **kw)
    return got.prospect and got.prospect.name, [p.name for p in got.people], got.unsure


def test_names_with_one_reading():
    assert who("called jorg bottger")[:2] == ("Böttger Fördertechnik GmbH", ["Jörg Böttger"])
    assert who("called Rupert Q")[1] == ["Rupert Quennell"]
    assert who("spoke to ben at goldcrest")[1] == ["Ben Hoffman"]
    assert who("southwick freight: called Victor")[1] == ["Victor Cobb"]
    assert who("called Shreia at ostinatto, no ans")[:2] == ("Ostinato Labs Inc", ["Shreya Iyer"])
    assert who("coffee with finch and thrush")[0] == "Finch & Thrush Design"
    assert who("called Hope, she likes it")[1] == ["Hope Balogun"]
    assert who("hope they like it")[1] == []


def test_names_with_two_readings_stay_open():
    prospect, people, unsure = who("called Victor")
    assert (prospect, people) == (None, []) and {"prospect", "people"} <= set(unsure)
    got = read("southwick wants a second demo")
    assert got.prospect is None and got.unsure == ["prospect"]
    assert sorted(p.name for p in got.candidates["prospect"]) == ["Southwick Foods Ltd", "Southwick Freight Ltd"]


def test_names_nobody_knows():
    got = read("called Bridget at Zentrum Pharma, left vm")
    assert got.prospect is None and got.people == [] and {"prospect", "people"} <= set(got.unsure)
    assert got.unknown["prospect"] == ["Zentrum Pharma"]
    prospect, people, unsure = who("called Bridget at Marlowe")
    assert (prospect, people) == ("Marlowe Systems Inc", []) and "people" in unsure


def test_a_person_is_never_linked_at_another_company():
    prospect, people, unsure = who("Ilsa Moreno at Falken emailed")
    assert (prospect, people) == ("Falken Tooling GmbH", []) and "people" in unsure


def test_no_name_at_all_is_the_pages():
    assert who("do expenses mon") == (None, [], [])
    page = Context(prospect_id=1)
    assert read("left vm, call back fri", context=page).prospect.name == "Marlowe Systems Inc"
    assert read("emailed Hope", context=page).prospect.name == "Lumina Learning"


def test_the_page_breaks_a_tie():
    ids = {p.name: p.id for p in KNOWN.prospects.values()}
    got = read("called Victor", context=Context(prospect_id=ids["Ostinato Labs Inc"]))
    assert [p.name for p in got.people] == ["Victor Stein"]


def test_several_open_deals_and_none_named():
    got = read("harrier moved to negotiation")
    assert got.deal is None and got.unsure == ["deal"] and got.deal_changes.stage == "Negotiation"
    assert [d.name for d in got.candidates["deal"]] == ["Harrier broker portal", "Harrier claims portal"]
    assert read("harrier broker portal moved to negotiation").deal.name == "Harrier broker portal"


def test_no_deal_and_money_named():
    got = read("kolinec now 30k")
    assert got.deal is None and "deal" in got.unsure and str(got.deal_changes.amount) == "30000"
    assert "deal" in got.unknown


def test_day_first_where_the_setting_says_so():
    assert read("call Ilsa 4/12", settings=Settings(date_order="dmy")).next_steps[0].due_on.isoformat() == "2026-12-04"
    assert read("call Ilsa 4/12").next_steps[0].due_on.isoformat() == "2026-04-12"


def test_an_empty_directory_knows_nobody():
    got = parse("called Ilsa at Marlowe, left vm", datetime(2026, 3, 11, 9, 30), Directory(STAGES))
    assert got.activity.outcome == "left_voicemail" and got.prospect is None and "prospect" in got.unsure
