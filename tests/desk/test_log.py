"""The quick log: one line in, records out; never refused, never twice, always undone in one go."""

import uuid
from datetime import date, time
from decimal import Decimal

import pytest
import time_machine

from accounts.models import Activity, Contact, Entry, Prospect, Step
from deals.models import Deal, DealChange
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wednesday(installation):
    # 09:30 on Wednesday 11 March 2026 in New York
    with time_machine.travel("2026-03-11T13:30:00Z", tick=False):
        yield


@pytest.fixture
def halden(installation):
    return make.prospect("Halden Freight")


@pytest.fixture
def dana(halden):
    return make.contact(halden, "Dana Whitfield")


def log(client, text, **data):
    headers = data.pop("headers", {})
    return client.post("/log/", {"text": text, "uuid": str(uuid.uuid4())} | data, headers=headers)


def test_call_outcome_and_next_step_in_one_line(seller, dana):
    text = "called Dana at Halden, left vm, call back thu 10am"
    answer = log(seller, text)
    assert answer.status_code == 303
    activity = Activity.objects.get()
    assert (activity.kind, activity.direction, activity.outcome) == ("call", "out", "left_voicemail")
    assert activity.text == text and activity.at.isoformat() == "2026-03-11T13:30:00+00:00"
    assert list(activity.contacts.all()) == [dana] and activity.prospect == dana.prospect
    step = Step.objects.get()
    assert (step.owner, step.kind, step.due_on, step.due_time) == ("me", "call", date(2026, 3, 12), time(10))
    assert step.contact == dana


def test_deal_moves_and_its_history_is_kept(seller, halden):
    make.deal(halden, "Halden rollout")
    log(seller, "halden moved to negotiation, 45k, closing 3/31")
    deal = Deal.objects.get()
    assert (deal.stage.name, deal.amount, deal.close_on) == ("Negotiation", Decimal(45000), date(2026, 3, 31))
    assert DealChange.objects.count() == 2


def test_a_lost_deal_keeps_the_reason_in_the_sellers_words(seller, halden):
    make.deal(halden, "Halden rollout")
    log(seller, "lost halden, went with the incumbent")
    deal = Deal.objects.get()
    assert (deal.outcome, deal.ended_on) == ("lost", date(2026, 3, 11))
    assert deal.end_reason == "went with the incumbent"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("won halden, 19k", ""),
        ("halden signed!! 205k", ""),
        ("walked away from halden - they wanted 40% off for nothing", "they wanted 40% off for nothing"),
        ("lost halden because the budget went", "the budget went"),
    ],
)
def test_the_reason_of_an_end_is_what_follows_it(seller, halden, text, reason):
    make.deal(halden, "Halden rollout")
    log(seller, text)
    assert (Deal.objects.get().is_open, Deal.objects.get().end_reason) == (False, reason)


def test_one_undo_takes_all_of_it_back(seller, dana):
    deal = make.deal(dana.prospect, "Halden rollout", amount=Decimal(30000))
    due = make.step(dana.prospect, "Call Dana", "2026-03-11", kind="call", contact=dana)
    log(seller, "called Dana, deal is 45k now, she'll send the numbers by fri, call her mon")
    deal.refresh_from_db()
    due.refresh_from_db()
    assert (deal.amount, due.state, Step.objects.open().count()) == (Decimal(45000), "done", 2)
    Entry.objects.latest("pk").undo()
    deal.refresh_from_db()
    due.refresh_from_db()
    assert (deal.amount, due.state) == (Decimal(30000), "open")
    assert not Activity.objects.exists() and list(Step.objects.all()) == [due]


def test_sent_twice_is_stored_once(seller, dana):
    key = str(uuid.uuid4())
    for _ in range(2):
        assert log(seller, "called Dana, no answer", uuid=key).status_code == 303
    assert Activity.objects.count() == 1


def test_nothing_understood_is_a_note_word_for_word(seller, htmx):
    text = "  Ünïcode 🙂 <b>& nothing</b> a parser would know…  "
    assert log(seller, text, headers=htmx).status_code == 204
    activity = Activity.objects.get()
    assert (activity.kind, activity.text) == ("note", text.strip())


def test_a_line_that_breaks_the_grammar_is_kept_as_a_note(seller, monkeypatch):
    from crm.desk import quicklog

    monkeypatch.setattr(quicklog, "parse", lambda *args, **kwargs: 1 / 0)
    assert log(seller, "called Dana").status_code == 303
    assert Activity.objects.get().text == "called Dana"


def test_an_unknown_name_is_kept_and_asked_about(seller):
    log(seller, "called Bridget at Harrowgate Plastics, left vm, call back fri")
    entry = Entry.objects.latest("pk")
    assert "prospect" in entry.pending
    assert not Prospect.objects.exists()
    assert Activity.objects.get().outcome == "left_voicemail"
    assert "Check what you logged" in seller.get("/").content.decode()


