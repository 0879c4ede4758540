"""Times of day: the part of the date grammar that reads a clock.

Wall-clock hours and minutes. A bare hour 1-6 is p.m., 7-11 a.m., 12 noon.
"""

from . import calendar_words as cw
from .these import these

MORNING, NOON, AFTERNOON, EVENING, CLOSE = (9, 0), (12, 0), (14, 0), (18, 0), (17, 0)

# Words after which a bare number has ended: "at 4 to talk" is a time, "at 4 sites" is not.
_CLOSERS = (
    frozenset(
        (
            "to with and then for re about on but so i he she they we will if by or at in from as "
            "because which that who it is was not no today tomorrow her him them me us again back "
            "via please pls ok regarding when after before until works fine good 's ish sharp "
            "local est pst cet gmt bst utc uk their my our said says using over plus also this "
            "next confirmed booked scheduled instead though w dash the a"
        ).split()
    )
    | set("now instead tho please till til max latest".split())
    | set(cw.WEEKDAYS)
    | cw.TODAY
    | cw.TOMORROW
    | cw.YESTERDAY
)
# What may stand behind a bare hour said with "at": everything above, and a verb or name is not ruled out.


def number(tok, words=True):
    """A whole number from a token, or None."""
    if tok is None:
        return None
    if tok.kind == "n":
        return int(tok.norm) if tok.norm.isdigit() and len(tok.norm) <= 4 else None
    return cw.NUMBERS.get(tok.norm) if words else None


def closes(tokens, j):
    """Nothing after `j` turns the number before it into a count of something."""
    if j >= len(tokens):
        return True
    t = tokens[j]
    if t.kind in ("p", "br"):
        if t.norm == ")" and t.glued and not any(x.norm == "(" for x in tokens[max(0, j - 6) : j]):
            return False  # "2) loggers": the second of a list
        return t.norm not in these("% / : $ € £ x *")
    return t.norm in _CLOSERS and not (t.glued and t.kind == "w" and t.norm not in ("'s", "ish"))


def bare_hour(h, part=None):
    """`part`: the half of the day said beside it, am or pm, if any."""
    if part == "pm":
        return h + 12 if 1 <= h <= 11 else h
    if part == "am":
        return 0 if h == 12 else h
    return h + 12 if 1 <= h <= 6 else h


def _half(tokens, j):
    """am/pm behind a number: (am|pm|None, next)."""
    if j < len(tokens):
        t = tokens[j]
        if t.norm in ("am", "pm"):
            return t.norm, j + 1
        if t.glued and t.norm in ("a", "p") and t.kind == "w":
            return ("am" if t.norm == "a" else "pm"), j + 1
        if t.norm == "in" and j + 2 < len(tokens) and tokens[j + 1].norm == "the":
            w = tokens[j + 2].norm
            if w == "morning":
                return "am", j + 3
            if w in ("afternoon", "evening"):
                return "pm", j + 3
        if t.norm == "at" and j + 1 < len(tokens) and tokens[j + 1].norm == "night":
            return "pm", j + 2
        if t.norm == "oclock" or t.norm == "o'clock":
            return _half(tokens, j + 1)[0], max(j + 1, _half(tokens, j + 1)[1])
    return None, j


