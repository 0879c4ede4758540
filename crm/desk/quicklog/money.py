"""Amounts of money: "45k", "$92,500", "1.35m", "€45k", "40 grand", "USD 45,000".

Values are Decimal in whatever currency was written; `sign` is that currency's code or None.
A number without a sign or a multiplier is money only where the caller knows it must be.
"""

from dataclasses import dataclass
from decimal import Decimal

from .calendar_words import NUMBERS

SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
CODES = {
    "usd": "USD",
    "eur": "EUR",
    "gbp": "GBP",
    "chf": "CHF",
    "sek": "SEK",
    "nok": "NOK",
    "dkk": "DKK",
    "cad": "CAD",
    "aud": "AUD",
    "jpy": "JPY",
    "inr": "INR",
    "nzd": "NZD",
    "pln": "PLN",
    "czk": "CZK",
    "euro": "EUR",
    "euros": "EUR",
    "dollars": "USD",
    "bucks": "USD",
    "pounds": "GBP",
    "quid": "GBP",
}
_TIMES = {
    "k": 1000,
    "grand": 1000,
    "thousand": 1000,
    "m": 10**6,
    "mil": 10**6,
    "mill": 10**6,
    "mio": 10**6,
    "million": 10**6,
    "mm": 10**6,
    "lakh": 10**5,
    "lakhs": 10**5,
    "lac": 10**5,
    "lacs": 10**5,
    "crore": 10**7,
    "crores": 10**7,
    "cr": 10**7,
    "bn": 10**9,
    "billion": 10**9,
}
_GLUED_ONLY = frozenset({"k", "m", "mm", "bn"})
# "20k users", "5k units", "3m away": a count or a length, no money
_COUNTED = frozenset(
    (
        "users seats units people employees staff calls tickets records rows visits visitors "
        "members customers sites stores licences licenses devices orders items pieces tons "
        "tonnes sqft km miles run race words lines transactions invoices contacts leads "
        "emails followers subscribers patients students pages away long wide metres meters"
    ).split()
)
_PER = frozenset(
    "year month week day seat user head person unit site annum licence license quarter hour clinic store".split()
)
_RATE = frozenset("a each pa p.a annually yearly monthly / off discount".split())


@dataclass(slots=True)
class Money:
    i: int
    j: int
    value: Decimal
    sign: str | None
    clear: bool  # a sign, code or multiplier says that it is money
    rate: bool  # "80k a year", "10k off": not the size of anything


def plain_number(raw):
    """ "92,500", "1.35", "92.500" (a thousands' point), "45000"; None if the commas are no thousands."""
    if "," in raw:
        whole, _, frac = raw.partition(".")
        groups = whole.split(",")
        if not all(len(g) == 3 for g in groups[1:]) or not 1 <= len(groups[0]) <= 3 or "," in frac or "." in frac:
            if len(groups) == 2 and not frac and len(groups[1]) in (1, 2) and "." not in raw:
                return Decimal(groups[0] + "." + groups[1])  # 1,35m
            return None
        return Decimal("".join(groups) + ("." + frac if frac else ""))
    if raw.count(".") > 1:
        groups = raw.split(".")
        return Decimal("".join(groups)) if all(len(g) == 3 for g in groups[1:]) else None
    return Decimal(raw)


def find(tokens, taken=()):
    """All amounts outside the `taken` token positions (dates), left to right."""
    found, n = [], len(tokens)
    for i, t in enumerate(tokens):
        if t.kind != "n" or i in taken or len(t.norm) > 15:
            continue
        value = plain_number(t.norm)
        if value is None:
            continue
        start, j, sign, clear = i, i + 1, None, False
        if i and tokens[i - 1].norm in SIGNS:
            sign, start, clear = SIGNS[tokens[i - 1].norm], i - 1, True
        elif i and tokens[i - 1].norm in CODES and tokens[i - 1].kind == "w":
            sign, start, clear = CODES[tokens[i - 1].norm], i - 1, True
        elif (t.glued and i and tokens[i - 1].kind in ("w", "n")) or (
            i and tokens[i - 1].norm in (":", "/", "#") and t.glued
        ):
            continue  # part of a code: "A45", "12/18"
        if j < n and tokens[j].norm in _TIMES:
            w = tokens[j]
            if w.glued or w.norm not in _GLUED_ONLY or (w.norm == "k" and t.norm.isdigit()):
                minutes = w.norm == "m" and sign is None and t.norm.isdigit() and len(t.norm) < 4
                value, j, clear = value * _TIMES[w.norm], j + 1, not minutes  # "15m" may be a quarter of an hour
        elif j < n and tokens[j].glued and tokens[j].kind == "w" and tokens[j].norm not in CODES:
            continue  # 10am, 14th, 5x
        if j < n and tokens[j].norm in CODES:
            sign, j, clear = CODES[tokens[j].norm], j + 1, True
        elif j < n and tokens[j].norm in SIGNS and tokens[j].glued:
            sign, j, clear = SIGNS[tokens[j].norm], j + 1, True
        nxt = tokens[j].norm if j < n else ""
        if nxt in _COUNTED or nxt == "%" or (nxt in ("of",) and not clear):
            continue
        if value >= Decimal(10) ** 12:
            continue
        rate = (nxt in _RATE and (nxt != "/" or tokens[j].glued)) or (
            nxt == "per" and j + 1 < n and tokens[j + 1].norm in _PER
        )
        found.append(Money(start, j, value, sign, clear, rate))
    found += _spelt(tokens, taken)
    return sorted(found, key=lambda m: m.i)


def _spelt(tokens, taken):
    """ "two hundred thousand", "forty five grand": as dictation writes them."""
    found, i, n = [], 0, len(tokens)
    while i < n:
        if (
            i in taken
            or tokens[i].kind != "w"
            or (tokens[i].norm not in NUMBERS and tokens[i].norm not in ("a", "half"))
        ):
            i += 1
            continue
        total = part = Decimal(0)
        j, big = i, False
        if tokens[i].norm == "half" and [t.norm for t in tokens[i + 1 : i + 3]] == ["a", "million"]:
            found.append(Money(i, i + 3, Decimal(500000), None, True, False))
            i += 3
            continue
        while j < n and tokens[j].kind == "w":
            x = tokens[j].norm
            if x in NUMBERS:
                part += NUMBERS[x]
            elif x in ("eighty", "seventy"):
                part += {"eighty": 80, "seventy": 70}[x]
            elif x == "a" and j == i:
                part += 1
            elif x == "hundred" and part:
                part *= 100
            elif x in ("thousand", "grand", "k", "million") and part:
                total += part * _TIMES[x]
                part, big = Decimal(0), True
            elif x == "and" and j > i and j + 1 < n and tokens[j + 1].norm in NUMBERS and (part >= 100 or big):
                pass
            else:
                break
            j += 1
        nxt = tokens[j].norm if j < n else ""
        if big and nxt not in _COUNTED and total >= 1000:
            sign = CODES.get(nxt)
            found.append(Money(i, j + (1 if sign else 0), total + part, sign, True, nxt in _RATE))
        i = max(j, i + 1)
    return found