def test_a_new_prospect_and_its_contact_are_made_in_place(seller):
    log(
        seller,
        "called Bridget at Harrowgate Plastics, left vm, call back fri",
        prospect="new",
        person="new:Bridget",
    )
    prospect = Prospect.objects.get()
    assert prospect.name == "Harrowgate Plastics"
    assert Contact.objects.get().prospect == prospect
    assert Activity.objects.get().prospect == Step.objects.get().prospect == prospect
    assert Entry.objects.latest("pk").pending == {}


def test_an_ambiguous_name_takes_the_one_that_was_tapped(seller, halden):
    webb = make.contact(halden, "Marcus Webb")
    make.contact(make.prospect("Tessera Labs"), "Marcus Feld")
    log(seller, "called Marcus, left vm")
    assert Activity.objects.get().prospect is None
    log(seller, "called Marcus, left vm", person=str(webb.pk))
    assert Activity.objects.latest("pk").prospect == halden


def test_an_id_that_was_not_on_offer_is_ignored(seller, halden):
    make.contact(halden, "Marcus Webb")
    make.contact(make.prospect("Tessera Labs"), "Marcus Feld")
    stranger = make.contact(make.prospect("Elsewhere"), "Nobody Asked")
    log(seller, "called Marcus, left vm", person=str(stranger.pk), prospect=str(stranger.prospect.pk), deal="7")
    assert Activity.objects.get().prospect is None


def test_chips_that_were_changed_win_over_the_words(seller, dana):
    log(
        seller,
        "called Dana, left vm, call back thu 10am",
        **{
            "act": "call:out:connected",
            "was-act": "call:out:left_voicemail",
            "step-0-on": "2026-03-20",
            "was-step-0-on": "2026-03-12",
            "step-0-time": "10:00",
            "was-step-0-time": "10:00",
        },
    )
    assert Activity.objects.get().outcome == "connected"
    assert Step.objects.get().due_on == date(2026, 3, 20)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "nonsense", ""])
@pytest.mark.parametrize("clock", ["00:00", "23:59:59.999999", "00:00+14:00", "24:00", "nonsense", ""])
def test_no_value_of_a_chip_breaks_it_or_the_page_after(seller, dana, zone, day, clock):
    make.installation(time_zone=zone)
    chips = {"on": day, "time": clock, "step-0-on": day, "step-0-time": clock}
    chips |= {f"was-{name}": "as drawn" for name in list(chips)}
    assert log(seller, "called Dana, left vm, call back thu", **chips).status_code == 303
    assert seller.post("/log/preview/", {"text": "called Dana", **chips}).status_code == 200
    assert Activity.objects.get().on.year == Step.objects.get().due_on.year == 2026
    assert seller.get(f"/prospects/{dana.prospect.pk}/").status_code == 200


def test_a_chip_merely_shown_does_not_override_what_was_typed_on(seller, dana):
    log(seller, "called Dana, left vm, call back fri", **{"step-0-on": "2026-03-12", "was-step-0-on": "2026-03-12"})
    assert Step.objects.get().due_on == date(2026, 3, 13)


def test_the_page_fills_in_what_the_line_leaves_out(seller, dana):
    log(seller, "no answer, try again tomorrow", context=f"contact-{dana.pk}")
    assert Activity.objects.get().prospect == dana.prospect
    assert Step.objects.get().prospect == dana.prospect


def test_moving_a_meeting_moves_the_open_step(seller, dana):
    step = make.step(dana.prospect, "Meet Dana", "2026-03-12", kind="meeting", contact=dana)
    log(seller, "moved the meeting with Dana to mon 11")
    step.refresh_from_db()
    assert (step.due_on, step.due_time) == (date(2026, 3, 16), time(11))
    assert Step.objects.count() == 1


def test_doing_what_was_promised_finishes_it(seller, dana):
    price = make.step(dana.prospect, "Send the pricing", "2026-03-12", kind="email")
    other = make.step(dana.prospect, "Send the contract", "2026-03-12", kind="email")
    log(seller, "emailed Dana the pricing")
    price.refresh_from_db()
    other.refresh_from_db()
    assert (price.state, other.state) == ("done", "open")


def test_a_try_that_reached_nobody_leaves_the_step_open(seller, dana):
    due = make.step(dana.prospect, "Call Dana", "2026-03-11", kind="call", contact=dana)
    log(seller, "called Dana, no answer")
    due.refresh_from_db()
    assert due.state == "open"


