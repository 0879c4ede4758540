"""Made-up volume for measuring: as much as asked for, skewed as life is, without sense or story.

A few prospects have hundreds of activities and most have a handful; a third of the deals are open, and
most of those have a step. Written in bulk, in one transaction.
"""

import uuid as uuids
from datetime import time, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from accounts import standing
from accounts.models import Activity, Batch, Contact, EmailAddress, NameChange, PhoneNumber, Prospect, Step, StepChange
from crm.web import clock, textindex
from deals.models import Deal, DealChange, DealContact, Stage

from .syllables import FIRST, HEAD, KINDS, LAST, TAIL, TITLES, TOPICS, TRADE

_CHUNK = 5000
_DAYS = 730


class RealRecords(Exception):
    """The database holds records that were not generated."""


def refuse_real():
    """Raises RealRecords where any record of a seller's is here."""
    for model in (Prospect, Contact, Deal, Activity, Step):
        if model.everything.exclude(batch__kind=Batch.GENERATED).exists():
            raise RealRecords(
                "This database holds real or sample records; generate made-up ones only where there are none "
                "(set CALLBACK_HOME to an empty folder and migrate)."
            )


def generate(prospects, contacts, deals, activities, seed=1):
    """Write that many of each, with steps. Returns how many rows of each kind. Raises RealRecords."""
    with transaction.atomic():
        refuse_real()
        count = Batch.objects.filter(kind=Batch.GENERATED).count()
        batch = Batch.objects.create(kind=Batch.GENERATED, label=f"Generated, seed {seed}")
        return Volume(batch, Random(f"{seed}/{count}")).write(prospects, contacts, deals, activities)  # noqa: S311


