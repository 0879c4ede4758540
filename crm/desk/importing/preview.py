"""What an import would do, worked out when its choices are made and kept with it, so that looking is cheap."""

from datetime import date
from decimal import Decimal

from crm.web.templatetags.callback import day, money

from . import shapes
from .fields import FIELDS, NOUNS
from .known import differences
from .mapping import Mapping
from .reading import open_sheet
from .running import run
from .writing import TABLES

LIMIT = 50_000  # rows that are counted beforehand
_ROWS = 8


def look(path, choices):
    """What the page shows of a file under these choices (JSON). Raises Unreadable; writes nothing."""
    mapping = Mapping(open_sheet(path), choices)
    result = run(path, dry=True, mapping=mapping, limit=LIMIT)
    found = result.as_json()
    found["rejected_rows"] = len(found["rejected"])
    found["rejected"] = found["rejected"][:20]
    found["limited"] = LIMIT if mapping.selected > LIMIT else None
    found["header"] = mapping.sheet.header
    found["history"] = mapping.about == shapes.HISTORY
    found["columns"] = [
        {
            "name": c.name, "field": c.field, "examples": [e[:60] for e in c.examples], "filled": c.filled,
            "format": c.format, "order": c.order, "sure": c.sure,
        }
        for c in mapping.columns
    ]  # fmt: skip
    found["stages"] = [
        {"value": value[:200], "rows": n, "place": _place(place), "known": place.known}
        for value, n, place in mapping.stage_values()[:60]
    ]
    found["first"] = first_rows(result)
    return found


def _place(place):
    return place.stage.name if place.stage else str(place.outcome)


def first_rows(result):
    """The first rows as they will be stored: [{"line", "parts": [{"kind", "state", "title", "facts"}], "why"}]."""
    chunk, shown = result.first, []
    if chunk is None:
        return []
    for line, parts in chunk.rows[:_ROWS]:
        seen, found = set(), []
        for kind, pk, new in parts:
            if (kind, pk) not in seen:
                seen.add((kind, pk))
                found.append(_part(result, chunk, kind, pk, new))
        shown.append({"line": line, "parts": found, "why": ""})
    refused = [{"line": line, "parts": [], "why": why} for line, _, why in chunk.rejected[:_ROWS]]
    return sorted(shown + refused, key=lambda row: row["line"])[:_ROWS]


def _part(result, chunk, kind, pk, new):
    book, values = result.planner.book, chunk.new[kind].get(pk)
    noun = NOUNS[kind][0]
    if values is not None:
        title, facts = _NAMES[kind](values), _FACTS[kind](values, result.mapping)
        return {"kind": kind, "noun": noun, "state": "new" if new else "same", "title": title, "facts": facts}
    record = TABLES[kind].objects.filter(pk=pk).first()
    if record is None:
        return {"kind": kind, "noun": noun, "state": "here", "title": book.names.get(pk, ""), "facts": []}
    wanted = chunk.wanted.get(kind, {}).get(pk)
    changes = {}
    if wanted:
        changes, _ = differences(record, wanted, book.versions.get((kind, pk)) == record.version)
    facts = [_change(record, name, value) for name, value in changes.items() if name != "extra"]
    return {"kind": kind, "noun": noun, "state": "changed" if changes else "here", "title": str(record), "facts": facts}


def _change(record, name, value):
    """One field as it is and as it will be: "amount $95,000 → $80,000"."""
    words = name.removesuffix("_id").replace("_", " ")
    if name in ("emails", "phones"):
        return f"{words}: {', '.join(row[0] for row in value)}"
    if name == "stage_id":
        return f"stage {record.stage} → {type(record.stage).everything.get(pk=value)}"
    if name.endswith("_id"):
        return f"{words} changes"
    old = getattr(record, name)
    return f"{words} {_shown(old)} → {_shown(value)}" if old not in (None, "") else f"{words} {_shown(value)}"


def _shown(value):
    if value in (None, ""):
        return "nothing"
    if isinstance(value, Decimal):
        return money(value)
    return day(value) if isinstance(value, date) else str(value)[:80]


def _deal_facts(v, mapping):
    stage = next(s.name for s in mapping.stages.all if s.pk == v["stage"])
    facts = [money(v["amount"]), stage if v["outcome"] == "open" else str(v["outcome"])]
    if v["outcome"] != "open" and v["ended_on"]:
        facts.append(day(v["ended_on"]))
    elif v["close_on"]:
        facts.append(f"closes {day(v['close_on'])}")
    return facts


def _activity_facts(v, mapping):
    said = [v["direction"] and {"in": "from them", "out": "from you"}[v["direction"]], v["outcome"].replace("_", " ")]
    return [*filter(None, said), day(v["on"]), v["text"][:80]]


_NAMES = {
    "prospect": lambda v: v["name"],
    "contact": lambda v: v["name"],
    "deal": lambda v: v["name"],
    "activity": lambda v: v["subject"] or v["kind"],
    "step": lambda v: v["what"],
}
_FACTS = {
    "prospect": lambda v, _: [v[name] for name in ("about", "city", "country", "website") if v.get(name)],
    "contact": lambda v, _: [
        *filter(None, [v["title"]]), *(raw for raw, _ in v["emails"]), *(raw for raw, _ in v["phones"])
    ],
    "deal": _deal_facts,
    "activity": _activity_facts,
    "step": lambda v, _: [f"due {day(v['due_on'])}" if v["due_on"] else "no day", str(v["state"])],
}  # fmt: skip


def field_groups():
    """[(group, [(field, label)])] for the page's select of what a column means."""
    groups = {}
    for field in FIELDS.values():
        groups.setdefault(NOUNS[field.record][0].capitalize(), []).append((field.name, field.label))
    return list(groups.items())
