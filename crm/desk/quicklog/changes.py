"""What changes about the deal: stage, amount, close date, won, lost or walked.

A change is only what the line states as fact. A condition ("94k if signed by June"), a wish, a
question, a price asked or offered, somebody's budget: none of them changes anything.
"""

from rapidfuzz.distance import OSA

from . import words as w
from .days import DAY
from .directory import name_words, stage_stem
from .ends import end
from .ordinary import is_ordinary
from .reading import DealChanges
from .these import these
from .verbs import lemma_as

_TO = frozenset("to into in at -> now is = : stage back 's dash reached entered hit".split())
_MOTION = frozenset(
    (
        "move go push advance progress promote bump put set shift take come bring be enter "
        "reach get mark return drop slip jump graduate pull fall step kick send"
    ).split()
)
_NOT_DEAL_MONEY = frozenset(
    "budget budgets spend spends spending spent discount off cost costs costing pay pays paying paid "
    "fee fees save saves saving lose losing turnover revenue fine "
    "offered offer offers quoted quote asked asking ask wants want need needs wanted said says would "
    "could might if maybe expects expected salary invoice invoiced "
    "per rent bonus commission penalty deposit upfront raise raised funding limit cap threshold "
    "approval sign-off budgeted proposal quotation po charge charged "
    "currently today's competitor incumbent theirs cheaper under over below above between around "
    "range thinks think hoped hopes hoping counter countered counteroffer "
    "haggling push pushing bid estimate estimated ballpark capped licence fees".split()
)
_LANDING = frozenset(
    ("land sign expect forecast complete finalise finalize book come close target pencil slide").split()
)
_AMOUNT_VERBS = frozenset({"reach", "double", "triple", "hit"}) | frozenset(
    (
        "be go grow rise drop fall cut reduce increase bump raise lower agree settle land "
        "come sit stand win sign close move set expand shrink revise update put make get "
        "upsize downsize trim change push pull squeak stay seal shake end finalise finalize "
        "take up creep crawl climb inch edge jump shoot slip slide leap nudge balloon swell stretch knock bring haggle"
    ).split()
)
_GUESSES = frozenset("think reckon hope guess believe feel expect suspect".split())
_CLOSE_WORDS = frozenset({"close", "closing", "closes", "closed"})
_SLIPS = frozenset({"slide", "drift"}) | frozenset(
    ("push slip move delay pull bring shift bump postpone defer stall drag slide kick come extend go").split()
)


def read(line, clauses, who, directory, at, events):
    """(changes, indexes of clauses that do nothing else, whether a deal's end or size was spoken of)."""
    ch = DealChanges()
    mine = set()
    topic = False  # the line has a deal or its company as its heading
    for n, c in enumerate(clauses):
        heads = [m for m in c.mentions if m.prospects or m.deals]
        unknown_head = n == 0 and c.subject in ("company", "person") and not c.mentions
        deal_head = any(m.deals for m in heads)
        said = {line.norm(k) for k in range(c.a, c.b) if k not in line.covered}
        about = (
            bool(heads)
            or topic
            or (who.prospect is not None and bool(said & {"deal", "deals"}))
            or unknown_head
            or c.subject in ("deal", "it")
        )
        if c.conditional:
            topic = topic or bool(heads)
            continue
        if n and c.reported and clauses[n - 1].lemma in _GUESSES and clauses[n - 1].subject != "me":
            continue  # "Mick thinks it closes by 3/20": hearsay
        before = (ch.stage, ch.amount, ch.close_on, ch.outcome)
        end(line, c, ch, clauses, n, about, at, events)
        if not _unreal(line, c):
            _stage(line, c, ch, directory, about, clauses, n)
            _close(line, c, ch, about, at, clauses, n, events, who)
            _amount(line, c, ch, about, clauses, n, events, who)
        after = (ch.stage, ch.amount, ch.close_on, ch.outcome)
        if after != before:
            mine.add(n)
        topic = (
            topic
            or (bool(heads) and (n == 0 or deal_head))
            or after != before
            or (bool(heads) and c.lemma is None and n < 2)
        )
    return ch, mine


def _unreal(line, c):
    """Wished, feared, asked or denied rather than so. "is going to slip" is so."""
    aux = set(c.aux)
    subject = c.subject or (c.inherits.subject if c.inherits is not None else None)
    if c.lemma == "close" and set(c.aux) <= {"should", "to"} and not c.negative and subject in ("company", "deal"):
        return False
    if c.negative and c.lemma == "close" and any(d.prep in ("until", "before") for d in c.dates):
        return False
    if c.negative and not ("not" in {line.norm(k) for k in range(c.a, c.b)} and not aux):
        return True
    if aux & these("would could might may can should 'd") and not c.reported:
        return True
    first = {line.norm(k) for k in range(c.a, min(c.a + 6, c.b))}
    return bool(first & these("maybe perhaps might could would hopefully hoping hope"))


