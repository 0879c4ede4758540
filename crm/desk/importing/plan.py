"""What becomes of each row: new records, changes of known ones, or why it is left out.

Nothing is written here; `writing` stores a Chunk, and the preview and --dry-run only count it.
"""

from collections import Counter
from dataclasses import dataclass, field

from crm.web import clock
from deals.models import Deal

from . import activities
from .matching import digest, folded
from .reading import Unreadable


@dataclass
class Chunk:
    """`new`: {record: {id: values}}; `wanted`: {record: {id: values}} that known records may take over;
    `refs`: (kind, key, record, id); `rejected`: (line, cells, why)."""

    new: dict = field(default_factory=lambda: {k: {} for k in ("prospect", "contact", "deal", "activity", "step")})
    wanted: dict = field(default_factory=lambda: {k: {} for k in ("prospect", "contact", "deal", "activity")})
    links: dict = field(default_factory=dict)  # (deal id, contact id) → role
    changes: list = field(default_factory=list)  # (deal id, stage, day): a file of stage changes
    refs: list = field(default_factory=list)
    rejected: list = field(default_factory=list)
    rows: list = field(default_factory=list)  # (line, [(record, id, whether it is new)])


class Planner:
    """Reads rows by a Mapping and a Book. `ids` gives the next id of a kind of record."""

    def __init__(self, mapping, book, ids, batch_day=None):
        self.mapping, self.book, self.ids = mapping, book, ids
        self.today = batch_day or clock.today()
        self.given = {}  # (record, id) → fields that a row of this file has given already: the first one wins
        self.met = set()  # deals met in this file
        self.same_rows = Counter()
        self.notes = Counter()
        self.chunk = None

    def plan(self, rows):
        """The Chunk of these (line, cells) rows."""
        chunk = self.chunk = Chunk()
        for line, cells in rows:
            if isinstance(cells, Unreadable):
                chunk.rejected.append((line, [], str(cells)))
                continue
            try:
                values = self.mapping.read(cells)
                parts = self._row(values, cells)
            except Unreadable as why:
                chunk.rejected.append((line, cells, str(why)))
            else:
                chunk.rows.append((line, parts))
        return chunk

    def _row(self, v, cells):
        """Plan what one row holds. Raises Unreadable where it holds nothing to keep, before planning anything."""
        self.parts = []
        if self.mapping.about == "history":
            return self._history(v)
        prospect = contact = deal = None
        makes = self.mapping.makes
        if not any(v.get(name) for name in self.mapping.naming):
            raise Unreadable("Nothing in this row names a prospect, a person, a deal or an activity.")
        activities.check(v, makes, self.mapping.about)
        extra = self._extra(cells, v)
        about = self._about(v, makes)
        if "prospect" in makes:
            prospect = self._prospect(v, extra if about == "prospect" else None)
        known = self.book.find_by_email(v["known_email"][0].casefold()) if v.get("known_email") else None
        if "contact" in makes:
            contact, prospect = self._contact(v, prospect, extra if about == "contact" else None)
        elif v.get("person_id"):
            contact = self.book.ref("contact", v["person_id"])
        if known and not contact:
            contact, prospect = known, prospect or self.book.person[known][0]
        if "deal" in makes and self._has(v, "deal", "amount", "stage", "deal_id", "close_on", "outcome"):
            deal = self._deal(v, prospect, extra if about == "deal" else None)
            if contact and (prospect is None or self.book.person[contact][0] == self.book.deal[deal][0]):
                self.chunk.links.setdefault((deal, contact), v.get("role", ""))
        if "activity" in makes:
            if deal is None and v.get("deal"):
                deal = next(iter(self.book.deals.get((prospect, folded(v["deal"])), ())), None)
            self._happened(v, prospect, contact, deal, extra if about == "activity" else None, cells)
        return self.parts

    @staticmethod
    def _has(v, *names):
        return any(v.get(name) is not None for name in names)

    def _about(self, v, makes):
        """Which of the row's records keeps what maps to nothing: the one that the file is about."""
        order = {"prospects": "prospect", "contacts": "contact", "deals": "deal", "activities": "activity"}
        first = order[self.mapping.about]
        if first == "deal" and not self._has(v, "deal", "amount", "stage", "deal_id"):
            first = "contact"
        if first in makes:
            return first
        return makes[-1] if makes else "prospect"

    def _extra(self, cells, v):
        extra = {name: cells[n] for n, name in self.mapping.extras if cells[n]}
        extra.update(v.get("spilled", {}))
        return extra

    # Records -------------------------------------------------------------------------------------

    def _new(self, kind, values, keys, extra):
        pk = self.ids.next(kind)
        self.chunk.new[kind][pk] = values
        values["extra"] = extra or {}
        self.given[kind, pk] = {name for name, value in values.items() if value not in (None, "")}
        self.parts.append((kind, pk, True))
        self._keys(kind, pk, keys)
        return pk

    def _keys(self, kind, pk, keys):
        for key in keys:
            if key and (kind, key) not in self.book.refs:
                self.chunk.refs.append((kind, key, kind, pk))
                self.book.add_ref(kind, kind, key, pk)

    def _known(self, kind, pk, values, keys, extra):
        """A record met again: it takes over what this file has not given it yet."""
        self._keys(kind, pk, keys)
        self.parts.append((kind, pk, False))
        given = self.given.setdefault((kind, pk), set())
        fresh = {name: value for name, value in values.items() if value not in (None, "", []) and name not in given}
        if extra and "extra" not in given:
            fresh["extra"] = extra
        if not fresh:
            return
        given.update(name for name in fresh if name not in ("emails", "phones"))
        row = self.chunk.new[kind].get(pk)
        if row is None:
            row = self.chunk.wanted[kind].setdefault(pk, {})
        for name, value in fresh.items():
            if name in ("emails", "phones"):
                row[name] = _joined(row.get(name, []), value)
            elif name == "extra":
                row["extra"] = {**value, **row.get("extra", {})}
            else:
                row[name] = value

    def _prospect(self, v, extra):
        key, name, domain = v.get("prospect_id"), v.get("prospect"), v.get("domain")
        if not (key or name or domain):
            return None
        book = self.book
        pk = book.find_prospect(key, name, domain)
        values = {name: v[name] for name in _PROSPECT if name in v}
        if domain and not values.get("website") and book.domains.get(domain) is None:
            values["website"] = domain
        if pk is None and not (name or domain):
            if book.gone("prospect", key):
                raise Unreadable("Its prospect lies in the trash.")
            self.notes["{n} rows name a company only by an id that was not imported; import the companies first."] += 1
            return None
        natural = f"~{folded(name or domain)}" if name or domain else ""
        if pk is None and book.gone("prospect", key or natural):
            raise Unreadable(f"“{name or domain}” lies in the trash.")
        if pk is None:
            values |= {"name": name or domain, "made_on": v.get("prospect_made_on")}
            pk = self._new("prospect", values, [key or natural], extra)
            book.add_prospect(pk, name or domain, values.get("website", ""))
            return pk
        # A company first met by its domain alone takes its name when a file tells it.
        if name and book.names[pk] != name and book.names[pk] == domain:
            values["name"] = name
        self._known("prospect", pk, values, [key or natural], extra)
        return pk

    def _contact(self, v, prospect, extra):
        """(contact id or None, prospect id)."""
        key, emails = v.get("person_id"), v.get("email", [])
        addresses = [pair[0].casefold() for pair in emails]
        name = v.get("person") or " ".join(
            v[part] for part in ("first_name", "middle_name", "last_name", "suffix") if v.get(part)
        )
        if not (name or emails):
            if key and (pk := self.book.ref("contact", key)):
                return pk, prospect or self.book.person[pk][0]
            return None, prospect
        if len(name) > 200:
            raise Unreadable("The person's name is longer than 200 characters.")
        pk = self.book.find_contact(key, name, addresses, prospect)
        values = {"title": v.get("title"), "time_zone": v.get("time_zone"), "about": v.get("person_about")}
        values |= {"emails": emails, "phones": v.get("phone", [])}
        shown = name or emails[0][0]
        if pk is not None:
            self._known("contact", pk, values, [key or self._person_key(shown, addresses, prospect)], extra)
            return pk, prospect or self.book.person[pk][0]
        alone = prospect is None
        natural = self._person_key(shown, addresses, prospect)
        if self.book.gone("contact", key or natural):
            raise Unreadable(f"“{shown}” lies in the trash.")
        if alone:
            own = {name: v[name] for name in ("source", "website") if name in v}
            own |= {"name": shown, "made_on": v.get("person_made_on")}
            prospect = self._new("prospect", own, [f"~person:{key or digest(shown, *addresses)}"], None)
            self.book.add_prospect(prospect, shown)
        values |= {"name": shown, "prospect": prospect, "made_on": v.get("person_made_on")}
        pk = self._new("contact", values, [key or natural], extra)
        self.book.add_contact(pk, shown, prospect, addresses)
        return pk, prospect

    def _person_key(self, name, addresses, prospect):
        return f"~{digest(folded(name), self.book.names.get(prospect, addresses and addresses[0]))}"

    def _deal(self, v, prospect, extra):
        stages, key = self.mapping.stages, v.get("deal_id")
        place = v.get("stage")
        outcome = v.get("outcome") or (place.outcome if place else Deal.Outcome.OPEN)
        ended = outcome != Deal.Outcome.OPEN
        stage = (place and place.stage) or (stages.of_end(outcome) if ended else stages.all[0])
        close_on = v.get("close_on")
        ended_on = (v.get("ended_on") or close_on) if ended else None
        opened_on = v.get("opened_on")
        if ended_on and opened_on:  # entered after the fact
            opened_on = min(opened_on, ended_on)
        name = v.get("deal") or self._deal_name(v, prospect, key)
        natural = "~" + digest(
            self.book.names.get(prospect), folded(name), v.get("amount"), close_on, stage.pk, outcome, ended_on
        )
        values = {
            "prospect": prospect, "name": name, "amount": v.get("amount"), "stage": stage.pk, "close_on": close_on,
            "outcome": outcome, "ended_on": ended_on, "end_reason": v.get("end_reason"),
            "opened_on": opened_on, "source": v.get("deal_source") or v.get("source"),
        }  # fmt: skip
        pk = self.book.find_deal(key, name, prospect, natural, self.met)
        if place and not place.known:
            extra = {**(extra or {}), self.mapping.stage_column: v["stage_text"]}
        if pk is None and self.book.gone("deal", key or natural):
            raise Unreadable(f"The deal “{name}” lies in the trash.")
        if pk is None:
            pk = self._new("deal", values, [key or natural], extra)
            self.given["deal", pk] |= _DEAL_STATE
            self.book.add_deal(pk, name, prospect)
        else:
            if not self.mapping.has_state:
                values = {n: value for n, value in values.items() if n not in ("stage", "outcome", "ended_on")}
            self._known("deal", pk, values, [key or natural], extra)
        self.met.add(pk)
        return pk

    def _deal_name(self, v, prospect, key):
        if prospect:
            return f"{self.book.names[prospect][:190]} deal"
        return f"Deal {key}"[:200] if key else "Deal without a name"

    # What happened -------------------------------------------------------------------------------

    def _happened(self, v, prospect, contact, deal, extra, cells):
        for kind, values in activities.of(v, self.mapping.about, self.today, "due_on" in self.mapping.fields):
            natural = digest(kind, *cells)
            self.same_rows[natural] += 1
            key = v.get("activity_id") or f"~{natural}-{self.same_rows[natural]}"
            links = {"prospect": prospect, "deal": deal, "contact": contact}
            links |= {"contacts": self._people(v, prospect, contact)} if kind == "activity" else {}
            pk = self.book.refs.get((kind, key)) or self.book.uuids.get((kind, key))
            if pk is None:
                self._new(kind, values | links | {"key": key}, [key], extra)
                if prospect is None and self.mapping.about == "activities":
                    self.notes["{n} activities belong to nobody on record; they stand without a prospect."] += 1
            elif kind == "activity":
                values = {
                    name: values[name] for name in ("kind", "direction", "outcome", "subject", "text", "on", "at")
                }
                self._known(kind, pk, values | {n: i for n, i in links.items() if n in ("prospect", "deal")}, [], extra)
            else:
                self.parts.append((kind, pk, False))

    def _people(self, v, prospect, contact):
        """Ids of those who took part and are on record."""
        names = (v.get("others") or "").split(";")
        others = [self.book.people.get((prospect, folded(name))) for name in names if name.strip()]
        return [pk for pk in dict.fromkeys([contact, *others]) if pk]

    def _history(self, v):
        """A row of a file of stage changes."""
        key, place, on = v.get("deal_id"), v.get("stage"), v.get("changed_on")
        if not (key and place and on):
            raise Unreadable("A stage change needs the deal's id, a stage and a date.")
        deal = self.book.ref("deal", key)
        if deal is None:
            raise Unreadable(f"No deal with the id “{key}” has been imported. Import the deals first.")
        if place.stage is None:
            self.notes["{n} rows say that a deal ended; the deals themselves say so already."] += 1
            return [("deal", deal, False)]
        natural = f"~{digest(key, on, place.stage.pk)}"
        if self.book.refs.get(("change", natural)) is None:
            self.chunk.changes.append((deal, place.stage.pk, on, natural))
            self.book.refs["change", natural] = deal
        return [("deal", deal, False)]


_PROSPECT = (
    "website", "address", "city", "country", "about", "source", "parked_until", "prospect_phone",
)  # fmt: skip
_DEAL_STATE = {"amount", "close_on", "stage", "outcome", "ended_on"}


def _joined(old, new):
    """Two lists of (raw, label), each address or number once."""
    seen = {raw.casefold() for raw, _ in old}
    return old + [pair for pair in new if pair[0].casefold() not in seen]