def test_private_is_inherited_by_what_the_line_makes(seller, manager, dana):
    log(seller, "called Dana, she is leaving, call her fri", private="1")
    assert Activity.objects.get().private and Step.objects.get().private
    assert "she is leaving" not in manager.get(f"/prospects/{dana.prospect.pk}/").content.decode()


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_line_says_so_and_stores_nothing(seller, htmx, text):
    assert "There is nothing to log yet" in log(seller, text).content.decode()
    assert log(seller, text).status_code == 422
    assert log(seller, text, headers=htmx).status_code == 422
    assert not Entry.objects.filter(kind="quicklog").exists()


def test_too_long_is_refused_and_kept_in_the_box(seller):
    answer = log(seller, "x" * 10_001)
    assert answer.status_code == 422 and "x" * 10_001 in answer.content.decode()
    assert not Activity.objects.exists()


def test_next_goes_only_to_ourselves(seller, dana):
    assert log(seller, "called Dana", next="/prospects/").url == "/prospects/"
    assert log(seller, "called Dana", next="https://evil.example/").url == "/log/"


def test_toast_says_what_was_logged_and_offers_undo(seller, dana, htmx):
    answer = log(seller, "called Dana, left vm", headers=htmx)
    assert "Call with Dana, Halden Freight" in answer["HX-Trigger"]
    assert f"/undo/{Entry.objects.latest('pk').uuid}/" in answer["HX-Trigger"]


def test_toast_names_what_became_of_the_deal(seller, halden):
    make.deal(halden)
    assert log(seller, "Halden moved to negotiation, 45k, closing 3/31").status_code == 303
    said = "Note, Halden Freight; now Negotiation, $45,000, closing Tue Mar 31"
    assert Entry.objects.get(kind=Entry.QUICKLOG).summary.replace("\xa0", " ") == said
    log(seller, "won Halden")
    assert Entry.objects.filter(kind=Entry.QUICKLOG, summary="Note, Halden Freight; won").exists()


def test_page_shows_box_recent_people_and_what_is_due(seller, dana):
    make.activity(dana.prospect, "call", contacts=[dana])
    make.step(dana.prospect, "Send price", "2026-03-11")
    text = seller.get("/log/?text=called+Dana").content.decode()
    assert "called Dana</textarea>" in text and "Dana Whitfield" in text and "Send price" in text


def test_an_outcome_is_a_tap_away_for_whom_the_page_is_about(seller, dana):
    text = seller.get(f"/log/?context=contact-{dana.pk}").content.decode()
    assert "What happened<span data-about-words> with Dana</span>?" in text
    for outcome in ("connected", "left_voicemail", "left_message", "no_answer", "busy", "wrong_number"):
        assert f'href="/calls/create/?outcome={outcome}&amp;contact={dana.pk}"' in text
    assert 'href="/calls/create/?outcome=busy"' in seller.get("/log/").content.decode()


def test_whom_something_is_due_with_stands_before_whom_was_talked_to(seller, dana):
    lou = make.contact(make.prospect("Ember"), "Lou Castellane")
    piet = make.contact(make.prospect("Lumen"), "Piet van Houten")
    make.activity(dana.prospect, contacts=[dana])
    make.step(lou.prospect, "Call Lou", "2026-03-12", contact=lou)
    make.step(piet.prospect, "Call Piet", "2026-03-20", contact=piet)
    text = seller.get("/log/").content.decode()
    lou_at, dana_at = (
        text.index(f'data-log-about="contact-{lou.pk}"'),
        text.index(f'data-log-about="contact-{dana.pk}"'),
    )
    assert lou_at < dana_at and f'data-log-about="contact-{piet.pk}"' not in text


def test_recent_people_say_where_it_stands(seller, dana):
    make.activity(dana.prospect, on=date(2026, 3, 9), contacts=[dana], outcome="connected", direction="out")
    assert "Halden Freight, 2 d silent" in seller.get("/log/").content.decode()
    make.step(dana.prospect, "Send the price", "2026-03-11", due_time="11:00", contact=dana)
    assert "Halden Freight, Send the price, 11:00" in seller.get("/log/").content.decode().replace("\xa0", " ")
    make.step(dana.prospect, "the introduction", "2026-03-10", owner="them")
    assert "Halden Freight, owes you: the introduction" in seller.get("/log/").content.decode()


def test_htmx_gets_what_stands_around_the_line(seller, dana, htmx):
    make.step(dana.prospect, "Send price", "2026-03-11")
    text = seller.get("/log/", headers=htmx).content.decode()
    assert text.startswith('<div class="log-around" id="log-around"') and "Send price" in text


def test_manager_and_stranger_may_not(manager, stranger, dana):
    assert log(manager, "called Dana").status_code == 403
    assert manager.get("/log/").status_code == 403
    assert log(stranger, "called Dana").url.startswith("/login/")
    assert not Activity.objects.exists()