# --- stages --------------------------------------------------------------------------------------------


def _stages_at(line, k, directory):
    """(stage, next) where a stage's name, or a form of it, stands at k."""
    for name in directory.stages:
        words = name_words(name)
        if words and all(line.norm(k + x) == words[x] for x in range(len(words))):
            return name, k + len(words)
    x = line.norm(k)
    for name in directory.stages:
        stem = stage_stem(name)
        words = name_words(name)
        if len(words) == 1 and (
            (
                stem
                and x.startswith(stem)
                and len(x) <= len(stem) + 6
                and (
                    x[len(stem) :]
                    in (
                        "",
                        "e",
                        "ed",
                        "ing",
                        "ion",
                        "ions",
                        "ation",
                        "ations",
                        "ating",
                        "ate",
                        "al",
                        "osed",
                        "ive",
                        "osis",
                    )
                )
            )
            or x == words[0] + "s"
        ):
            return name, k + 1
    return _stage_guess(line, k, x, directory)


def _stage_guess(line, k, x, directory):
    """ "eval", "nego", "propsal": the start of one stage's name, or a slip away from it."""
    short = 3 if line.norm(k - 1) in ("->", "to", "=", "stage") else 4
    if len(x) < short or not x.isalpha() or is_ordinary(x) or k in line.covered:
        return None
    heads = {}
    for name in directory.stages:
        words = name_words(name)
        if len(words) == 1:
            heads[name] = words[0]
    starts = [name for name, head in heads.items() if head.startswith(x) and len(head) > len(x) + 1]
    if len(starts) == 1:
        return starts[0], k + 1
    near = [name for name, head in heads.items() if len(x) >= 6 and OSA.distance(x, head, score_cutoff=1) <= 1]
    return (near[0], k + 1) if len(near) == 1 else None


def _stage(line, c, ch, directory, about, clauses, n):
    found = None
    aux = set(c.aux)
    if c.negative or (aux & these("will 'll should must can gonna") and c.subject != "me"):
        return
    if (aux & {"to"} and c.subject not in (None, "company", "deal")) or "ready" in aux:
        return
    k = c.a
    while k < c.b:
        hit = _stages_at(line, k, directory) if k not in line.covered or not line.mention_at.get(k) else None
        if not hit:
            k += 1
            continue
        name, j = hit
        prev, prev2 = line.norm(k - 1), line.norm(k - 2)
        nxt = line.norm(j)
        if prev in ("the", "a") and not (nxt == "stage" and prev == "the"):
            k = j
            continue
        if prev == "the" and nxt == "stage":
            prev, prev2 = prev2, line.norm(k - 3)
        if prev == "from":
            k = j
            continue
        if nxt in these("doc document deck meeting call skills by draft tactics process") or (
            nxt in ("from", "to") and lemma_as(line.norm(c.verb_at), "past") in ("send", "email")
        ):
            k = j
            continue
        lemma = c.lemma
        motion = lemma in _MOTION or any(
            lemma_as(line.norm(x), "past", "ing", "s") in _MOTION and x not in line.covered for x in range(c.a, k)
        )
        if (k - 1 < c.a and c.joint in ("->", "=")) or prev == "->":
            found = name
        elif prev in ("to", "into") and (motion or c.subject in ("company", "deal") or (lemma is None and about)):
            if (
                lemma in these("send email get reply listen agree respond look refer speak")
                and c.form in ("past", "base")
                and lemma != "get"
            ):
                k = j
                continue
            if lemma == "go" and c.subject in ("thing", "person"):
                k = j
                continue
            if nxt in w.OBJECTS or nxt in these("us our the other others alternatives"):
                k = j
                continue
            found = name
        elif (
            prev in ("in", "at", "now", "back")
            and (c.subject in these("company deal it they me") or about)
            and (lemma in (None, "be", "sit", "stay", "put") or motion or c.verb_at == k)
            and (nxt not in ("with", "of", "about", "over") or _with_buyer(line, c, j))
        ):
            if prev in ("in", "at") and c.subject in ("person",):
                k = j
                continue
            if nxt in ("us", "other", "alternatives") or (
                prev == "now" and name_words(name)[0] != line.norm(k) and nxt
            ):
                k = j
                continue
            found = name
        elif (
            (
                prev in ("stage", "=", "is")
                and (prev2 in ("stage",) or prev in ("stage", "=") or (prev == "is" and prev2 == "stage"))
            )
            or (line.norm(k - 1) in (":", "=") and line.norm(k - 2) == "stage")
            or (k == c.a and n and _says_stage(line, clauses[n - 1]))
            or (j >= c.b and c.subject in ("company", "deal") and lemma != "be" and prev == "now")
            or (
                j >= c.b
                and c.mentions
                and c.mentions[0].i == c.a
                and c.mentions[0].j == k
                and (c.mentions[0].prospects or c.mentions[0].deals)
            )
            or (nxt == "stage" and (about or motion) and prev not in ("of", "the"))
            or (lemma in ("mark", "reach", "enter") and c.verb_at >= 0 and k > c.verb_at and c.verb_at >= k - 3)
            or (
                k == c.a
                and about
                and n
                and j >= c.b
                and clauses[n - 1].b - clauses[n - 1].a <= 4
                and c.joint in (":", "dash", ",")
                and n == 1
                and clauses[0].lemma is None
                and clauses[0].mentions
                and name_words(name)[0] == line.norm(k)
            )
        ):
            found = name
        k = j
    if found:
        ch.stage = found


