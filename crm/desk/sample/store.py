"""Write the told year into the database in bulk, every row marked with one batch."""

import uuid as uuids
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db.models import Prefetch

from accounts import standing
from accounts.models import Activity, Contact, EmailAddress, NameChange, PhoneNumber, Prospect, Step, StepChange
from crm.web import clock, textindex
from crm.web.text import fold
from deals.models import Deal, DealChange, DealContact, Stage

from .cast import phone

_NAMESPACE = uuids.UUID("5f0c8a52-6f4e-4f0c-9d6a-3a1c6f3b7e10")


class Writer:
    """One load: threads in, rows out."""

    def __init__(self, threads, batch, today):
        self.threads, self.batch, self.today = threads, batch, today
        self.stages = list(Stage.objects.in_order())
        self.people = {}  # (thread number, person number) → Contact
        self.deals = {}  # id of PlannedDeal → Deal
        self.count = 0

    def write(self):
        self._prospects()
        self._contacts()
        self._deals()
        self._activities()
        self._steps()
        self._follow()
        return {
            "prospects": len(self.prospects),
            "contacts": len(self.people),
            "deals": len(self.deals),
            "activities": len(self.activities),
            "steps": len(self.steps),
        }

    def uuid(self):
        """The next of a sequence that is the same for the same day."""
        self.count += 1
        return uuids.uuid5(_NAMESPACE, f"{self.today}:{self.count}")

    def stage(self, n):
        """The n-th of our six, spread over however many stages there are now."""
        return self.stages[min(n * len(self.stages) // 6, len(self.stages) - 1)]

    def _prospects(self):
        rows = []
        for thread in self.threads:
            firm, known = thread.firm, known_at(thread.beats[0]) - timedelta(days=1)
            row = Prospect(
                name=firm.name,
                source=firm.source,
                website=f"https://{firm.domain}.example",
                city=firm.city,
                country=firm.country,
                about=f"{firm.size[0].upper()}{firm.size[1:]}; plans with {firm.tool}",
                parked_until=self.today + timedelta(days=thread.parked) if thread.parked else None,
                batch=self.batch,
                created_at=known,
                changed_at=known,
            )
            row.prepare()
            rows.append(row)
        self.prospects = Prospect.objects.bulk_create(rows)

    def _contacts(self):
        emails, phones = [], []
        for number, thread in enumerate(self.threads):
            for n, person in enumerate(thread.firm.people):
                first = next((b for b in thread.beats if n in b.who), thread.beats[0])
                row = Contact(
                    prospect=self.prospects[number],
                    name=person.name,
                    title=person.title,
                    time_zone=thread.firm.zone,
                    batch=self.batch,
                    created_at=known_at(first),
                    changed_at=known_at(first),
                )
                row.prepare()
                self.people[number, n] = row
        Contact.objects.bulk_create(self.people.values())
        for count, ((number, _), row) in enumerate(self.people.items()):
            firm = self.threads[number].firm
            emails.append(EmailAddress.of(row, f"{fold(row.name).replace(' ', '.')}@{firm.domain}.example", "work"))
            phones.append(PhoneNumber.of(row, phone(firm, count), "direct"))
            if count % 4 == 0:
                phones.append(PhoneNumber.of(row, phone(firm, count + len(self.people)), "mobile", 1))
        EmailAddress.objects.bulk_create(emails)
        PhoneNumber.objects.bulk_create(phones)

    def _deals(self):
        planned = [(number, deal) for number, thread in enumerate(self.threads) for deal in thread.deals]
        changes = []
        for number, plan in planned:
            row = Deal(
                prospect=self.prospects[number],
                name=plan.name,
                outcome=plan.outcome,
                ended_on=plan.ended,
                end_reason=plan.reason,
                opened_on=plan.beats[0].day,
                source=self.threads[number].firm.source,
                batch=self.batch,
                created_at=known_at(plan.beats[0]),
                changed_at=known_at(plan.beats[-1]),
            )
            row.prepare()
            self.deals[id(plan)] = row
            changes += self._history(row, plan, self.threads[number].dice)
        Deal.objects.bulk_create(self.deals.values())
        DealChange.objects.bulk_create(changes)
        for row in self.deals.values():
            row.slips, row.slipped_days, row.stage_since = row.history_figures()
        Deal.objects.bulk_update(self.deals.values(), ["slips", "slipped_days", "stage_since"])
        DealContact.objects.bulk_create(
            DealContact(deal=self.deals[id(plan)], contact=self.people[number, n], role=person.role)
            for number, plan in planned
            for n, person in enumerate(self.threads[number].firm.people[:3])
        )

    def _history(self, row, plan, dice):
        """The deal's snapshots; leaves stage, amount and close date on `row` as they are at the end."""
        rows, sums = [], [beat for beat in plan.beats if "amount" in beat.change]
        for beat in plan.beats:
            if "stage" in beat.change:
                row.stage = self.stage(beat.change["stage"])
            if "amount" in beat.change:
                guess = beat is sums[0] and len(sums) > 1
                factor = dice.pick(["0.8", "0.9", "1.15", "1.3"]) if guess else "1"
                row.amount = round(Decimal(plan.amount) * Decimal(factor) / 500) * Decimal(500)
            row.close_on = beat.close
            outcome = beat.change.get("outcome", "open")
            rows.append(
                DealChange(
                    deal=row,
                    stage=row.stage,
                    amount=row.amount,
                    close_on=row.close_on,
                    outcome=outcome,
                    on=beat.day,
                    at=instant(beat),
                    known_at=known_at(beat),
                )
            )
        return rows

    def _activities(self):
        self.activities, people = [], []
        for number, thread in enumerate(self.threads):
            for beat in thread.beats:
                row = Activity(
                    uuid=self.uuid(),
                    prospect=self.prospects[number],
                    deal=self.deals.get(id(beat.deal)),
                    kind=beat.kind,
                    direction=beat.direction,
                    outcome=beat.outcome,
                    on=beat.day,
                    at=instant(beat),
                    minutes=beat.minutes,
                    subject=beat.subject,
                    text=beat.text,
                    private=beat.private,
                    known_at=known_at(beat),
                    batch=self.batch,
                    created_at=known_at(beat),
                    changed_at=known_at(beat),
                )
                row.two_way, row.attempt = row.classify()
                self.activities.append(row)
                people.append([self.people[number, n] for n in (beat.who if beat.kind != "note" else ())])
        Activity.objects.bulk_create(self.activities)
        through = Activity.contacts.through
        through.objects.bulk_create(
            through(activity_id=row.pk, contact_id=person.pk)
            for row, persons in zip(self.activities, people, strict=True)
            for person in persons
        )

    def _steps(self):
        self.steps, changes = [], []
        for number, thread in enumerate(self.threads):
            position = {}
            for beat in thread.beats:
                for plan in beat.steps:
                    position[id(plan.deal)] = position.get(id(plan.deal), 0) + 1
                    self._step(number, beat, plan, position[id(plan.deal)], changes)
        for what, ahead in (("Send in the month's expenses", 0), ("Book the train to the trade fair", 6)):
            row = Step(
                uuid=self.uuid(), kind="todo", what=what, due_on=self.today + timedelta(days=ahead), batch=self.batch
            )
            row.known_at = row.created_at = row.changed_at = known_at(self.threads[0].beats[-1])
            self.steps.append(row)
            changes.append((row, "open", None, row.known_at))
        Step.objects.bulk_create(self.steps)
        StepChange.objects.bulk_create(
            StepChange(step=row, known_at=known, **(StepChange.copied(row) | {"state": state, "done_on": done_on}))
            for row, state, done_on, known in changes
        )

    def _step(self, number, beat, plan, position, changes):
        known = known_at(beat)
        row = Step(
            uuid=self.uuid(),
            prospect=self.prospects[number],
            deal=self.deals.get(id(plan.deal)),
            contact=None if plan.who is None else self.people[number, plan.who],
            owner=plan.owner,
            kind=plan.kind,
            what=plan.what,
            due_on=plan.due,
            due_time=time.fromisoformat(plan.at) if plan.at else None,
            state=plan.state,
            done_on=plan.done.day if plan.done else None,
            position=position,
            go_no_go=plan.what == "Go through the proposal",
            known_at=known,
            batch=self.batch,
            created_at=known,
            changed_at=known_at(plan.done) if plan.done else known,
        )
        self.steps.append(row)
        changes.append((row, "open", None, known))
        if plan.done:
            changes.append((row, plan.state, row.done_on, known_at(plan.done)))

    def _follow(self):
        """Everything derived: standings, the full-text index, and the names kept in memory elsewhere."""
        standing.refresh([row.pk for row in self.prospects], [row.pk for row in self.deals.values()])
        contacts = Contact.objects.filter(batch=self.batch).select_related("prospect")
        rows = {
            "prospect": self.prospects,
            "contact": contacts.prefetch_related(Prefetch("emails"), Prefetch("phones")),
            "deal": self.deals.values(),
            "activity": self.activities,
            "step": self.steps,
        }
        textindex.put((kind, row.pk, *row.document()) for kind, found in rows.items() for row in found)
        NameChange.objects.create(record_type="*")


def instant(beat):
    """The UTC instant of a beat; None where only its day is known."""
    return clock.instant(beat.day, beat.at.time()) if beat.at else None


def known_at(beat):
    """When the seller typed it: right after, or at six where the day was all they knew."""
    if beat.at is None:
        return clock.instant(beat.day, time(18))
    end = datetime.combine(beat.day, beat.at.time()) + timedelta(minutes=(beat.minutes or 0) + 3)
    return clock.instant(end.date(), end.time())
