"""Private lines do not exist for others: two databases that differ in nothing else show a manager the same bytes.

Every address is asked for, with the questions that sort, narrow, page and search. CALLBACK_EXAMPLES=200 tries more.
"""

import os
import re
import uuid
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from difflib import unified_diff

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts import standing
from accounts.models import Activity, Contact, Entry, Prospect, Step
from accounts.records import ChangedSince
from crm.desk import filing, privacy
from crm.web import clock, textindex
from deals.models import Deal
from tests import make
from tests.conventions.routes import World, walk
from tests.conventions.test_safe_methods import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_passwords")]
EXAMPLES = settings(
    max_examples=int(os.environ.get("CALLBACK_EXAMPLES", 2)),
    deadline=None,
    print_blob=True,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes longer than reading ten lines
    suppress_health_check=list(HealthCheck),
)
NOW = datetime(2026, 3, 11, 15, 30, tzinfo=UTC)
SECRET = "zyzzyva"  # stands in every private text and in no other
NAMES = uuid.UUID(int=7)


@pytest.fixture
def quick_passwords():
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


# What the manager asks -----------------------------------------------------------------------------

QUESTIONS = {
    "search": ["q=halden", "q=dana", f"q={SECRET}", "q=called&said=1", "q=price", "q=4155550142", "q=incumbent", "q="],
    "search_names": ["prospect=h", "contact=d", f"contact={SECRET}"],
    "prospect_list": [
        *(
            f"sort={sign}{name}"
            for name in ("name", "move", "next", "silence", "amount", "touch")
            for sign in ("", "-")
        ),
        *("silent=7", "step=none", "step=some", "move=mine", "move=theirs", f"q={SECRET}"),
    ],
    "prospect_export": ["", "sort=-touch"],
    "contact_list": ["", "q=dana", "sort=-name"],
    "deal_board": ["", "wrong=true"],
    "deal_list": [
        *(f"outcome=all&sort={name}" for name in ("heard", "-heard", "step", "-step", "close")),
        *("wrong=true", "no_step=true", f"q={SECRET}"),
    ],
    "deal_export": ["outcome=all", "wrong=true"],
    "status": ["", "as_of=2026-03-09", "as_of=2026-03-01", "sort=silence", "sort=amount"],
    "status_export": ["", "as_of=2026-03-09", "part=changes", "part=accounts"],
    "trash_list": ["", "kind=activity", "kind=step", "kind=contact"],
}
ACROSS = ["", "kind=note", "kind=call"]  # of timelines
# It ends the session. (Addresses with a token or a UUID in them are nobody's, or one submission's of the seller.)
LEFT_OUT = {"logout"}


def addresses(world):
    """Every address there is, for every record there is."""
    pks = {model: list(model.everything.values_list("pk", flat=True)) for model in (Prospect, Contact, Deal)}
    places = {"prospects": pks[Prospect], "contacts": pks[Contact], "deals": pks[Deal]}
    found = []
    for route in walk():
        if route.name in LEFT_OUT or {"token", "uuid"} & set(route.parameters):
            continue
        place, urls, questions = route.pattern.split("<")[0].strip("/"), [], []
        if route.parameters == ("pk",) and place in places:
            urls = [f"/{route.pattern.replace('<int:pk>', str(pk))}" for pk in places[place]]
            questions = ACROSS if "timeline" in route.name or "detail" in route.name else [""]
        else:
            with suppress(AssertionError):  # no sample arguments: tests/conventions says so
                urls, questions = [world.url(route).split("?")[0]], QUESTIONS.get(route.name, [""])
        found += [f"{url}?{question}" if question else url for url in urls for question in questions]
    return found


def private_addresses():
    """Those of private records, which must look like those of records that never were."""
    for model, place in ((Activity, "activities"), (Step, "steps")):
        for pk, mark in model.everything.filter(private=True).values_list("pk", "uuid"):
            yield f"/{place}/{pk}/edit/"
            yield from (f"/prospects/{n}/timeline/?before={name}" for n in (1, 2) for name in (pk, mark))