def _with_buyer(line, c, j):
    """ "in negotiation with Brae": with whom the line is about, nobody else."""
    m = line.mention_at.get(j + 1)
    return bool(line.norm(j) == "with" and m and (m.prospects or m.deals) and c.subject in ("me", "deal", None))


def _says_stage(line, c):
    N = [line.norm(k) for k in range(c.a, c.b)]
    return bool(N) and N[-1] in ("stage",)


# --- the expected close -----------------------------------------------------------------------------------


def _due(d, at, whole_month_end=True):
    got = d.due(at)
    return got[0] if got else None


def _close(line, c, ch, about, at, clauses, n, events, who):
    if not c.dates:
        return
    N = [line.norm(k) for k in range(c.a, c.b)]
    s = set(N)
    if (
        set(c.aux) & {"will", "'ll"}
        and c.subject in ("person", "they", "role")
        and c.lemma not in ("close", "slip", "push")
    ):
        return
    for d in c.dates:
        if d.only == "past" or d.vague or d.owned or d.prep == "since":
            continue
        prev, _prev2 = line.norm(d.i - 1), line.norm(d.i - 2)
        near = [line.norm(k) for k in range(max(c.a, d.i - 5), d.i)]
        day = _month_end(d, at)
        if day is None:
            continue
        if c.negative and d.prep == "before" and not d.ends and not d.time:
            day = day + DAY  # "won't close before 4/30": not a day earlier
        closing = (
            bool(set(near) & {"close", "closing", "closes"})
            and not set(near) & {"mark", "remarks", "books"}
            and not any(k in line.covered and line.norm(k) in ("close",) for k in range(c.a, d.i))
        )
        said = [line.norm(k) for k in range(c.a, d.i) if k not in line.covered]
        if (
            c.lemma in (None, "be", "move", "set", "slip", "change", "push", "become")
            and "date" in said
            and (set(said) & _CLOSE_WORDS or "signing" in said)
        ):
            closing = True  # "the expected closing date for the Kilbride site safety deal is now 29 May"
        dated = ("date" in near and "close" in near) or {"expected", "close"} <= set(near) or "closing" in near
        if line.norm(d.i - 1) == "not" or line.norm(d.i) == "not" or prev == "from" or d.prep == "from":
            continue
        if closing or dated:
            if set(near) & these("office shop year store offices books quarter"):
                continue
            if c.subject in ("person", "role") and not about:
                continue
            if c.lemma == "want" or s & these("wants asked hopes hope hoping tries want"):
                continue
            ch.close_on = day
            return
        lemma = c.lemma
        moving = (lemma in _SLIPS and c.form in ("past", "s", "ing", "base")) or (
            lemma is None and these("slipped pushed slips slipping delayed") & s
        )
        to = (
            d.prep in ("to", "until", "for")
            or prev in these("to until till into forward in back out")
            or line.norm(d.i) in ("to", "until")
        )
        if moving and to and _deal_moves(line, c, about, s, who):
            ch.close_on = day
            return
        if (
            prev in these("expected forecast eta landing target likely estimated signing")
            and c.subject in ("company", "deal", None)
            and about
            and c.lemma not in ("owe", "send")
            and heads_only(line, c)
        ):
            ch.close_on = day
            return
        if lemma == "land" and c.subject in ("company", "deal", "it") and about and not c.negative:
            ch.close_on = day
            return
        if lemma == "expect" and c.subject in ("company", "deal") and near[-2:] == ["to", "sign"]:
            ch.close_on = day
            return
        if c.joint == "->" and ch.close_on is not None and _only_date(line, c):
            ch.close_on = day  # "4/30 -> 5/15"
            return
        if {"new", "date"} <= set(near) and about and not s & w.MEETING_NOUNS:
            ch.close_on = day
            return
        if (
            line.norm(d.j) == "close"
            and (d.j + 1 >= c.b or line.tokens[d.j + 1].kind == "p")
            and about
            and lemma in (None, "close")
        ):
            ch.close_on = day
            return
        if ch.close_on is None and n and _only_date(line, c) and _asks_close(line, clauses[n - 1], c):
            ch.close_on = day
            return
        if lemma is None and "now" in N and about and n and clauses[n - 1].lemma in _SLIPS and _only_date(line, c):
            ch.close_on = day
            return
        if (
            lemma is None
            and c.subject in ("company", "deal")
            and d.prep == "to"
            and line.norm(d.i - 1) in ("out", "back", "forward")
        ):
            ch.close_on = day
            return
        if prev in ("eta", "landing", "landed") and about:
            ch.close_on = day
            return


