"""What the rules of the date grammar share: the table they are entered in, and the way into it.

`day_at` returns (day, next, flags): `day` a function of (reference day, past) giving a date or
None; flags: only ("past"/"future"), vague, time (the phrase carries one), bare, number (ends in a
day number). Policy: PRODUCT.md's two date bullets.
"""

from . import calendar_words as cw

RULES = {}  # first word -> [rule]; a rule takes (tokens, i, order, prep)
NUMBERED = {}  # "digits", "quarter", "ordinal" -> the rule for what begins with a number


def day_at(tokens, i, order="mdy", prep=None):
    if i >= len(tokens):
        return None
    t = tokens[i]
    for rule in RULES.get(t.norm, ()) if t.kind == "w" else ():
        got = rule(tokens, i, order, prep)
        if got:
            return got
    if t.kind == "n":
        return NUMBERED["digits"](tokens, i, order, prep)
    if t.norm == "q" and i + 1 < len(tokens) and tokens[i + 1].glued and tokens[i + 1].norm in ("1", "2", "3", "4"):
        return NUMBERED["quarter"](tokens, i)
    if t.norm in cw.ORDINALS or (t.norm in ("twenty", "thirty") and _norm(tokens, i + 1) in cw.ORDINALS):
        return NUMBERED["ordinal"](tokens, i)
    return None


def _norm(tokens, i):
    return tokens[i].norm if 0 <= i < len(tokens) else ""
