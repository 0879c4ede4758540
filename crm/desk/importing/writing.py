"""Stores what was planned: new records in bulk, changed ones through their own verbs, all of one Batch."""

import uuid
from collections import Counter
from datetime import date, datetime, time

from django.db import transaction

from accounts import standing
from accounts.models import (
    Activity,
    Contact,
    EmailAddress,
    Entry,
    ExternalRef,
    NameChange,
    PhoneNumber,
    Prospect,
    Step,
    StepChange,
)
from accounts.models.contact import e164
from crm.web import bulk, clock, textindex
from crm.web.text import fold
from deals.models import Deal, DealChange, DealContact

TABLES = {"prospect": Prospect, "contact": Contact, "deal": Deal, "activity": Activity, "step": Step}
_CALLED = {"prospect_phone": "phone"}  # a field's name in the planner → on the model


def start_of(day):
    """The instant at which a day begins: what a source dates by day was known by its end, and not before it."""
    return day if isinstance(day, datetime) or day is None else clock.instant(day, time())


class Writer:
    """Writes Chunks. `entry_uuid` is the import's: its changes of known records are noted on that entry."""

    def __init__(self, planner, batch, entry_uuid, author=None, dry=False):
        self.planner, self.book, self.batch = planner, planner.book, batch
        self.entry_uuid, self.author, self.dry = entry_uuid, author, dry
        self.new, self.changed, self.kept = Counter(), Counter(), Counter()
        self.met, self.made = set(), set()
        self.changed_records = set()
        self.prospects, self.deals = set(), set()  # whose standing follows

    def carry_on(self):
        """An earlier run of the same import was cut short: what it made counts, and its standings are due."""
        for kind, model in TABLES.items():
            ids = list(model.everything.filter(batch=self.batch).values_list("pk", flat=True))
            self.new[kind] += len(ids)
            self.made.update((kind, pk) for pk in ids)
            if kind in ("prospect", "deal"):
                getattr(self, f"{kind}s").update(ids)

    @property
    def unchanged(self):
        return Counter(kind for kind, _ in self.met - self.made - self.changed_records)

    def write(self, rows_):
        """Plan and store these rows in one transaction. Returns the Chunk."""
        if self.dry:
            return self._write(rows_, None)
        with Entry.submission(
            self.entry_uuid, author=self.author, kind="import", text=f"Import of {self.batch.label}"
        ) as entry:
            return self._write(rows_, entry)

    def _write(self, rows_, entry):
        self.planner.ids.refresh() if not self.dry else None
        chunk = self.planner.plan(rows_)
        self.now = clock.now()
        for kind, found in chunk.new.items():
            self.new[kind] += len(found)
        self._change(chunk, entry)
        if not self.dry:
            self._prospects(chunk.new["prospect"])
            self._contacts(chunk.new["contact"])
            self._deals(chunk.new["deal"])
            self._activities(chunk.new["activity"])
            self._steps(chunk.new["step"])
            self._links(chunk)
            self._refs(chunk)
            self._stage_changes(chunk)
        for _, parts in chunk.rows:
            self.met.update((kind, pk) for kind, pk, new in parts if not new)
            self.made.update((kind, pk) for kind, pk, new in parts if new)
        return chunk

    def finish(self, beat=None):
        """What follows from all that was written: standings, and that names must be read again.

        `beat()` is called every now and then, in no transaction.
        """
        for name, ids in (("prospect", sorted(self.prospects)), ("deal", sorted(self.deals))):
            for start in range(0, len(ids), _STANDINGS):
                some = ids[start : start + _STANDINGS]
                with transaction.atomic():
                    standing.refresh(*((some, ()) if name == "prospect" else ((), some)))
                if beat:
                    beat()
        NameChange.objects.create(record_type="*")

    # New records ---------------------------------------------------------------------------------

    def _base(self, pk, values, made_on=None):
        made = start_of(made_on) or self.now
        return {
            "id": pk, "version": 1, "batch_id": self.batch.pk, "extra": values["extra"],
            "created_at": min(made, self.now), "changed_at": self.now,
        }  # fmt: skip

    def _prospects(self, found):
        table, documents = [], []
        for pk, v in found.items():
            row = {_CALLED.get(name, name): v[name] or "" for name in _PROSPECT_TEXT if name in v}
            row |= {"name": v["name"], "folded": fold(v["name"])[:200], "parked_until": v.get("parked_until")}
            table.append(self._base(pk, v, v.get("made_on")) | row)
            body = " ".join([row.get("about", ""), row.get("city", ""), row.get("source", ""), row.get("website", "")])
            documents.append(("prospect", pk, False, v["name"], body))
        bulk.insert(Prospect, table)
        textindex.put(documents)
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
        textindex.put(documents)

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
        textindex.put(documents)
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
        known = self.now if not (v["opened_on"] or v["ended_on"]) else min(start_of(opened), self.now)
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
        return [opening, whole | {"on": on, "known_at": min(start_of(on), self.now) if v["ended_on"] else known}]

    def _activities(self, found):
        table, people, documents = [], [], []
        for pk, v in found.items():
            row = {name: v[name] for name in _ACTIVITY}
            two_way, attempt = _classified(v["kind"], v["direction"], v["outcome"])
            known = v["at"] or start_of(v["on"])
            row |= {
                "uuid": uuid.uuid4(), "prospect_id": v["prospect"], "deal_id": v["deal"], "two_way": two_way,
                "attempt": attempt, "known_at": min(known, self.now),
            }  # fmt: skip
            table.append(self._base(pk, v, v["at"] or v["on"]) | row)
            if v["contact"]:
                people.append({"activity_id": pk, "contact_id": v["contact"]})
            documents.append(("activity", pk, v["private"], v["subject"], v["text"]))
            self._follow(v)
        bulk.insert(Activity, table)
        bulk.insert(Activity.contacts.through, people)
        textindex.put(documents)

    def _steps(self, found):
        table, changes, documents = [], [], []
        for pk, v in found.items():
            row = {name: v[name] for name in StepChange.FIELDS}
            known = min(start_of(v["made_on"]) or self.now, self.now)
            changes.append(row | {"step_id": pk, "known_at": known})
            links = {"prospect_id": v["prospect"], "deal_id": v["deal"], "contact_id": v["contact"]}
            row |= links | {"uuid": uuid.uuid4(), "kind": v["kind"], "private": v["private"], "known_at": known}
            table.append(self._base(pk, v, v["made_on"]) | row)
            documents.append(("step", pk, v["private"], v["what"], ""))
            self._follow(v)
        bulk.insert(Step, table)
        bulk.insert(StepChange, changes)
        textindex.put(documents)

    def _follow(self, v):
        if v["prospect"]:
            self.prospects.add(v["prospect"])
        if v["deal"]:
            self.deals.add(v["deal"])

    def _links(self, chunk):
        if not chunk.links:
            return
        deals = {deal for deal, _ in chunk.links}
        there = set(DealContact.objects.filter(deal__in=deals).values_list("deal_id", "contact_id"))
        bulk.insert(
            DealContact,
            [
                {"deal_id": deal, "contact_id": contact, "role": role}
                for (deal, contact), role in chunk.links.items()
                if (deal, contact) not in there
            ],
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
        """Rows of a file of stage changes: a snapshot each, of the deal as it is but for its stage."""
        if not chunk.changes:
            return
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
                    "known_at": min(start_of(on), self.now),
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
        self.changed["deal"] += len(deals)
        self.changed_records.update(("deal", pk) for pk in deals)

    # Known records -------------------------------------------------------------------------------

    def _change(self, chunk, entry):
        for kind, wanted in chunk.wanted.items():
            if not wanted:
                continue
            found = TABLES[kind].objects.in_bulk(list(wanted))
            if kind == "contact":
                found = {c.pk: c for c in Contact.objects.with_addresses().filter(pk__in=wanted)}
            for pk, values in wanted.items():
                record = found.get(pk)
                if record is None:
                    continue
                mine = self.book.versions.get((kind, pk)) == record.version
                changes, kept = differences(record, values, mine)
                if kept:
                    self.kept[kind] += 1
                if changes:
                    self.changed[kind] += (kind, pk) not in self.changed_records
                    self.changed_records.add((kind, pk))
                    if entry:
                        self._store(kind, record, changes, entry, mine)

    def _store(self, kind, record, changes, entry, mine):
        extra = changes.pop("extra", None)
        if extra is not None:
            type(record).everything.filter(pk=record.pk).update(extra=extra)
            record.extra = extra
        related = {name: changes.pop(name) for name in ("emails", "phones") if name in changes}
        for name, value in changes.items():
            setattr(record, name, value)
        if record.write(entry, **related) and mine:
            refs = ExternalRef.objects.filter(record_type=kind, record_id=record.pk)
            refs.exclude(version=0).update(version=record.version)
            self.book.versions[kind, record.pk] = record.version


_STANDINGS = 2000  # ids in one transaction; nobody waits for a lock longer than these take
_PROSPECT_TEXT = ("website", "address", "city", "country", "about", "source", "prospect_phone")
_ACTIVITY = ("kind", "direction", "outcome", "on", "at", "minutes", "subject", "text", "private")
_IDS = {"prospect": "prospect_id", "stage": "stage_id", "deal": "deal_id"}
_CLASSES = {}


def _classified(kind, direction, outcome):
    key = (kind, direction, outcome)
    if key not in _CLASSES:
        _CLASSES[key] = Activity(kind=kind, direction=direction, outcome=outcome, on=date(2000, 1, 1)).classify()
    return _CLASSES[key]


def differences(record, values, mine):
    """(changes, kept) between a record and what a file says of it.

    `mine`: nobody changed it here since an import wrote it, so the file may; otherwise only what is empty is
    filled, and `kept` names what the file says otherwise.
    """
    changes, kept = {}, []
    for name, value in values.items():
        if name in ("emails", "phones"):
            _addresses(record, name, value, changes)
            continue
        if name == "extra":
            merged = {**record.extra, **value}
            if merged != record.extra:
                changes["extra"] = merged
            continue
        attribute = _IDS.get(name) or _CALLED.get(name, name)
        old = getattr(record, attribute)
        if old == value:
            continue
        if mine or old in (None, ""):
            changes[attribute] = value
        else:
            kept.append(attribute)
    if isinstance(record, Deal):
        _whole(record, changes)
    return changes, kept


def _addresses(record, name, value, changes):
    if name == "emails":
        old = [[e.raw, e.label] for e in record.emails.all()]
        there = {e.raw.casefold() for e in record.emails.all()}
        new = [list(pair) for pair in value if pair[0].casefold() not in there]
    else:
        old = [[p.raw, p.label, p.wrong] for p in record.phones.all()]
        there = {p.raw for p in record.phones.all()} | {p.e164 for p in record.phones.all()}
        new = [[raw, label, False] for raw, label in value if raw not in there and (e164(raw) or raw) not in there]
    if new:
        changes[name] = old + new


def _whole(deal, changes):
    """Outcome and end date change together: an open deal has none, an ended one is not half ended."""
    outcome = changes.get("outcome", deal.outcome)
    if outcome == Deal.Outcome.OPEN:
        if deal.outcome != Deal.Outcome.OPEN:
            changes |= {"ended_on": None, "end_reason": ""}
        else:
            changes.pop("ended_on", None)