def heads_only(line, c):
    """Nothing but the deal, its company and a few words of forecasting."""
    return all(
        k in line.covered
        or k in line.dated
        or line.tokens[k].kind == "p"
        or line.norm(k)
        in these("now is 's expected forecast eta landing target likely estimated signing for to deal the still by in")
        for k in range(c.a, c.b)
    )


def _only_date(line, c):
    return all(
        k in line.dated or line.tokens[k].kind == "p" or line.norm(k) in these("now then again to not")
        for k in range(c.a, c.b)
    )


def _asks_close(line, before, c):
    last = [line.norm(k) for k in range(before.a, before.b)]
    return (
        bool(last)
        and c.joint in these("-> : dash = ,")
        and (
            last[-1] in ("close", "closing", "closes")
            or last[-2:] in (["close", "date"], ["closing", "date"], ["expected", "close"])
        )
    )


def _month_end(d, at):
    """A whole month or quarter as a close date is its last day."""
    from .days import month_end, quarter_end

    got = d.due(at)
    if not got:
        return None
    day = got[0]
    words = d.whole
    if words == "month" and d.prep not in ("before",):
        return month_end(day.year, day.month)
    if words == "quarter":
        return quarter_end(day)
    if words == "vague":
        return None
    return day


def _deal_moves(line, c, about, s, who):
    if (
        s & (w.MEETING_NOUNS | these("call followup visit review onboarding kickoff"))
        and not s & {"close", "deal"}
        and not any(m.deals for m in c.mentions)
    ):
        return False
    if c.subject in ("company", "deal"):
        return True
    if c.subject == "me" or c.subject is None:
        objects = [m for m in c.mentions if m.i > c.verb_at >= 0]
        if any(m.prospects or m.deals for m in objects):
            return True
        if c.verb_at >= 0 and line.norm(c.verb_at + 1) in ("it", "deal", "close", "closing"):
            return about
        if c.verb_at >= 0 and line.norm(c.verb_at + 1) in ("the",) and s & {"deal", "close", "closing", "date"}:
            return True
        return (
            about
            and not objects
            and c.verb_at >= 0
            and line.norm(c.verb_at + 1) in these("to back out until in forward into")
        )
    if c.subject == "it":
        return about and bool(s & these("slip slipped slipping push pushed"))
    if c.subject == "thing":
        subject = {line.norm(k) for k in range(*c.subject_at)} if c.subject_at else set()
        return bool(subject & these("close deal closing date signing signature decision1"))
    if c.subject in ("they", "role") and s & {"signing", "deal", "decision1"}:
        return bool(s & {"deal", "signing"})
    return False


# --- amounts --------------------------------------------------------------------------------------------------


