"""A file's columns, each with its meaning and its format: what is shown, can be changed, and reads the rows."""

import re
from dataclasses import dataclass, field

from crm.access.models import validate_zone
from crm.web.text import fold
from deals.models import Deal, DealContact

from . import columns, shapes
from .fields import EXTRA, FIELDS, IGNORE
from .reading import Unreadable
from .stages import Stages, read_outcome

_CACHE = 50_000
_SPILL_KINDS = {"zone", "role", "domain", "phone", "direction", "owner", "outcome"}


@dataclass
class Choices:
    """What the seller settled: `about` one of shapes.SHAPES, `map` {column: field}, `stages` {value: stage},
    `where` [(column, value)] (values of one column are alternatives), `orders` {column: "mdy" or "dmy"}."""

    about: str | None = None
    map: dict = field(default_factory=dict)
    stages: dict = field(default_factory=dict)
    where: list = field(default_factory=list)
    orders: dict = field(default_factory=dict)

    def as_json(self):
        return {"about": self.about, "map": self.map, "stages": self.stages, "where": self.where, "orders": self.orders}

    @classmethod
    def of(cls, json):
        known = {name: json[name] for name in ("about", "map", "stages", "where", "orders") if json.get(name)}
        return cls(**known)


@dataclass
class Column:
    """`example`: its first values; `filled`: rows that have one; `format` in words, for the page."""

    name: str
    field: str
    filled: int = 0
    examples: list = field(default_factory=list)
    format: str = ""
    order: str = ""
    sure: bool = True