def time_at(tokens, i, anchored, part=None):
    """A time of day that starts at `i`: ((hour, minute), next) or None.

    `anchored`: a day or "at" stands before it, so that a bare number may be an hour.
    """
    n = len(tokens)
    if i >= n:
        return None
    t = tokens[i]
    w = t.norm
    if w == "the" and i + 1 < n and tokens[i + 1].norm in ("morning", "afternoon", "evening"):
        return None
    if w in these("around about approx circa roughly") and anchored:
        return time_at(tokens, i + 1, anchored, part)
    if w == "half" and i + 1 < n:
        j = i + 2 if tokens[i + 1].norm == "past" else i + 1
        h = number(tokens[j]) if j < n else None
        if h is not None and 1 <= h <= 12 and (j > i + 1 or tokens[j].kind == "n" or closes(tokens, j + 1)):
            half, j2 = _half(tokens, j + 1)
            if not (j == i + 1 and not closes(tokens, j2)):
                return (bare_hour(h, half or part), 30), j2
        return None
    if w in ("quarter", "ten", "twenty", "five") or (t.kind == "n" and w in these("5 10 20 25 15")):
        j = i + 1
        if j < n and tokens[j].norm in ("past", "to") and j + 1 < n:
            m = 15 if w == "quarter" else number(t)
            h = number(tokens[j + 1])
            if h is not None and 1 <= h <= 12 and closes(tokens, j + 2) and (anchored or w == "quarter"):
                half, j2 = _half(tokens, j + 2)
                if tokens[j].norm == "past":
                    return (bare_hour(h, half or part), m), j2
                if w == "quarter" or tokens[j].norm == "past" or t.kind == "w":
                    h2 = bare_hour(h, half or part)
                    return ((h2 - 1) % 24, 60 - m), j2
    if t.kind == "n":
        return _digits(tokens, i, anchored, part)
    if w in ("noon", "midday", "noonish"):
        return NOON, i + 1
    if w in cw.END_OF_DAY:
        return CLOSE, i + 1
    if (
        w in ("end", "close")
        and i + 2 < n
        and tokens[i + 1].norm == "of"
        and tokens[i + 2].norm in ("day", "play", "business")
    ):
        return CLOSE, i + 3
    if (
        w == "end"
        and i + 3 < n
        and tokens[i + 1].norm == "of"
        and tokens[i + 2].norm == "the"
        and tokens[i + 3].norm == "day"
    ):
        return CLOSE, i + 4
    if w == "first" and i + 1 < n and tokens[i + 1].norm == "thing":
        j = i + 2
        if j + 2 < n and tokens[j].norm == "in" and tokens[j + 1].norm == "the" and tokens[j + 2].norm == "morning":
            j += 3
        return MORNING, j
    if w == "after" and i + 1 < n and tokens[i + 1].norm == "lunch":
        return AFTERNOON, i + 2
    if w == "before" and i + 1 < n and tokens[i + 1].norm in ("lunch", "noon", "midday"):
        return NOON, i + 2
    if anchored:
        if (
            w == "in"
            and i + 2 < n
            and tokens[i + 1].norm == "the"
            and tokens[i + 2].norm in ("morning", "afternoon", "evening")
        ):
            return time_at(tokens, i + 2, True)
        if w in cw.MORNING:
            return MORNING, i + 1
        if w in cw.AFTERNOON:
            return AFTERNOON, i + 1
        if w in cw.EVENING:
            return EVENING, i + 1
        if w == "lunchtime" or (w == "lunch" and tokens[i - 1].norm in ("at", "over")):
            return NOON, i + 1
        h = cw.NUMBERS.get(w)
        if h is not None and 1 <= h <= 12:
            j = i + 1
            if j < n and tokens[j].norm in ("thirty", "fifteen", "forty"):
                m = cw.NUMBERS[tokens[j].norm]
                if m == 40:
                    if j + 1 < n and tokens[j + 1].norm == "five":
                        half, j2 = _half(tokens, j + 2)
                        return (bare_hour(h, half or part), 45), j2
                else:
                    half, j2 = _half(tokens, j + 1)
                    return (bare_hour(h, half or part), m), j2
            half, j2 = _half(tokens, j)
            if half or j2 > j or closes(tokens, j):
                return (bare_hour(h, half or part), 0), j2
    else:
        h = cw.NUMBERS.get(w)
        if h is not None and 1 <= h <= 12:
            half, j2 = _half(tokens, i + 1)
            if half or j2 > i + 1:
                return (bare_hour(h, half), 0), j2
    return None


