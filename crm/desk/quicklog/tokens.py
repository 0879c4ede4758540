"""Text into tokens, once; everything after this works on tokens.

A hand-written scanner rather than regular expressions, so that any text of any length takes
linear time. Contractions are taken apart ("she'll" is "she" + "'ll"), shorthand is spelt out
("w/" is "with"), and `norm` is folded: no case, no accents, one kind of apostrophe.
"""

import unicodedata
from dataclasses import dataclass

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "’": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "ʼ": "'",
        "–": "-",
        "—": "-",
        "‑": "-",
    }
)
_DASHES = "–—―"
_HYPHENS = "-‑‐"
_APOSTROPHES = "'’‘`´ʼ"


def fold(text):
    """Without case and accents, for comparing: "Zdeněk" and "zdenek" are one."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


@dataclass(slots=True)
class Token:
    """`kind`: w word, n number, p punctuation, a address (mail, web), br line break."""

    start: int
    end: int
    raw: str
    norm: str
    kind: str
    glued: bool  # no blank before it

    @property
    def capital(self):
        return self.raw[:1].isupper()


# What people type for one word, whole chunks only (trailing punctuation apart).
_SHORT = {
    "w/": "with",
    "s/w": "spoke",
    "f2f": "f2f",
    "1:1": "f2f",
    "1-1": "f2f",
    "121": "f2f",
    "1-2-1": "f2f",
    "t/w": "talked",
    "w/o": "without",
    "n/a": "n/a",
    "f/u": "followup",
    "f/up": "followup",
    "f-u": "followup",
    "c/b": "cb",
    "l/m": "lm",
    "v/m": "vm",
    "b/c": "because",
    "o/o/o": "ooo",
    "a.m": "am",
    "p.m": "pm",
    "2moro": "tomorrow",
    "2morrow": "tomorrow",
    "2mrw": "tomorrow",
    "2mro": "tomorrow",
    "2day": "today",
    "2nite": "tonight",
    "p.o": "po",
    "b4": "before",
    "y'day": "yesterday",
    "o'clock": "oclock",
    "n.a": "n/a",
    "e.o.d": "eod",
    "c.o.b": "cob",
    "r/s": "reschedule",
    "nxt": "next",
    "bfr": "before",
    "frm": "from",
    "teh": "the",
    "hte": "the",
    "thye": "they",
    "tehy": "they",
    "cls": "closes",
    "clsd": "closed",
    "snd": "send",
    "gona": "gonna",
    "emld": "emailed",
    "emaild": "emailed",
    "cld": "called",
    "rcvd": "received",
    "recvd": "received",
    "sayin": "saying",
    "abt": "about",
    "bcoz": "because",
    "bk": "back",
    "wil": "will",
    "bak": "back",
    "alot": "lots",
    "wld": "would",
    "shd": "should",
    "chk": "check",
    "chkd": "checked",
    "rply": "reply",
    "mnth": "month",
    "nx": "next",
    "sched": "schedule",
    "->": "->",
    "=>": "->",
    "→": "->",
    "&": "and",
    "+": "and",
}
_SPLIT_AFTER = ("'ll", "'re", "'ve", "'s", "'d", "'m")
_BARE = {  # contractions typed without the apostrophe: length of the first part, its norm, norm of the second
    "dont": (2, "do", "n't"),
    "didnt": (3, "did", "n't"),
    "doesnt": (4, "does", "n't"),
    "wasnt": (3, "was", "n't"),
    "isnt": (2, "is", "n't"),
    "arent": (3, "are", "n't"),
    "werent": (4, "were", "n't"),
    "hasnt": (3, "has", "n't"),
    "havent": (4, "have", "n't"),
    "hadnt": (3, "had", "n't"),
    "wont": (2, "will", "n't"),
    "cant": (2, "can", "n't"),
    "couldnt": (5, "could", "n't"),
    "wouldnt": (5, "would", "n't"),
    "shouldnt": (6, "should", "n't"),
    "theyll": (4, "they", "'ll"),
    "youll": (3, "you", "'ll"),
    "itll": (2, "it", "'ll"),
    "hes": (2, "he", "'s"),
    "shes": (3, "she", "'s"),
    "im": (1, "i", "'m"),
    "ive": (1, "i", "'ve"),
    "weve": (2, "we", "'ve"),
    "theyve": (4, "they", "'ve"),
    "theyre": (4, "they", "'re"),
    "thats": (4, "that", "'s"),
    "whos": (3, "who", "'s"),
    "whats": (4, "what", "'s"),
    "lets": (3, "let", "'s"),
    "theyd": (4, "they", "'d"),
    "cannot": (3, "can", "n't"),
}
# "dm'd", "fwd'd": a past tense, not "had" or "would"
_MADE_VERBS = frozenset(
    "dm fwd sms msg cc bcc whatsapp ok okay demo intro txt linkedin zoom slack im pm email voicemail "
    "vm pdf id ko od dq".split()
)
_NEGATED = {"ca": "can", "wo": "will", "sha": "shall"}
_SPELT = {"e-mail": "email", "and/or": "or"}


def tokenize(text):
    """All tokens of `text`, in order, with their places in it."""
    tokens, i, n = [], 0, len(text)
    while i < n:
        c = text[i]
        if c in "\n\r\u2028\u2029\x0b\x0c":
            tokens.append(Token(i, i + 1, c, "\n", "br", False))
            i += 1
        elif c.isspace() or not c.isprintable():
            i += 1
        else:
            j = i
            while j < n and not text[j].isspace():
                j += 1
            _chunk(text, i, j, tokens)
            i = j
    return _unnumber(tokens)


def _unnumber(tokens):
    """ "1. call Liam 2. email Ingrid": the numbers of a list count nothing; they become full stops."""
    wanted, marks = 1, []
    for k in range(len(tokens) - 1):
        t, after = tokens[k], tokens[k + 1]
        if (
            t.norm == str(wanted)
            and not t.glued
            and after.norm in (".", ")")
            and after.glued
            and not (k and tokens[k - 1].norm == "(")
        ):
            marks.append(k)
            wanted += 1
    if len(marks) > 1:
        for k in marks:
            tokens[k].kind, tokens[k].norm, tokens[k + 1].norm = "p", ";", ";"
    return tokens


def _chunk(text, i, j, tokens):
    """One run of characters between blanks."""
    first = len(tokens)
    e = j
    while e > i and text[e - 1] in ".,;:!?)":
        e -= 1
    low = text[i:e].lower() if e - i <= 12 else ""
    if low in _SHORT:
        norm = _SHORT[low]
        tokens.append(Token(i, e, text[i:e], norm, "p" if norm == "->" else "w", False))
        i = e
    elif text[i:e] == "w":
        tokens.append(Token(i, e, "w", "with", "w", False))
        i = e
    elif low.startswith("e-mail"):
        tokens.append(Token(i, e, text[i:e], "email" + low[6:], "w", False))
        i = e
    elif text[i] == "@" and e - i > 1:
        tokens.append(Token(i, i + 1, "@", "at", "w", False))
        i += 1
    elif low[:2] == "w/" and e - i > 2:
        tokens.append(Token(i, i + 2, text[i : i + 2], "with", "w", False))
        i += 2
    elif ("@" in text[i + 1 : e] and "." in text[i:e]) or low[:4] == "www." or "://" in text[i:e]:
        tokens.append(Token(i, e, text[i:e], fold(text[i:e]), "a", False))
        i = e
    while i < j:
        i = _one(text, i, j, tokens)
    if len(tokens) > first:
        tokens[first].glued = False


def _one(text, i, j, tokens):
    """The token that starts at `i`; returns where the next one starts."""
    c = text[i]
    if c.isalpha():
        k = i + 1
        while k < j and (
            text[k].isalpha()
            or unicodedata.combining(text[k])
            or (text[k] in _APOSTROPHES and k + 1 < j and text[k + 1].isalpha())
        ):
            k += 1
        _word(text, i, k, tokens)
        return k
    if c.isdigit() and c.isascii():
        k = i + 1
        while k < j and (
            (text[k].isascii() and text[k].isdigit())
            or (text[k] in ".," and k + 1 < j and text[k + 1].isascii() and text[k + 1].isdigit())
        ):
            k += 1
        tokens.append(Token(i, k, text[i:k], text[i:k], "n" if k - i <= 15 else "a", True))
        return k
    if c in _HYPHENS and tokens and i + 1 < j and i > 0 and not text[i - 1].isspace():
        before, after = text[i - 1], text[i + 1]
        if before.isalnum() and after.isalnum() and not (before.isdigit() and after.isdigit()):
            return i + 1  # "follow-up", "30-min", "mid-March": two words, no dash
        if before.isdigit() and after.isdigit():
            tokens.append(Token(i, i + 1, c, "-", "p", True))
            return i + 1
    if c == "-" and text[i : i + 2] == "->":
        tokens.append(Token(i, i + 2, "->", "->", "p", True))
        return i + 2
    if c in _HYPHENS or c in _DASHES:
        k = i + 1
        while k < j and (text[k] in _HYPHENS or text[k] in _DASHES):
            k += 1
        tokens.append(Token(i, k, text[i:k], "dash", "p", True))
        return k
    norm = {"&": "and", "@": "at", "+": "and"}.get(c)
    tokens.append(Token(i, i + 1, c, norm or c, "w" if norm else "p", True))
    return i + 1


def _word(text, i, k, tokens):
    raw = text[i:k]
    norm = fold(raw)
    if norm == "lm":
        norm = "lvm"
    if norm in _SPELT:
        norm = _SPELT[norm]
    if norm in _BARE:
        cut, a, b = _BARE[norm]
        return _two(text, i, i + cut, k, a, b, tokens)
    if norm.endswith("n't") and len(norm) > 3 and len(norm) == len(raw):
        head = norm[:-3]
        return _two(text, i, k - 3, k, _NEGATED.get(head, head), "n't", tokens)
    if norm.endswith("'d") and norm[:-2] in _MADE_VERBS:
        tokens.append(Token(i, k, raw, norm, "w", True))
        return None
    if "'" in norm and len(norm) == len(raw):
        for tail in _SPLIT_AFTER:
            if norm.endswith(tail) and len(norm) > len(tail):
                return _two(text, i, k - len(tail), k, norm[: -len(tail)], tail, tokens)
    tokens.append(Token(i, k, raw, norm, "w", True))


def _two(text, i, cut, k, a, b, tokens):
    tokens.append(Token(i, cut, text[i:cut], a, "w", True))
    tokens.append(Token(cut, k, text[cut:k], b, "w", True))
