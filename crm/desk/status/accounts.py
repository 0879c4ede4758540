"""The open accounts in brief lines, grouped by what needs attention."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from crm.desk.brief import Attention, tellers
from crm.web.text import fold

_FINE = ("none", "Nothing needs attention", "circle-check", "good")


@dataclass
class Account:
    """A prospect with an open deal."""

    prospect: object
    rows: list
    silence: object = None
    teller: object = None

    @property
    def gone(self):
        """Whether it lies in the trash by now, and has no page."""
        return self.prospect.trashed_at is not None

    @cached_property
    def amount(self):
        """Of all its open deals; None where none is known."""
        known = [row.amount for row in self.rows if row.amount is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def weighted(self):
        known = [row.weighted for row in self.rows if row.amount is not None]
        return round(sum(known, Decimal(0)), 2) if known else None

    @property
    def close_on(self):
        return min((row.close_on for row in self.rows if row.close_on), default=None)

    @cached_property
    def attention(self):
        need = self.teller.attention
        return need.code if need else "none"

    @property
    def heard_on(self):
        """The day they last took part in anything, or None. Known where accounts are sorted by it."""
        return self.silence.last_two_way_on if self.silence else None

    @cached_property
    def brief(self):
        return self.teller.brief()


@dataclass
class Group:
    """The accounts with one need, the most pressing first; `count` and `total` are of all of them, shown or not."""

    code: str
    words: str
    icon: str
    tone: str
    accounts: list = field(default_factory=list)
    count: int = 0
    total: Decimal = Decimal(0)

    @property
    def rest(self):
        return self.count - len(self.accounts)


def listed(rows, asked, most, silences, **how):
    """([Account] that the address asks for: by need, and within one as sorted; how many more there are).

    `most`: so many at most are looked at, the first as sorted; None for all. `silences`: {prospect: Silence}, where
    they are sorted by it. `how`: what `tellers` takes.
    """
    found = {}
    for row in rows:
        if row.prospect is not None and row.outcome == "open":
            found.setdefault(row.prospect.pk, Account(row.prospect, [], silences.get(row.prospect.pk))).rows.append(row)
    place = _SORTS[asked.sort]
    chosen = [one for one in found.values() if _fits(one, asked)] if asked.narrowed else list(found.values())
    chosen.sort(key=lambda one: (*place(one), one.prospect.folded, one.prospect.pk))
    left = 0
    if most is not None and not asked.attention:  # who asks for one need asks for all that have it
        chosen, left = chosen[:most], max(0, len(chosen) - most)
    for one, teller in zip(chosen, tellers([one.prospect for one in chosen], **how), strict=True):
        one.teller = teller
    if asked.attention:
        chosen = [one for one in chosen if one.attention == asked.attention]
    return sorted(chosen, key=lambda one: _ORDER[one.attention]), left


def grouped(accounts, shown):
    """[Group] of these accounts, in order, with the first `shown` of all in them."""
    groups = {}
    for number, one in enumerate(accounts):
        group = groups.setdefault(one.attention, Group(*_NEEDS[one.attention]))
        group.count += 1
        group.total += one.amount or 0
        if number < shown:
            group.accounts.append(one)
    return [group for group in groups.values() if group.accounts]


def needs():
    """[(code, words)] that accounts can be narrowed to."""
    return [(code, words) for code, words, _, _ in _NEEDS.values()]


_NEEDS = {one.code: (one.code, one.words, one.icon, one.tone) for one in Attention} | {"none": _FINE}
_ORDER = {code: place for place, code in enumerate(_NEEDS)}
_SORTS = {
    "amount": lambda one: (one.amount is None, -(one.amount or 0)),
    "close": lambda one: (one.close_on or date.max,),
    "heard": lambda one: (one.heard_on or date.min,),
    "name": lambda one: (),
}


def _fits(account, asked):
    if asked.stage and not any(str(row.stage.pk) == asked.stage for row in account.rows):
        return False
    if asked.month and not any((row.month or "none") == asked.month for row in account.rows):
        return False
    words = fold(asked.q).split()[:8]
    names = " ".join([account.prospect.folded, *(row.folded for row in account.rows)]) if words else ""
    return all(word in names for word in words)