_RANDOM = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<="x-csrftoken": ")\w+|(?<="token": ")\w+'
    r'|(?<=name="uuid" value=")[\w-]+'
)


def pages(world, urls):
    """{what was asked: all of the answer}; nothing that asking leaves behind outlives this."""
    found = {}
    with rolled_back():
        cache.clear()
        manager, holder = signed_in(world.manager), Client(raise_request_exception=False)
        for url in urls:
            for headers in ({},) if "?" in url else ({}, {"HX-Request": "true"}):
                found[url, *headers] = said(manager.get(url, headers=headers))
        found["the link"] = said(holder.get(f"/s/{world.token}/"))
    return found


def said(answer):
    body = (b"".join(answer) if answer.streaming else answer.content).decode()
    assert answer.status_code < 500, body[-2000:]
    return answer.status_code, dict(answer.headers), _RANDOM.sub("X", body)


@contextmanager
def rolled_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def compare(one, other):
    assert one.keys() == other.keys()
    for asked, answer in one.items():
        assert SECRET not in repr(answer).casefold() or SECRET in repr(asked), f"{asked} shows a private word"
        assert answer == other[asked], f"{asked} tells of a private line:\n{differing(answer, other[asked])}"


def differing(one, other):
    """The lines in which two answers differ."""
    lines = [repr(answer[:2]).splitlines() + answer[2].splitlines() for answer in (one, other)]
    return "\n".join(unified_diff(*lines, lineterm="", n=0))[:3000]


# What the seller did -------------------------------------------------------------------------------

LINES = [
    "called Dana at Halden Freight, left vm, call back thu 10am",
    "met Dana Whitfield (Halden Freight) yesterday 3pm: budget ok, send proposal fri",
    "emailed halden freight the pricing, chase in 3 days",
    "halden moved to negotiation, 45k, closing 3/31",
    "Dana called back, she'll send the security questionnaire by next wed",
    "lost halden, went with the incumbent",
    "won halden rollout, happy with the price",
    "called globex, no answer",
    "globex wrote: when can you come? meet them on friday 2pm",
    "globex deal 20k closing end of april",
    "met Orla Finch (Globex): she decides, send her the contract monday",
    "price sent to Dana",
]
days = st.integers(-40, 20)
kinds = st.sampled_from([
    ("call", "out", "no_answer"), ("call", "out", "connected"), ("call", "in", "no_answer"), ("email", "in", ""),
    ("email", "out", ""), ("meeting", "", "held"), ("meeting", "", "no_show"), ("message", "in", ""), ("note", "", ""),
])  # fmt: skip
touches = st.tuples(st.just("activity"), st.booleans(), kinds, days, st.sampled_from("pdcn"))
steps = st.tuples(st.just("step"), st.booleans(), st.sampled_from(["me", "them"]), days, st.sampled_from("pdcn"))
lines = st.tuples(st.just("line"), st.booleans(), st.sampled_from(LINES), st.sampled_from(["new", "none", ""]))
later = st.tuples(st.sampled_from(["hide", "show", "done", "trash", "undo", "move"]), st.integers(0, 50))