class Mapping:
    """How the rows of one sheet are read. Raises Unreadable when it cannot be told what the file is about."""

    def __init__(self, sheet, choices=None):
        self.sheet, self.choices = sheet, choices or Choices()
        self.shape = self._shape()
        self.about, self.makes = self.shape.about, self.shape.makes()
        self.fields = self.shape.fields
        try:
            self.stages = Stages(self.choices.stages)
        except LookupError as error:
            raise Unreadable(str(error)) from None
        if not self.makes and self.about != shapes.HISTORY:
            raise Unreadable("No column names a prospect, a contact, a deal or an activity: map one with --map.")
        self.stage_column = next((n for n, f in zip(sheet.header, self.fields, strict=True) if f == "stage"), "stage")
        self.has_state = bool({"stage", "outcome"} & set(self.fields)) or "outcome" in self.shape.constants
        self.extras = [(n, sheet.header[n]) for n, f in enumerate(self.fields) if f == EXTRA]
        self.naming = _NAMING & {f for f in self.fields if f in FIELDS}
        self._profile()

    def _shape(self):
        header, chosen = self.sheet.header, self.choices
        folded = {shapes.key(name): n for n, name in enumerate(header)}
        wanted = {}
        for column, name in chosen.map.items():
            n = header.index(column) if column in header else folded.get(shapes.key(column))
            if n is None:
                raise Unreadable(f"There is no column “{column}”. The columns are: {', '.join(header)}.")
            if name not in FIELDS and name not in (EXTRA, IGNORE):
                raise Unreadable(f"There is no field “{name}”. The fields are: {', '.join(FIELDS)}, extra, ignore.")
            wanted[n] = name
        _once_each(header, wanted)
        about = chosen.about or None
        try:
            shape = shapes.recognise(header, about)
        except shapes.Doubtful:
            if not wanted:
                raise
            shape = shapes.recognise(header, _about_of(wanted.values()))
        for name in wanted.values():
            if name in FIELDS and not FIELDS[name].many:
                shape.fields = [EXTRA if f == name else f for f in shape.fields]
        for n, name in wanted.items():
            shape.fields[n] = name
        return shape

    # Looking at all rows once ----------------------------------------------------------------------

    def _profile(self):
        """Read the file once: how each column is written, which stages occur, how many rows there are."""
        sheet = self.sheet
        profiles = [columns.Profile() for _ in sheet.header]
        kinds = [FIELDS[f].kind if f in FIELDS else "" for f in self.fields]
        typed = [(n, profiles[n]) for n, kind in enumerate(kinds) if kind in ("date", "when", "money", "stage")]
        rest = [(n, profiles[n]) for n, kind in enumerate(kinds) if kind not in ("date", "when", "money", "stage")]
        self._where = self._conditions()
        self.total = self.selected = 0
        self._open_amounts = False
        stage_at = self.fields.index("stage") if "stage" in self.fields else None
        amount_at = self.fields.index("amount") if "amount" in self.fields else None
        for _, cells in sheet.rows():
            self.total += 1
            if isinstance(cells, Unreadable) or not self.takes(cells):
                continue
            self.selected += 1
            for n, profile in typed:
                if cells[n]:
                    profile.see(cells[n])
            if self.selected <= 200:
                for n, profile in rest:
                    if cells[n]:
                        profile.see(cells[n])
            if amount_at is not None and not self._open_amounts and cells[amount_at]:
                place = self.stages.read(cells[stage_at]) if stage_at is not None and cells[stage_at] else None
                self._open_amounts = place is None or place.outcome == Deal.Outcome.OPEN
        self.profiles = profiles
        self._formats(profiles, kinds)

    @property
    def amounts_early(self):
        """Whether open deals have amounts in this file; where none has, amounts are learnt at the end."""
        return self._open_amounts

    def _formats(self, profiles, kinds):
        dates = [v for n, kind in enumerate(kinds) if kind in ("date", "when") for v in profiles[n].values]
        file_order, sure = columns.day_order(dates)
        european = self.sheet.separator == ";"
        self.columns, self._readers = [], []
        for n, name in enumerate(self.sheet.header):
            column = Column(name, self.fields[n], profiles[n].filled, list(profiles[n].values)[:3])
            self.columns.append(column)
            if kinds[n] in ("date", "when"):
                chosen = self.choices.orders.get(name)
                found = columns.date_format(profiles[n], file_order if sure else None)
                if chosen in ("mdy", "dmy"):
                    found = columns.Dates(chosen, found.serial, True)
                column.format, column.order, column.sure = found.in_words(), found.order, found.sure
                if all(columns._ISO.match(v) for v in profiles[n].values):
                    column.format, column.sure = "year-month-day", True
                read = found.read if kinds[n] == "when" else columns.read_day(found)
            elif kinds[n] == "money":
                found = columns.amount_mark(profiles[n].values, european)
                column.format, column.sure, read = found.in_words(), found.sure, found.read
            else:
                read = self._reader_of(kinds[n])
            if self.fields[n] in FIELDS:
                self._readers.append((n, FIELDS[self.fields[n]], read, self.shape.labels.get(n, ""), {}))

    def _reader_of(self, kind):
        return {
            "stage": self.stages.read,
            "outcome": read_outcome,
            "email": columns.read_email,
            "domain": columns.read_domain,
            "bool": columns.read_bool,
            "count": columns.read_count,
            "time": columns.read_time,
            "zone": _read_zone,
            "role": _read_role,
        }.get(kind)

    def _conditions(self):
        found = {}
        for column, value in self.choices.where:
            keys = [shapes.key(name) for name in self.sheet.header]
            names = self.sheet.header
            if column in names:
                at = names.index(column)
            elif shapes.key(column) in keys:
                at = keys.index(shapes.key(column))
            else:
                raise Unreadable(f"There is no column “{column}”. The columns are: {', '.join(names)}.")
            found.setdefault(at, set()).add(value.strip().casefold())
        return list(found.items())

    def takes(self, cells):
        """Whether "only rows where" lets this row in."""
        return all(cells[n].casefold() in values for n, values in self._where)

    def names(self, kind):
        """Whether the file names records of this kind, rather than refers to them by a domain or an address."""
        return kind != "prospect" or self.about == shapes.PROSPECTS or "prospect" in self.fields

    def rows(self):
        """The rows of the sheet that are taken: (line, cells or Unreadable)."""
        for line, cells in self.sheet.rows():
            if isinstance(cells, Unreadable) or self.takes(cells):
                yield line, cells

    def stage_values(self):
        """[(value of the stage column, rows, Place)], most frequent first."""
        if "stage" not in self.fields:
            return []
        values = self.profiles[self.fields.index("stage")].values
        return [(v, n, self.stages.read(v)) for v, n in sorted(values.items(), key=lambda pair: -pair[1])]

    # One row -------------------------------------------------------------------------------------

    def read(self, cells):
        """{field: value} of a row. Raises Unreadable, naming the column, for a value that is none."""
        values = dict(self.shape.constants)
        for n, f, read, label, cache in self._readers:
            cell = cells[n]
            if not cell:
                continue
            if isinstance(label, int):
                label = cells[label].strip("* ").lower()[:40]
            if read is None:
                self._text(values, f, cell, label, n)
                continue
            if cell in cache:
                value = cache[cell]
            elif cell.casefold() in columns.NOTHING:
                continue
            else:
                try:
                    value = read(cell)
                except Unreadable as why:
                    if f.kind in _SPILL_KINDS:
                        self._spill(values, n, cell)
                        continue
                    raise Unreadable(f"{self.sheet.header[n]}: {why}") from None
                if len(cache) < _CACHE:
                    cache[cell] = value
            if value is None:
                self._spill(values, n, cell)
            elif f.kind == "email":
                values[f.name] = values.get(f.name, []) + [(address, label) for address in value]
            else:
                values[f.name] = value
                if f.kind == "stage":
                    values["stage_text"] = cell
        if "known_email" in values:
            values["known_email"] = values["known_email"][0]
        return values

    def _text(self, values, f, cell, label, n):
        if f.kind == "phone":
            for raw in cell.split(" ::: "):
                if len(raw) > f.limit:
                    self._spill(values, n, cell)
                elif raw.strip():
                    values.setdefault("phone", []).append((raw.strip(), label))
            return
        if f.kind == "done":
            values["done"] = cell
            return
        if f.many and f.name in values and f.kind in ("text", "long"):
            cell = f"{values[f.name]}{', ' if f.kind == 'text' else chr(10)}{cell}"
        if f.kind != "long" and ("\n" in cell or "\r" in cell or "\t" in cell):
            cell = " ".join(cell.split())
        if f.limit and len(cell) > f.limit:
            if f.spill:
                self._spill(values, n, cell)
                return
            raise Unreadable(f"{self.sheet.header[n]}: longer than {f.limit} characters.")
        if f.kind == "result" and f.name in values:
            return
        values[f.name] = cell

    def _spill(self, values, n, cell):
        values.setdefault("spilled", {})[self.sheet.header[n]] = cell


