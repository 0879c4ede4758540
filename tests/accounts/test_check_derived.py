"""What is derived stays equal to what follows, whatever happens in whatever order."""

import json
import os
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts import checking, trash
from accounts.models import Activity, Contact, EmailAddress, Entry, PhoneNumber, Prospect, Standing, Step
from accounts.records import ChangedSince
from crm.web import clock, textindex
from deals.models import Deal, Stage
from tests import make

# CALLBACK_EXAMPLES=2000 is the long run.
EXAMPLES = int(os.environ.get("CALLBACK_EXAMPLES", "25"))
DAY = date(2026, 3, 11)


def found(**kwargs):
    return [str(difference) for difference in checking.differences(**kwargs)]


# Each thing that can be spoilt, and the check that sees it -------------------------------------------


@pytest.fixture
def records(installation):
    acme = make.prospect("Acme")
    dana = make.contact(acme, emails=["Dana@Acme.example"], phones=["+1 415 555 0142"])
    deal = make.deal(acme, amount=Decimal(100), close_on=DAY)
    make.activity(acme, contacts=[dana], deal=deal, direction="out", outcome="no_answer", text="rang")
    make.step(acme, due_on=DAY, deal=deal, contact=dana)
    return acme


SPOILT = {
    "standing": lambda: Standing.objects.filter(audience="seller", deal=None).update(attempts=7),
    "standing gone": lambda: Standing.objects.filter(audience="others").delete(),
    "standing left": lambda: Prospect.everything.update(trashed_at=clock.now()),
    "two-way": lambda: Activity.objects.update(two_way=True),
    "slips": lambda: Deal.objects.update(slips=3),
    "stage since": lambda: Deal.objects.update(stage_since=None),
    "prospect name": lambda: Prospect.objects.update(folded="x"),
    "contact name": lambda: Contact.objects.update(name="Other"),
    "deal name": lambda: Deal.objects.update(folded="x"),
    "e-mail": lambda: EmailAddress.objects.update(folded="Dana@Acme.example"),
    "number": lambda: PhoneNumber.objects.update(e164=""),
    "index": lambda: textindex.put([("deal", Deal.objects.get().pk, False, "other", "")]),
    "index private": lambda: Activity.objects.update(private=True),
    "index gone": textindex.clear,
    "index left": lambda: textindex.put([("step", 999, False, "ghost", "")]),
}


@pytest.mark.django_db
@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_is_spoilt_is_seen_and_fixed(records, spoil):
    assert found() == []
    spoil()
    assert found()
    assert found(fix=True)
    assert found() == []


