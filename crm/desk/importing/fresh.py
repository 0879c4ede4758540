"""New records, stored in bulk with all that belongs to them: addresses, history, index, references."""

import contextlib
import uuid
from datetime import date, datetime, time

from accounts.models import (
    Activity,
    Contact,
    EmailAddress,
    ExternalRef,
    PhoneNumber,
    Prospect,
    Step,
    StepChange,
)
from accounts.numbers import e164
from crm.web import bulk, clock, textindex
from crm.web.text import fold
from deals.models import Deal, DealChange, DealContact

from .known import CALLED
from .vendors import CALLBACK


class Fresh:
    """Stores what is new in Chunks. `prospects` and `deals` collect the ids whose standing follows.

    The rows say what the models would derive (`prepare`, `classify`, `document`, `history_figures`); a test
    compares each with the model's own word.
    """

    def __init__(self, planner, batch):
        self.planner, self.book, self.batch = planner, planner.book, batch
        self.prospects, self.deals = set(), set()
        self.starts = {}

    def start_of(self, day):
        """The instant at which a day begins: what a source dates by day was not known before it."""
        if isinstance(day, datetime) or day is None:
            return day
        if day not in self.starts:
            self.starts[day] = clock.instant(day, time())
        return self.starts[day]

    def store(self, chunk):
        """Returns the ids of known deals that got rows of history."""
        self.now = clock.now()
        self._prospects(chunk.new["prospect"])
        self._contacts(chunk.new["contact"])
        self._deals(chunk.new["deal"])
        self._activities(chunk.new["activity"])
        self._steps(chunk.new["step"])
        self._links(chunk)
        self._refs(chunk)
        return self._stage_changes(chunk)

    def _base(self, pk, values, made_on=None):
        made = self.start_of(made_on) or self.now
        return {
            "id": pk, "version": 1, "batch_id": self.batch.pk, "extra": values["extra"],
            "created_at": min(made, self.now), "changed_at": self.now,
        }  # fmt: skip

    def _prospects(self, found):
        table, documents = [], []
        for pk, v in found.items():
            row = {CALLED.get(name, name): v[name] or "" for name in _PROSPECT_TEXT if name in v}
            row |= {"name": v["name"], "folded": fold(v["name"])[:200], "parked_until": v.get("parked_until")}
            table.append(self._base(pk, v, v.get("made_on")) | row)
            body = " ".join([row.get("about", ""), row.get("city", ""), row.get("source", ""), row.get("website", "")])
            documents.append(("prospect", pk, False, v["name"], body))
        bulk.insert(Prospect, table)
        textindex.put(documents, fresh=True)
        self.prospects.update(found)

    def _contacts(self, found):
        table, emails, phones, documents = [], [], [], []
        for pk, v in found.items():
            row = {name: v[name] or "" for name in ("title", "time_zone", "about") if v.get(name)}
            row |= {"prospect_id": v["prospect"], "name": v["name"], "folded": fold(v["name"])[:200]}
            table.append(self._base(pk, v, v.get("made_on")) | row)
            words = [row.get("title", ""), row.get("about", ""), self.book.names[v["prospect"]]]
            words += [raw for raw, _ in v["emails"]] + [raw for raw, _ in v["phones"]]
            for n, (raw, label) in enumerate(v["emails"]):
                emails.append({"contact_id": pk, "raw": raw, "folded": raw.casefold(), "label": label, "position": n})
            for n, (raw, label) in enumerate(v["phones"]):
                number = e164(raw)
                words.append(number)
                phones.append({"contact_id": pk, "raw": raw, "e164": number, "label": label, "position": n})
            documents.append(("contact", pk, False, v["name"], " ".join(words)))
        bulk.insert(Contact, table)
        bulk.insert(EmailAddress, emails)
        bulk.insert(PhoneNumber, phones)
        textindex.put(documents, fresh=True)

    def _deals(self, found):
        table, changes, documents = [], [], []
        for pk, v in found.items():
            history = self._history(v)
            first, last = history[0], history[-1]
            table.append(
                self._base(pk, v, first["on"] if v["opened_on"] or v["ended_on"] else None)
                | {
                    "prospect_id": v["prospect"],
                    "name": v["name"],
                    "folded": fold(v["name"])[:200],
                    "stage_id": v["stage"],
                    "amount": v["amount"],
                    "close_on": v["close_on"],
                    "outcome": v["outcome"],
                    "ended_on": v["ended_on"],
                    "end_reason": v["end_reason"] or "",
                    "source": v["source"] or "",
                    "opened_on": first["on"],
                    "slips": 0,
                    "slipped_days": 0,
                    "stage_since": last["on"] if last["stage_id"] != first["stage_id"] else first["on"],
                }
            )
            for change in history:
                change["deal_id"] = pk
            changes += history
            words = " ".join([self.book.names.get(v["prospect"], ""), v["end_reason"] or "", v["source"] or ""])
            documents.append(("deal", pk, False, v["name"], words))
        bulk.insert(Deal, table)
        bulk.insert(DealChange, changes)
        textindex.put(documents, fresh=True)
        self.deals.update(found)
        self.prospects.update(v["prospect"] for v in found.values() if v["prospect"])

    def _history(self, v):
        """The snapshots a new deal begins with: its opening, and its end where it has ended.

        An end is known when it happened. Before that the close date of an ended deal was not (the file
        holds the real one), nor its amount where the file's open deals have none.
        """
        today = clock.today()
        ended = v["outcome"] != Deal.Outcome.OPEN
        opened = v["opened_on"] or v["ended_on"] or today
        if ended and v["ended_on"]:
            opened = min(opened, v["ended_on"])
        whole = {"stage_id": v["stage"], "amount": v["amount"], "close_on": v["close_on"], "outcome": v["outcome"]}
        known = self.now if not (v["opened_on"] or v["ended_on"]) else min(self.start_of(opened), self.now)
        if not ended:
            return [whole | {"on": opened, "known_at": known}]
        mapping = self.planner.mapping
        opening = {
            "stage_id": mapping.stages.all[0].pk,
            "amount": v["amount"] if mapping.amounts_early else None,
            "close_on": v["close_on"] if v["close_on"] != v["ended_on"] else None,
            "outcome": Deal.Outcome.OPEN, "on": opened, "known_at": known,
        }  # fmt: skip
        on = v["ended_on"] or opened
        return [opening, whole | {"on": on, "known_at": min(self.start_of(on), self.now) if v["ended_on"] else known}]

    def _activities(self, found):
        table, people, documents = [], [], []
        for pk, v in found.items():
            row = {name: v[name] for name in _ACTIVITY}
            two_way, attempt = _classified(v["kind"], v["direction"], v["outcome"])
            known = v["at"] or self.start_of(v["on"])
            row |= {
                "uuid": self._uuid(v), "prospect_id": v["prospect"], "deal_id": v["deal"], "two_way": two_way,
                "attempt": attempt, "known_at": min(known, self.now),
            }  # fmt: skip
            table.append(self._base(pk, v, v["at"] or v["on"]) | row)
            people += [{"activity_id": pk, "contact_id": contact} for contact in v["contacts"]]
            documents.append(("activity", pk, v["private"], v["subject"], v["text"]))
            self._follow(v)
        bulk.insert(Activity, table)
        bulk.insert(Activity.contacts.through, people)
        textindex.put(documents, fresh=True)

    def _steps(self, found):
        table, changes, documents = [], [], []
        for pk, v in found.items():
            row = {name: v[name] for name in StepChange.FIELDS}
            known = min(self.start_of(v["made_on"]) or self.now, self.now)
            changes.append(row | {"step_id": pk, "known_at": known})
            links = {"prospect_id": v["prospect"], "deal_id": v["deal"], "contact_id": v["contact"]}
            row |= links | {"uuid": self._uuid(v), "kind": v["kind"], "private": v["private"], "known_at": known}
            table.append(self._base(pk, v, v["made_on"]) | row)
            documents.append(("step", pk, v["private"], v["what"], ""))
            self._follow(v)
        bulk.insert(Step, table)
        bulk.insert(StepChange, changes)
        textindex.put(documents, fresh=True)

    def _uuid(self, v):
        """Its own, where it comes from our export; else a new one."""
        if self.book.source == CALLBACK:
            with contextlib.suppress(ValueError):
                return uuid.UUID(v["key"])
        return uuid.uuid4()

    def _follow(self, v):
        if v["prospect"]:
            self.prospects.add(v["prospect"])
        if v["deal"]:
            self.deals.add(v["deal"])

    def _links(self, chunk):
        if not chunk.links:
            return
        bulk.insert(
            DealContact,
            [{"deal_id": deal, "contact_id": contact, "role": role} for (deal, contact), role in chunk.links.items()],
        )

    def _refs(self, chunk):
        bulk.insert(
            ExternalRef,
            [
                {
                    "source": self.book.source, "kind": kind, "key": key, "record_type": record, "record_id": pk,
                    "batch_id": self.batch.pk, "version": 1 if pk in chunk.new.get(record, ()) else 0,
                }
                for kind, key, record, pk in chunk.refs
            ],
        )  # fmt: skip
        for _, _, record, pk in chunk.refs:
            self.book.versions.setdefault((record, pk), 1 if pk in chunk.new.get(record, ()) else 0)

    def _stage_changes(self, chunk):
        """Rows of a file of stage changes: a snapshot each, of the deal as it is but for its stage. Returns deals."""
        if not chunk.changes:
            return set()
        deals = Deal.everything.in_bulk({deal for deal, *_ in chunk.changes})
        table = []
        for deal, stage, on, _ in chunk.changes:
            table.append(
                {
                    "deal_id": deal,
                    "stage_id": stage,
                    "on": on,
                    "amount": deals[deal].amount,
                    "close_on": None,
                    "outcome": Deal.Outcome.OPEN,
                    "known_at": min(self.start_of(on), self.now),
                }
            )
        bulk.insert(DealChange, table)
        bulk.insert(
            ExternalRef,
            [
                {
                    "source": self.book.source, "kind": "change", "key": key, "record_type": "deal", "record_id": deal,
                    "batch_id": self.batch.pk, "version": 0,
                }
                for deal, _, _, key in chunk.changes
            ],
        )  # fmt: skip
        for deal in deals.values():
            deal.derive()
        return set(deals)


_PROSPECT_TEXT = ("website", "address", "city", "country", "about", "source", "prospect_phone")
_ACTIVITY = ("kind", "direction", "outcome", "on", "at", "minutes", "subject", "text", "private")
_CLASSES = {}


def _classified(kind, direction, outcome):
    key = (kind, direction, outcome)
    if key not in _CLASSES:
        _CLASSES[key] = Activity(kind=kind, direction=direction, outcome=outcome, on=date(2000, 1, 1)).classify()
    return _CLASSES[key]