_NAMING = {
    "prospect", "prospect_id", "domain", "person", "person_id", "first_name", "last_name", "email", "deal", "deal_id",
    "amount", "subject", "text", "kind", "step", "activity_id", "known_email",
}  # fmt: skip


def _once_each(header, wanted):
    """Raises Unreadable where two columns are mapped to a field that holds one value."""
    taken = {}
    for n, name in wanted.items():
        if name in FIELDS and not FIELDS[name].many:
            if name in taken:
                both = f"“{header[taken[name]]}” and “{header[n]}”"
                raise Unreadable(f"{both} cannot both be the {FIELDS[name].label.lower()}: choose one.")
            taken[name] = n


def _about_of(names):
    records = {FIELDS[name].record for name in names if name in FIELDS}
    for record, about in (("activity", "activities"), ("deal", "deals"), ("contact", "contacts")):
        if record in records:
            return about
    return "prospects"


def _read_zone(cell):
    from django.core.exceptions import ValidationError

    try:
        validate_zone(cell)
    except ValidationError:
        raise Unreadable(f"“{cell[:40]}” is no time zone.") from None
    return cell


def _read_role(cell):
    role = fold(cell)
    if role not in DealContact.ROLES:
        raise Unreadable(f"“{cell[:40]}” is no part in a deal.")
    return role


def words(name):
    """ "close_on" → "close on"."""
    return re.sub("_", " ", name)