class Day:
    """Does what it is told, one thing after another."""

    def __init__(self, world):
        self.world, self.entries = world, []

    def do(self, op):
        getattr(self, op[0])(*op[1:])

    def line(self, private, text, choice):
        text = f"{text}; {SECRET}" if private else text
        choices = filing.Choices(prospect=choice, people=[f"{choice}:Orla Finch"], deal=choice)
        self.entries.append(
            filing.record(text, uuid=uuid.uuid4(), author=self.world.seller, choices=choices, private=private)
        )

    def activity(self, private, kind, day, about):
        kind, direction, outcome = kind
        on, place, people = clock.today() + timedelta(days=min(day, 0)), self._place(about), self._people(about)
        text = f"{SECRET} {kind}" if private else f"said in a {kind}"
        fields = {"direction": direction, "outcome": outcome, "text": text, "private": private}
        return make.activity(kind=kind, on=on, contacts=people, **place, **fields)

    def step(self, private, owner, day, about):
        what = f"{SECRET} step" if private else "Send the paper"
        place, due = self._place(about), clock.today() + timedelta(days=day)
        contact = self.world.contact if about == "c" else None
        return make.step(what=what, due_on=due, owner=owner, private=private, contact=contact, **place)

    def _place(self, about):
        deal = self.world.deal if about == "d" else None
        return {"prospect": None if about == "n" else self.world.prospect, "deal": deal}

    def _people(self, about):
        return [self.world.contact] if about == "c" else []

    def hide(self, number):
        self._mark(number, True)

    def show(self, number):
        """What was secret stays so in this world: only what never was is shown again."""
        if SECRET not in self._pick(Activity, number).text:
            self._mark(number, False)

    def _mark(self, number, private):
        activity = self._pick(Activity, number)
        with make.submission(author=self.world.seller) as entry:
            privacy.mark(activity, private, entry)

    def done(self, number):
        with make.submission() as entry:
            self._pick(Step, number).keep(entry)

    def move(self, number):
        with make.submission() as entry:
            self._pick(Step, number).reschedule(entry, clock.today() + timedelta(days=number % 9))

    def trash(self, number):
        with make.submission() as entry:
            self._pick((Activity, Step)[number % 2], number).trash(entry)
        self.entries.append(entry)

    def undo(self, number):
        if self.entries:
            with suppress(ChangedSince):
                self.entries[number % len(self.entries)].undo()

    def _pick(self, model, number):
        rows = list(model.objects.order_by("pk"))
        return rows[number % len(rows)]


def forget_private():
    """As if no private line had ever been."""
    for model, kind in ((Activity, "activity"), (Step, "step")):
        rows = model.everything.filter(private=True)
        textindex.drop((kind, pk) for pk in rows.values_list("pk", flat=True))
        rows.delete()
    Entry.objects.filter(text__contains=SECRET).update(text="", summary="", pending={}, result={})
    ids = [model.objects.values_list("pk", flat=True) for model in (Prospect, Deal)]
    standing.refresh(*ids)


@EXAMPLES
@given(ops=st.lists(st.one_of(lines, touches, steps, later), min_size=4, max_size=14))
def test_without_private_lines_a_manager_sees_the_same(installation, ops):
    with time_machine.travel(NOW, tick=False), rolled_back():
        world = World()
        day = Day(world)
        for op in ops:
            day.do(op)
        urls = [*addresses(world), *private_addresses()]
        before = pages(world, urls)
        forget_private()
        compare(before, pages(world, urls))


@EXAMPLES
@given(ops=st.lists(st.one_of(touches, steps), min_size=4, max_size=14), hidden=st.integers(0, 9))
def test_a_database_that_never_had_them_looks_the_same(installation, ops, hidden):
    """Built twice, with and without: not even a gap in the ids tells that something is missing."""

    def built(private):
        with time_machine.travel(NOW, tick=False), rolled_back():
            world = World()
            day = Day(world)
            for number, op in enumerate(ops):
                secret = op[1] or number == hidden
                if not secret or private:
                    made = getattr(day, op[0])(*op[1:])
                    if secret and not made.private:
                        _hide(made)
            _name_by_rank()
            return pages(world, addresses(world))

    compare(built(True), built(False))


def _hide(made):
    """Seen by all for a while, and private in the end."""
    made.text = made.what = f"{SECRET} after all"
    made.private = True
    with make.submission() as entry:
        made.write(entry)


def _name_by_rank():
    """UUIDs are random: the first public record of a kind gets the first name in either database."""
    for model in (Activity, Step):
        for rank, pk in enumerate(model.everything.public().order_by("pk").values_list("pk", flat=True)):
            model.everything.filter(pk=pk).update(uuid=uuid.uuid5(NAMES, f"{model.__name__} {rank}"))
    ids = [model.objects.values_list("pk", flat=True) for model in (Prospect, Deal)]
    standing.refresh(*ids)
