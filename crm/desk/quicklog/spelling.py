"""Slips of the finger mended before a line is read: "firday", "yestrday", "clsoing", "wonnn", "spoke 2 neil".

Only words that are no English and no name on record are mended, only into words that decide what a line
means, and only over one slip. `norm` changes, `raw` stays: what is shown is what was typed.
"""

from rapidfuzz.distance import OSA

from . import calendar_words as cw
from .ordinary import is_ordinary
from .these import these
from .tokens import fold
from .verbs import CALLING, FORMS, MAILING, MEETING, MESSAGING, SENDING, TALKING

_DECIDING = these(
    "today tonight tomorrow yesterday morning afternoon evening fortnight weekend business proposal quote pricing "
    "contract voicemail message answer meeting lunch mobile budget before because another someone cancelled canceled "
    "rescheduled postponed confirmed promised agreed moved pushed closes closing closed signed pushing slipped "
    "should would could they their there about again email follow followup chase chasing schedule competitor "
    "incumbent supplier reply replied answered wants asked tried trying going waiting thinks walked chose stayed"
)
_VERBS = CALLING | MAILING | MESSAGING | MEETING | TALKING | SENDING
TARGETS = sorted(
    {
        x
        for x in {*cw.WEEKDAYS, *cw.MONTHS, *_DECIDING, *(f for f, of in FORMS.items() for v, _k in of if v in _VERBS)}
        if len(x) >= 5 and "'" not in x and x not in ("march", "april", "buzzed", "belled", "pings", "texts")
    }
)
_SHORT_TARGETS = these("today monday friday email called reply quote")
_memo = {}


def mend(tokens, directory):
    """Changes the `norm` of mistyped words in place."""
    stages = [x for name in directory.stages for x in fold(name).split() if len(x) > 5]
    for k, t in enumerate(tokens):
        if t.kind == "n":
            if t.norm == "2" and not t.glued and _two_is_to(tokens, k):
                t.kind, t.norm = "w", "to"
            continue
        if t.kind != "w" or len(t.norm) < 4 or is_ordinary(t.norm) or t.glued:
            continue
        if t.raw[:1].isupper() and k:
            continue
        found = _mended(t.norm) or next((x for x in stages if _slip(t.norm, x)), None)
        if found and not directory.lookup(t.norm) and not directory.near(t.norm):
            t.norm = found


def _mended(word):
    hit = _memo.get(word)
    if hit is None:
        if len(_memo) > 20000:
            _memo.clear()
        hit = _memo[word] = _squeezed(word) or _closest(word) or ""
    return hit


def _squeezed(word):
    """ "wonnn", "sooo": a letter held down."""
    if not any(word[x] == word[x + 1] == word[x + 2] for x in range(len(word) - 2)):
        return None
    for keep in (1, 2):
        out = []
        for c in word:
            if len(out) < keep or any(x != c for x in out[-keep:]):
                out.append(c)
        short = "".join(out)
        if is_ordinary(short):
            return short
    return None


def _closest(word):
    """The one deciding word a single slip away; the ends of a word are rarely mistyped."""
    if len(word) < 4 or not word.isascii():
        return None
    hits = [
        x
        for x in TARGETS
        if abs(len(x) - len(word)) < 2
        and (len(word) > 4 or x in _SHORT_TARGETS)
        and (x[0] == word[0] or sorted(x) == sorted(word))
        and (x[-1] == word[-1] or sorted(x) == sorted(word))
        and OSA.distance(word, x, score_cutoff=1) <= 1
    ]
    return hits[0] if len(hits) == 1 else None


def _slip(word, target):
    return abs(len(word) - len(target)) < 2 and word != target and OSA.distance(word, target, score_cutoff=1) == 1


def _two_is_to(tokens, k):
    """ "spoke 2 neil", "want 2 meet": a figure that sounds like "to"."""
    if not k or k + 1 >= len(tokens) or tokens[k + 1].kind != "w" or tokens[k + 1].glued:
        return False
    prev = tokens[k - 1].norm
    return prev in these("spoke spke spk spoken talked tlked chatted wrote gonna going wants want need needs got back")