@pytest.mark.django_db
def test_command(records):
    out = StringIO()
    call_command("check_derived", stdout=out)
    assert "as it follows" in out.getvalue()
    Deal.objects.update(slips=3)
    with pytest.raises(SystemExit) as ended:
        call_command("check_derived", stdout=out)
    assert ended.value.code == 1
    assert f"history of deal {Deal.objects.get().pk}: slips is 3, not 0" in out.getvalue()
    out = StringIO()
    call_command("check_derived", "--fix", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert answer["fixed"] is True
    assert answer["differences"][0]["field"] == "slips"


# Random orders of entry, deletion, edit, re-filing and undo -------------------------------------------

pick = st.integers(0, 5)
days = st.integers(-40, 40).map(lambda n: DAY + timedelta(days=n))
KINDS = [
    *[("call", direction, outcome) for direction in ("in", "out") for outcome in Activity.OUTCOMES["call"]],
    *[("email", direction, outcome) for direction in ("in", "out") for outcome in ("", "auto_reply", "bounced")],
    *[("meeting", "", outcome) for outcome in Activity.OUTCOMES["meeting"]],
    *[("message", direction, "") for direction in ("in", "out")],
    ("note", "", ""),
]
NAMES = ["Dana Whitfield", "Zoë Ångström", "O’Neil & Sons", "dana"]


def any_of(model, n):
    rows = list(model.objects.order_by("pk"))
    return rows[n % len(rows)] if rows else None


def log(entry, kind, day, hour, n, m, private):
    deal = any_of(Deal, m) if m % 2 else None
    at = clock.instant(day, datetime.min.time().replace(hour=hour)) if hour else None
    row = Activity(
        prospect=deal.prospect if deal else any_of(Prospect, n),
        deal=deal,
        kind=kind[0],
        direction=kind[1],
        outcome=kind[2],
        on=day,
        at=at,
        private=private,
        text=NAMES[n % 4],
    )
    contact = any_of(Contact, n)
    row.write(entry, contacts=[contact.pk] if contact and m % 3 else [])


def plan(entry, n, m, day, private):
    deal = any_of(Deal, m) if m % 2 else None
    row = Step(
        prospect=deal.prospect if deal else any_of(Prospect, n),
        deal=deal,
        contact=any_of(Contact, n) if m % 3 else None,
        owner="them" if n % 2 else "me",
        what=f"Send {NAMES[m % 4]}",
        due_on=day if n % 3 else None,
        private=private,
    )
    row.write(entry)


def change_activity(entry, n, kind, day, private):
    row = any_of(Activity, n)
    if row:
        row.kind, row.direction, row.outcome = kind
        row.on, row.at, row.private = day, None, private
        row.write(entry)


def refile(entry, n, m):
    row = any_of(Activity, n) or any_of(Step, n)
    if row:
        row.prospect, row.deal = any_of(Prospect, m), None
        row.write(entry)


def change_step(entry, n, how, day):
    row = any_of(Step, n)
    if row:
        {"keep": row.keep, "drop": row.drop, "reopen": row.reopen}.get(how, lambda e: row.reschedule(e, day))(entry)


def change_contact(entry, n, m, name):
    row = any_of(Contact, n)
    if row:
        row.name, row.prospect = name, any_of(Prospect, m) or row.prospect
        row.write(entry, emails=[[f"{m}@x.example", ""]])


def change_prospect(entry, n, name):
    row = any_of(Prospect, n)
    if row:
        row.name = name
        row.write(entry)


def change_deal(entry, n, m, how, day):
    row = any_of(Deal, n)
    if not row:
        return
    if how == "move":
        row.move_to(any_of(Stage, m), entry)
    elif how == "close":
        row.close_on = day
        row.write(entry)
    elif how == "end":
        row.end(["won", "lost", "walked"][m % 3], entry, on=day)
    elif how == "reopen":
        row.reopen(entry)
    else:
        row.prospect = any_of(Prospect, m)
        row.write(entry)


def add(entry, n, name):
    prospect = any_of(Prospect, n)
    if n % 3 == 0 or prospect is None:
        Prospect(name=name).write(entry)
    elif n % 3 == 1:
        Contact(prospect=prospect, name=name).write(entry, emails=[["a@b.example", ""]])
    else:
        Deal(prospect=prospect, name=name, stage=any_of(Stage, n), close_on=DAY).write(entry)


def throw(entry, n, model):
    row = any_of(model, n)
    if row:
        row.trash(entry)


def fetch_back(entry, n, model):
    rows = list(model.everything.exclude(trashed_at=None).order_by("pk"))
    if rows:
        rows[n % len(rows)].bring_back(entry)


def retire(entry, n, m):
    row, other = any_of(Stage, n), any_of(Stage, m)
    if row and other and row != other:
        row.retire(entry, other)


def undo(entry, n):
    rows = list(Entry.objects.exclude(pk=entry.pk).order_by("-pk"))
    if rows:
        rows[n % len(rows)].undo()


def purge(entry, n):
    trash.purge(clock.now() + timedelta(days=31))


models = st.sampled_from([Prospect, Contact, Deal, Activity, Step])
kinds, names, flags = st.sampled_from(KINDS), st.sampled_from(NAMES), st.booleans()
OPERATIONS = st.one_of(
    st.tuples(st.just(log), kinds, days, st.integers(0, 23), pick, pick, flags),
    st.tuples(st.just(plan), pick, pick, days, flags),
    st.tuples(st.just(change_activity), pick, kinds, days, flags),
    st.tuples(st.just(refile), pick, pick),
    st.tuples(st.just(change_step), pick, st.sampled_from(["keep", "drop", "reopen", "later"]), days),
    st.tuples(st.just(change_contact), pick, pick, names),
    st.tuples(st.just(change_prospect), pick, names),
    st.tuples(st.just(change_deal), pick, pick, st.sampled_from(["move", "close", "end", "reopen", "refile"]), days),
    st.tuples(st.just(add), pick, names),
    st.tuples(st.just(throw), pick, models),
    st.tuples(st.just(fetch_back), pick, models),
    st.tuples(st.just(retire), pick, pick),
    st.tuples(st.just(undo), pick),
    st.tuples(st.just(purge), pick),
)


class TestAnyOrder(TestCase):
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
    @given(st.lists(OPERATIONS, min_size=4, max_size=16))
    def test_nothing_derived_goes_stale(self, operations):
        make.installation()
        acme = make.prospect("Acme")
        make.contact(acme)
        make.deal(acme, close_on=DAY)
        make.prospect("Globex")
        for do, *what in operations:
            try:
                with make.submission() as entry:
                    do(entry, *what)
            except ChangedSince:
                pass  # told, and nothing was changed
            assert found() == [], f"after {do.__name__}"
