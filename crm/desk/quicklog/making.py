"""A step made of its clause: its day, its words as typed, its kind."""

import itertools

from . import words as w
from .calendar_words import SMALL_NUMBERS
from .reading import Step
from .these import these
from .verbs import CALLING, MAILING, MEETING, MESSAGING, NOUNISH, lemma_as

FUTURE = frozenset("will 'll shall gonna going".split())
_BOOKING = frozenset(
    (
        "book schedule arrange set agree plan confirm fix organise organize pencil line "
        "invite propose diary rebook get have"
    ).split()
)


def _pick(line, c, at):
    """((day, time), doubtful, phrase) of the clause's due date."""
    cands = []
    for d in c.dates:
        if (
            (d.span_only and d.prep != "from")
            or d.owned
            or d.prep in ("until",)
            or (
                d.prep == "after"
                and not d.minutes
                and d.day is not None
                and line.norm(d.i) == "after"
                and not _counted(line, d)
            )
        ):
            continue
        if d.vague:
            continue
        got = d.due(at)
        if got:
            cands.append((d, got))
    if not cands:
        return None, False, None
    if len(cands) > 1:
        for x, y in itertools.pairwise(cands):
            between = [line.norm(k) for k in range(x[0].j, y[0].i)]
            if between in (["or"], ["/"], ["and"], ["-"]) or (False):
                return None, True, x[0]
        byd = [x for x in cands if x[0].prep in these("by before on at due")]
        whole = [x for x in byd or cands if x[0].day or x[0].minutes]
        if len({x[1] for x in (whole or cands)}) == 1:
            return (whole or cands)[0][1], False, (whole or cands)[0][0]
        if len(whole) == 1:
            d, (day, clock) = whole[0]
            extra = [x for x in cands if x[0] is not d and x[0].day is None and x[0].minutes is None]
            if clock is None and len(extra) == 1:
                clock = extra[0][1][1]
            return (day, clock), False, d
        to = [x for x in cands if x[0].prep == "to" or line.norm(x[0].i - 1) == "to"]
        if len(to) == 1:
            return to[0][1], False, to[0][0]
        if len(byd) == 1:
            return byd[0][1], False, byd[0][0]
        return None, True, cands[0][0]
    return cands[0][1], False, cands[0][0]


def _counted(line, d):
    """ "after 2 days" is a day; "after friday" is none."""
    k = d.i + 1
    return line.tokens[k].kind == "n" or line.norm(k) in SMALL_NUMBERS


def _strip_tail(words):
    while words.lower().endswith((" to", " from", " back", " until", " for", " at", " on")):
        words = words[: words.rstrip().rfind(" ")]
    return words


def _make(line, c, at, owner, k, events):
    picked, doubt, _d = _pick(line, c, at)
    lemma = lemma_as(line.norm(k), "base", "s", "ing") if k < c.b and k not in line.covered else None
    words = _words(line, c, k)
    kind = _kind(line, c, k, lemma, owner, events)
    if not words:
        if picked is None:
            return None
        words = {"call": "call", "email": "email", "meeting": "meeting", "message": "message"}.get(kind, "")
        if not words:
            return None
    step = Step(owner, kind, words, span=_place(line, c))
    if picked and not doubt:
        step.due_on, step.due_time = picked
    return step, doubt


def _place(line, c):
    return line.tokens[c.a].start, line.tokens[c.b - 1].end


def _words(line, c, k):
    """The step in the seller's words: the clause from k on without its date, spelt out where it was shorthand."""
    out = []
    x = k
    drop = set()
    for d in c.dates:
        if not d.owned and (d.due(line.at) is not None or d.vague):
            drop.update(range(d.i, d.j))
    started = False
    while x < c.b:
        t = line.tokens[x]
        if x in drop or t.norm in ("(", ")") or (t.kind == "p" and not started and t.norm not in ("$", "€", "£")):
            x += 1
            continue
        if (
            not started
            and t.norm
            in these("then also please pls and so just to that 1 2 3 next step todo action i we will 'll with")
            and x not in line.covered
        ):
            x += 1
            continue
        started = True
        if t.norm == "cb" or (t.norm == "callback" and not out):
            out.append("call back")
        elif t.norm in ("fu", "followup") and t.raw.lower() in ("fu", "f/u", "f-u", "f/up"):
            out.append("follow up")
        elif t.kind in ("p",) and t.norm in these(", . ! ? : '"):
            if out and t.glued:
                out[-1] += t.raw
        elif t.glued and x > k and out and x - 1 not in drop and line.tokens[x - 1].norm != "'s":
            between = line.text[line.tokens[x - 1].end : t.start]
            out[-1] += between + t.raw
        elif t.glued and out and t.norm.startswith("'"):
            out[-1] += t.raw
        else:
            if t.glued and x > k and x - 1 not in drop and out:
                out[-1] += line.text[line.tokens[x - 1].end : t.start] + t.raw
            else:
                out.append(t.raw)
        x += 1
    words = " ".join(out).strip(" -–—,.;:!?/")
    while words and words.rsplit(" ", 1)[-1].lower() in these(
        "by on at for until before then and latest around in or @ from to the due ("
    ):
        if " " not in words:
            words = ""
            break
        words = words.rsplit(" ", 1)[0].rstrip(" ,-–—")
    return words[:300]


def _kind(line, c, k, lemma, owner, events):
    N = [line.norm(x) for x in range(k, c.b)]
    s = set(N)
    N[1] if len(N) > 1 else ""
    if lemma in these("send drop shoot fire write give ping reply resend forward fwd"):
        if s & {"email", "mail", "e-mail"} or lemma in ("reply", "forward", "fwd"):
            return "email"
        if s & these("text whatsapp sms linkedin dm msg message") or lemma == "ping":
            return "message"
        if lemma == "give" and s & these("call ring bell buzz shout"):
            return "call"
        if s & {"invite"} and s & w.MEETING_NOUNS:
            return "todo"
        return "todo"
    if lemma in CALLING or lemma == "call" or "cb" in N[:1]:
        return "call"
    if lemma in these("come pop drop swing stop nip") and N[1:2] and N[1] in these("in by round over up into to along"):
        return "meeting"
    if lemma in ("speak", "talk") and owner == "me":
        return "call"
    if lemma in MAILING:
        return "email"
    if lemma in MESSAGING:
        return "message"
    if lemma in MEETING or lemma in ("see",):
        return "meeting"
    if lemma in ("try", "retry", "redial") and owner == "me":
        if events and events[-1].kind in ("email", "message"):
            return "todo"
        return "call"
    first = next((x for x in N if x in w.MEETING_NOUNS | w.CALL_NOUNS | {"email", "followup"}), None)
    noun_head = lemma is not None and N[0] in NOUNISH and N[1:2] and N[1] in w.CALL_NOUNS | w.MEETING_NOUNS | {"email"}
    verbish = (
        lemma is not None
        and not noun_head
        and c.verb_at == k
        and lemma
        not in these("book schedule arrange set have confirm plan host do get meet join attend organise grab go run")
    )
    if not verbish and first:
        if first == "email" and (noun_head or lemma is None):
            return "email"  # "recap email tonight"
        if first in w.CALL_NOUNS:
            return "call" if not s & {"zoom", "teams", "video"} else "meeting"
        if first in w.MEETING_NOUNS:
            if lemma in these("book schedule arrange set organise confirm plan") and c.form == "base":
                return "meeting"
            return "meeting"
    return "todo"
