"""Ordinary English: words that are no name unless their place in the line says so.

A table rather than a dictionary file: the words that turn up in a seller's notes, in their base form;
`is_ordinary` takes off the usual endings.
"""

from . import calendar_words as cw
from .ordinary_words import ORDINARY_WORDS
from .verbs import FORMS

WORDS = frozenset(ORDINARY_WORDS.split())


_ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("er", ""),
    ("er", "e"),
    ("est", ""),
    ("ness", ""),
    ("able", ""),
    ("y", ""),
    ("ier", "y"),
    ("iest", "y"),
    ("ily", "y"),
    ("ment", ""),
    ("n't", ""),
)


_CALENDAR = (
    set(cw.WEEKDAYS)
    | set(cw.MONTHS)
    | cw.TODAY
    | cw.TOMORROW
    | cw.YESTERDAY
    | set(cw.UNITS)
    | set(cw.NUMBERS)
    | set(cw.ORDINALS)
    | cw.END_OF_DAY
    | set(cw.END_OF)
    | cw.NOON
    | cw.MORNING
    | cw.AFTERNOON
    | cw.EVENING
    | cw.DATE_PREPS
    | cw.PLURAL_WEEKDAYS
)


_memo = {}


def is_ordinary(norm):
    """Is this a word of the language (and not merely a name)?"""
    hit = _memo.get(norm)
    if hit is None:
        if len(_memo) > 20000:
            _memo.clear()
        hit = _memo[norm] = _look(norm)
    return hit


def _look(norm):
    if norm in WORDS or norm in FORMS or norm in _CALENDAR:
        return True
    for tail, instead in _ENDINGS:
        if norm.endswith(tail) and len(norm) > len(tail) + 2:
            stem = norm[: -len(tail)] + instead
            if stem in FORMS or (stem in WORDS and tail not in ("er", "y", "ier")):  # "Dieter" is no one on a diet
                return True
            if tail in ("ed", "ing", "er") and len(stem) > 3 and stem[-1:] == stem[-2:-1] and stem[:-1] in WORDS:
                return True
    for head in ("re", "un", "pre", "non", "over"):
        if (
            norm.startswith(head)
            and len(norm) > len(head) + 3
            and (norm[len(head) :] in WORDS or norm[len(head) :] in FORMS)
        ):
            return True
    return False