def _digits(tokens, i, anchored, part):
    """4pm, 4:30, 10.30am, 16h30, 1630hrs, 10ish, 2-3pm, and a bare 4 where anchored."""
    n = len(tokens)
    t = tokens[i]
    s = t.norm
    j = i + 1
    h = m = None
    clear = False  # certainly a time, whatever follows
    if s.isdigit():
        h = int(s)
        if len(s) == 4 and j < n and tokens[j].norm in ("hrs", "hours", "h") and h % 100 < 60:
            return ((h // 100, h % 100), j + 1) if h < 2400 else None
        if (
            len(s) == 4
            and anchored
            and h < 2400
            and h % 100 < 60
            and h % 5 == 0
            and not 1990 <= h <= 2100
            and closes(tokens, j)
        ):
            return (bare_hour(h // 100) if s[0] != "0" else h // 100, h % 100), j
        if len(s) in (3, 4) and j < n and tokens[j].norm in ("am", "pm") and h % 100 < 60 and 1 <= h // 100 <= 12:
            return (bare_hour(h // 100, tokens[j].norm), h % 100), j + 1
        if len(s) > 2:
            return None
        if (
            j + 1 < n
            and (tokens[j].norm == ":" or (tokens[j].norm == "h" and (anchored or h >= 7)))
            and tokens[j].glued
            and tokens[j + 1].glued
            and tokens[j + 1].kind == "n"
            and len(tokens[j + 1].norm) == 2
            and int(tokens[j + 1].norm) < 60
        ):
            m = int(tokens[j + 1].norm)
            j += 2
            clear = True
    elif s.count(".") == 1 and "," not in s:
        a, b = s.split(".")
        if len(a) <= 2 and len(b) == 2 and int(b) < 60 and int(a) < 24:
            h, m = int(a), int(b)
            if not ((j < n and tokens[j].norm in ("am", "pm")) or (anchored and closes(tokens, j))):
                return None
            clear = True
    if h is None or h > 23:
        return None
    # a range: its start counts, "2-3pm" lends its half of the day to both
    k = j
    if (
        k + 1 < n
        and tokens[k].norm == "-"
        and tokens[k + 1].kind == "n"
        and tokens[k + 1].norm.isdigit()
        and len(tokens[k + 1].norm) <= 2
    ):
        end = int(tokens[k + 1].norm)
        k2 = k + 2
        if k2 + 1 < n and tokens[k2].norm == ":" and tokens[k2 + 1].kind == "n":
            k2 += 2
        half, k3 = _half(tokens, k2)
        if end <= 24 and (half or (anchored and closes(tokens, k3))):
            if half == "pm" and h > end and h != 12:  # 11-1pm starts in the morning
                half = "am" if h < 12 else None
            return (bare_hour(h, half or part) % 24, m or 0), k3
        return None
    if j < n and h == 12 and tokens[j].norm in ("noon", "midday"):
        return NOON, j + 1
    half, k = _half(tokens, j)
    if half:
        if h > 12:
            return (h, m or 0), k
        if h == 0:
            return None
        # "2pm-3pm", "2pm to 3pm"
        if k + 2 < n and tokens[k].norm in ("-", "dash", "to") and tokens[k + 1].kind == "n":
            again = _half(tokens, k + 2)
            if again[0] and number(tokens[k + 1]) is not None:
                return (bare_hour(h, half), m or 0), again[1]
        return (bare_hour(h, half), m or 0), k
    if k > j:  # o'clock
        return (bare_hour(h, part), m or 0), k
    if j < n and tokens[j].norm == "ish":
        return (bare_hour(h, part), m or 0), j + 1
    if clear:
        if s[0] == "0" and len(s) == 2:
            return (h, m), j
        return (bare_hour(h, part), m), j
    if anchored and (closes(tokens, j) or _verbish(tokens, j)) and h >= 1 and s[0] != "0":
        return (bare_hour(h, part), 0), j
    return None


_VERBISH = frozenset(
    (
        "call send email chase discuss demo ask bring meet confirm ring text try check follow "
        "talk review mail visit go get budget he'll she'll they'll"
    ).split()
)


def _verbish(tokens, j):
    return tokens[j].norm in _VERBISH and not tokens[j].glued