class Volume:
    def __init__(self, batch, dice):
        self.batch, self.dice = batch, dice
        self.today = clock.today()
        # A wall-clock hour of the seller's day, without asking the zone for each row.
        self.morning = clock.instant(self.today, time(8))

    def write(self, prospects, contacts, deals, activities):
        self._prospects(prospects)
        self._contacts(contacts)
        self._deals(deals)
        counts = _shares(activities, prospects, cap=max(20, 25 * activities // max(1, prospects)))
        self._activities(counts)
        steps = self._steps(activities // 8)
        for kind in ("prospect", "deal"):
            rows = getattr(self, f"{kind}s")
            standing.refresh(**{f"{kind}_ids": [row.pk for row in rows]})
        NameChange.objects.create(record_type="*")
        return {
            "prospects": prospects,
            "contacts": len(self.contacts),
            "deals": len(self.deals),
            "activities": sum(counts),
            "steps": steps,
        }

    # Rows -------------------------------------------------------------------------------------

    def _marked(self, model, days_ago, **fields):
        when = self.morning - timedelta(days=days_ago)
        row = model(batch=self.batch, created_at=when, changed_at=when, **fields)
        row.prepare()
        return row

    def _prospects(self, count):
        start = Prospect.everything.count()
        rows = []
        for n in range(start, start + count):
            head, tail = HEAD[n % len(HEAD)], TAIL[n // len(HEAD) % len(TAIL)]
            trade = TRADE[n // (len(HEAD) * len(TAIL)) % len(TRADE)]
            again = n // (len(HEAD) * len(TAIL) * len(TRADE))
            name = f"{head}{tail} {trade}" + (f" {again + 1}" if again else "")
            source = self.dice.choice(["referral", "website", "fair", "cold call"])
            rows.append(self._marked(Prospect, _DAYS, name=name, source=source, city=f"{tail.title()}ham"))
        self.prospects = _stored(Prospect, rows)

    def _contacts(self, count):
        rows = []
        for n in range(count):
            owner = self.prospects[n % len(self.prospects)] if self.prospects else None
            if n >= len(self.prospects):
                owner = self._often(self.prospects)
            name = f"{self.dice.choice(FIRST)} {self.dice.choice(LAST)}"
            rows.append(self._marked(Contact, _DAYS, prospect=owner, name=name, title=self.dice.choice(TITLES)))
        self.contacts = _stored(Contact, rows)
        emails, phones = [], []
        for n, row in enumerate(self.contacts):
            address = f"{row.folded.replace(' ', '.')}.{row.pk}@{row.prospect.folded.split(' ')[0]}.example"
            emails.append(EmailAddress(contact=row, raw=address, folded=address))
            raw = f"+44 20 7946 0{n % 1000:03d}"
            phones.append(PhoneNumber(contact=row, raw=raw, e164=raw.replace(" ", "")))
        EmailAddress.objects.bulk_create(emails, batch_size=_CHUNK)
        PhoneNumber.objects.bulk_create(phones, batch_size=_CHUNK)
        body = "{0.title} {0.prospect.name} {1.raw} {2.raw} {2.e164}".format
        textindex.put(
            ("contact", row.pk, False, row.name, body(row, email, phone))
            for row, email, phone in zip(self.contacts, emails, phones, strict=True)
        )
        self.people = {}
        for row in self.contacts:
            self.people.setdefault(row.prospect_id, []).append(row)

    def _deals(self, count):
        stages = list(Stage.objects.in_order())
        rows, changes = [], []
        for n in range(count):
            owner = self.prospects[n % len(self.prospects)]
            row = self._deal(owner, stages, n)
            rows.append(row)
            changes += self._history(row, stages)
        self.deals = _stored(Deal, rows)
        DealChange.objects.bulk_create(changes, batch_size=_CHUNK)
        people = [
            DealContact(deal=row, contact=who) for row in rows for who in self.people.get(row.prospect_id, [])[:2]
        ]
        DealContact.objects.bulk_create(people, batch_size=_CHUNK)
        self.deals_of = {}
        for row in rows:
            self.deals_of.setdefault(row.prospect_id, []).append(row)

    def _deal(self, owner, stages, n):
        age = self.dice.randrange(10, 500)
        ended = self.dice.random() > 0.35
        outcome = self.dice.choice(["won", "lost", "lost", "walked"]) if ended else "open"
        ended_on = self.today - timedelta(days=self.dice.randrange(age)) if ended else None
        return self._marked(
            Deal,
            age,
            prospect=owner,
            name=f"{owner.name} {self.dice.choice(TOPICS)} {n + 1}",
            stage=self.dice.choice(stages),
            amount=None if self.dice.random() < 0.05 else Decimal(self.dice.randrange(4, 240) * 500),
            close_on=ended_on or self.today + timedelta(days=self.dice.randrange(-20, 160)),
            outcome=outcome,
            ended_on=ended_on,
            end_reason="price" if outcome == "lost" else "",
            opened_on=self.today - timedelta(days=age),
        )

    def _history(self, row, stages):
        """From the first stage to where it is, now and then with a slip; sets what is derived from it."""
        last = row.ended_on or self.today
        span = max(1, (last - row.opened_on).days)
        moves = [stage for stage in stages if stage.position <= row.stage.position][-4:]
        row.slips = self.dice.choice([0, 0, 0, 1, 2]) if len(moves) > 1 else 0
        row.slips = min(row.slips, len(moves) - 1)
        row.slipped_days = 21 * row.slips
        rows = []
        for n, stage in enumerate(moves):
            on = row.opened_on + timedelta(days=span * n // (len(moves) + 1))
            slips_left = max(0, row.slips - n)
            close = row.close_on - timedelta(days=21 * slips_left)
            rows.append(self._change(row, stage, close, "open", on))
            row.stage_since = on
        if row.ended_on:
            rows.append(self._change(row, row.stage, row.close_on, row.outcome, row.ended_on))
        return rows

    def _change(self, row, stage, close, outcome, on):
        at = self.morning - timedelta(days=(self.today - on).days)
        return DealChange(
            deal=row, stage=stage, amount=row.amount, close_on=close, outcome=outcome, on=on, at=at, known_at=at
        )

    def _activities(self, counts):
        chunk = []
        for owner, count in zip(self.prospects, counts, strict=True):
            for _ in range(count):
                chunk.append(self._activity(owner))
            if len(chunk) >= _CHUNK:
                self._flush(chunk)
                chunk = []
        self._flush(chunk)

    def _activity(self, owner):
        """(activity, contact)"""
        dice = self.dice
        kind, direction, outcome, words, two_way, attempt = dice.choice(KINDS)
        days_ago = int(_DAYS * dice.random() ** 1.7) + (dice.random() < 0.98)
        # Seconds are spread so that hardly two rows share a moment.
        at = self.morning - timedelta(days=days_ago, seconds=-dice.randrange(36_000))
        who = dice.choice(self.people[owner.pk]) if owner.pk in self.people else None
        deals = self.deals_of.get(owner.pk)
        minutes = dice.randrange(5, 45) if two_way and direction != "in" else None
        topic, other = dice.choice(TOPICS), dice.choice(TOPICS)
        row = Activity(
            uuid=uuids.UUID(int=dice.getrandbits(128), version=4),
            batch=self.batch,
            prospect_id=owner.pk,
            deal=dice.choice(deals) if deals and dice.random() < 0.7 else None,
            kind=kind,
            direction=direction,
            outcome=outcome,
            on=clock.day_of(at),
            at=at,
            minutes=minutes,
            text=words.format(who=who.first_name if who else "them", topic=topic, other=other, min=minutes),
            private=dice.random() < 0.01,
            known_at=at,
            created_at=at,
            changed_at=at,
            two_way=two_way,
            attempt=attempt,
        )
        return row, who

    def _flush(self, pairs):
        rows = [row for row, _ in pairs]
        _stored(Activity, rows)
        through = Activity.contacts.through
        links = [through(activity_id=row.pk, contact_id=who.pk) for row, who in pairs if who]
        through.objects.bulk_create(links)

    def _steps(self, done):
        """Done ones anywhere, and an open one for two of three open deals."""
        rows, changes = [], []
        for _ in range(done if self.prospects else 0):
            owner = self._often(self.prospects)
            due = self.today - timedelta(days=self.dice.randrange(1, _DAYS))
            rows.append(self._step(owner, None, due, "done", due + timedelta(days=self.dice.choice([0, 0, 0, 2]))))
        for deal in self.deals:
            if deal.is_open and self.dice.random() < 0.66:
                due = self.today + timedelta(days=int(self.dice.triangular(-12, 60, 12)))
                rows.append(self._step(deal.prospect, deal, due, "open", None))
        _stored(Step, rows)
        for row in rows:
            changes.append(StepChange(step=row, known_at=row.known_at, **StepChange.copied(row)))
        StepChange.objects.bulk_create(changes, batch_size=_CHUNK)
        return len(rows)

    def _step(self, owner, deal, due, state, done_on):
        dice = self.dice
        days_ago = max(1, (self.today - due).days + dice.randrange(1, 8))
        people = self.people.get(owner.pk)
        row = self._marked(
            Step,
            days_ago,
            uuid=uuids.UUID(int=dice.getrandbits(128), version=4),
            prospect=owner,
            deal=deal,
            contact=dice.choice(people) if people else None,
            owner="them" if dice.random() < 0.25 else "me",
            kind=dice.choice(["call", "call", "email", "todo", "meeting"]),
            what=f"{dice.choice(['Call', 'Write', 'Ask'])} about {dice.choice(TOPICS)}",
            due_on=due,
            due_time=time(dice.randrange(9, 17)) if dice.random() < 0.2 else None,
            state=state,
            done_on=done_on,
        )
        row.known_at = row.created_at
        return row

    def _often(self, rows):
        """One of `rows`, the first ones more often."""
        return rows[int(len(rows) * self.dice.random() ** 2)]


def _shares(total, parts, cap):
    """`total` in `parts` numbers, falling like 1/rank, none above `cap`."""
    if not parts:
        return []
    weights = [1 / (rank + 8) ** 0.8 for rank in range(parts)]
    scale = total / sum(weights)
    counts = [min(cap, int(weight * scale)) for weight in weights]
    left = total - sum(counts)
    while left > 0:
        for n in range(parts):
            if left and counts[n] < max(cap, -(-total // parts)):
                counts[n] += 1
                left -= 1
    return counts


def _stored(model, rows):
    model.objects.bulk_create(rows, batch_size=_CHUNK)
    kind = model._meta.model_name
    if kind != "contact":  # its addresses are not written yet
        textindex.put((kind, row.pk, *row.document()) for row in rows)
    return rows