def _amount(line, c, ch, about, clauses, n, events, who):
    money = [m for m in c.money if not m.rate and not _former(line, m)]
    if not money:
        return
    [line.norm(k) for k in range(c.a, c.b)]
    s = {line.norm(k) for k in range(c.a, c.b) if k not in line.covered}
    if ch.stage:
        s -= {x.lower() for x in ch.stage.split()}
    pick = money[0]
    if len(money) > 1:
        # "from 175k to 140k", "up 5k to 78k", "45k not 48k"
        to = [m for m in money if line.norm(m.i - 1) in ("to", "now", "->", "at")]
        if len(to) != 1:
            return
        pick = to[0]
    else:
        if line.norm(pick.i - 1) in these(
            "from by another extra additional of not under over above below about up down plus minus"
        ):
            return
    prev = line.norm(pick.i - 1)
    bare = all(
        pick.i <= k < pick.j
        or k in line.dated
        or line.tokens[k].kind == "p"
        or line.norm(k)
        in these(
            "at now for about deal total value worth amount opportunity opp upsell expansion "
            "so then but well ok also and po contract order received in "
            "renewal size all in around @ is it 's is of acv tcv arr per the final quote new "
            "number price signed won yay agreed confirmed too still only over years a"
        )
        or k in line.covered
        for k in range(c.a, c.b)
    )
    if (
        s & _NOT_DEAL_MONEY
        and not (s & {"deal", "value", "amount"} and not s & these("if would wants budget off asked"))
        and not (c.lemma in ("win", "sign") or (bare and ch.outcome == "won"))
    ):
        return
    if set(c.aux) & {"will", "'ll"} and c.subject in ("they", "person", "role"):
        return
    lemma = c.lemma
    sized = (
        c.subject == "thing"
        and c.subject_at
        and bool(
            {line.norm(x) for x in range(*c.subject_at)}
            & these("total value price amount deal number size acv tcv arr")
        )
    )
    if sized and lemma in _AMOUNT_VERBS and about and prev in these("to is at now 's up down"):
        _put(ch, pick)
        return
    if not pick.clear:
        said = (
            prev in these("to at now worth for is amount value : = total") and (lemma in _AMOUNT_VERBS or lemma is None)
        ) or (bare and n and (ch.stage or ch.outcome or ch.close_on))
        if not said or pick.value < 500 or not about:
            return
        if 1990 <= pick.value <= 2100 and "," not in line.norm(pick.i):
            return
    if (
        lemma in ("agree", "settle", "accept")
        and form_past(c)
        and about
        and prev in (lemma_word(line, c), "to", "at", "on", "for")
    ):
        _put(ch, pick)
        return
    if prev == "(" and about and pick.clear and pick.i - 2 in line.covered:
        _put(ch, pick)
        return
    if bare and (about or ch) and not _person_talk(line, clauses, n, c, ch, events):
        _put(ch, pick)
        return
    if (
        lemma in _AMOUNT_VERBS
        and (c.subject in ("company", "deal", "it") or (about and c.subject in (None, "me")))
        and (
            prev in these("to at now for is 's on worth in down up was of agreed won signed")
            or (prev == "it" and lemma in ("make", "call"))
        )
    ):
        if lemma in ("get", "make", "put") and c.subject in (None, "me") and prev not in ("to", "at", "it"):
            return
        if lemma == "take" and not s & {"down", "up"}:
            return
        if lemma == "be" and c.subject == "it" and not about:
            return
        _put(ch, pick)
        return
    if (
        s & these("worth value amount deal number")
        and about
        and lemma in (None, "be", "agree")
        and c.subject in (None, "company", "deal", "thing", "it")
    ):
        _put(ch, pick)
        return
    if lemma is None and prev in these("now at to for worth = : won") and about:
        _put(ch, pick)
        return
    if (
        lemma is None
        and any((m.prospects or m.deals) and m.i < pick.i for m in c.mentions)
        and pick.clear
        and (prev in ("now", "at", "to", "won") or pick.i - 1 in line.covered)
    ):
        _put(ch, pick)
        return
    if ch.outcome == "won" and pick.clear and not s & _NOT_DEAL_MONEY:
        _put(ch, pick)


def _former(line, m):
    """ "(was 48k)", "instead of 48k", "not 48k": what it is no longer."""
    a, b = line.norm(m.i - 1), line.norm(m.i - 2)
    return (
        a in these("was not previously originally formerly vs versus")
        or (a == "of" and b == "instead")
        or (a == "than" and b == "rather")
    )


def form_past(c):
    return c.form == "past" and not c.negative


def lemma_word(line, c):
    return line.norm(c.verb_at)


def _person_talk(line, clauses, n, c, ch, events):
    """A sum after a talk with nothing said of the deal ("spoke to Bob, 45k") is no change."""
    if ch or any((m.prospects or m.deals) for m in c.mentions):
        return False
    heads = [m for x in clauses[:n] for m in x.mentions if m.prospects or m.deals]
    if n and clauses[n - 1].lemma is None and heads:
        return False
    return bool(events) and not any(m.deals for m in heads)


def _put(ch, money):
    ch.amount = money.value
    ch.currency = money.sign
