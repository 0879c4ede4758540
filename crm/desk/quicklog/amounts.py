"""The amount a clause gives a deal."""

from .these import these

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


_AMOUNT_VERBS = frozenset({"reach", "double", "triple", "hit"}) | frozenset(
    (
        "be go grow rise drop fall cut reduce increase bump raise lower agree settle land "
        "come sit stand win sign close move set expand shrink revise update put make get "
        "upsize downsize trim change push pull squeak stay seal shake end finalise finalize "
        "take up creep crawl climb inch edge jump shoot slip slide leap nudge balloon swell stretch knock bring haggle"
    ).split()
)


def _amount(line, c, ch, about, clauses, n, events, who):
    money = [m for m in c.money if not m.rate and not _former(line, m)]
    if not money:
        return
    if n + 1 < len(clauses) and clauses[n + 1].joint == "->" and clauses[n + 1].money:
        return  # "91k -> 85k": the first is what it was
    if c.joint == "->" and clauses[n - 1].money and (about or ch) and money[0].clear and money[0].i - c.a < 2:
        _put(ch, money[0])
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
