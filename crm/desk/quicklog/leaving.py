"""A deal somebody left: we walked, they walked, chose another, or stayed as they were."""

from .these import these

OTHERS = frozenset({"competitor", "rival", "incumbent", "elsewhere"})
_NO_LONGER = frozenset("will 'll are 're wo".split())
_RIVALS = frozenset({"competitor", "competition"})


def leaving(line, c, ch, n, about, lemma, form, k, objects, dealish):
    """Who left, if anybody; `lemma`, `form` and `k` are the deed, which may be what was decided."""
    N = [line.norm(x) for x in range(c.a, c.b)]
    s = set(N)
    nxt = line.norm(k + 1) if k >= 0 else ""
    nxt2 = line.norm(k + 2) if k >= 0 else ""
    rest = {line.norm(x) for x in range(k + 1, c.b)} if k >= 0 else set()
    if (
        lemma == "go"
        and form == "past"
        and c.subject != "me"
        and {"way", "direction", "route"} & rest
        and ({"different", "another", "other"} & rest)
    ):
        ch.outcome = "lost"
        return
    if lemma == "collapse" and form == "past" and c.subject in ("deal", "company"):
        ch.outcome = "lost"
        return
    if c.subject in ("company", "deal") and lemma in (None, "be") and N[-3:] in (["is", "a", "no"], ["'s", "a", "no"]):
        ch.outcome = "lost"
        return
    if (
        c.negative
        and c.subject == "me"
        and (
            (lemma in ("go", "move") and form == "ing" and nxt in ("ahead", "forward"))
            or (lemma in ("bid", "pursue", "proceed", "tender") and form in ("ing", "base") and set(c.aux) & _NO_LONGER)
        )
    ):
        ch.outcome = "walked"
        return
    if lemma == "walk" and form in ("past", "ing"):
        what = (
            nxt in ("", "away", "from", "out", "!", ",")
            or (
                nxt == "on"
                and c.subject in ("me", None)
                and ((objects and objects[0].i == k + 2 and not objects[0].contacts) or nxt2 in ("this", "it", "them"))
            )
            or k + 1 >= c.b
            or line.tokens[k + 1].kind == "p"
            or (k + 1) in line.dated
        )
        if not what or rest & these("me us them him her through round around") - (
            {"them"} if nxt in ("away", "from") else set()
        ):
            return
        if c.subject in ("they", "company", "role", "person"):
            if form == "past":
                ch.outcome = "lost"
        elif c.subject in ("me", None) and (about or dealish or nxt in ("away", "from", "out") or n):
            ch.outcome = "walked"
        return
    if (
        c.subject in ("me", None)
        and form in ("past", "ing")
        and (
            (lemma == "pull" and nxt in ("out", "the") and (nxt == "out" or "plug" in rest))
            or lemma == "disqualify"
            or (lemma in ("bow", "step", "back") and nxt in ("out", "away"))
            or (lemma == "withdraw" and nxt in ("", "from", "our", "the", "!"))
            or (lemma == "pass" and nxt == "on" and ((objects and not objects[0].contacts) or nxt2 in ("this", "it")))
            or (lemma == "drop" and nxt == "out")
            or (lemma == "decline" and nxt == "to" and nxt2 in ("bid", "quote", "tender"))
            or (lemma == "turn" and "down" in rest and c.subject == "me" and (objects or nxt == "them"))
        )
    ):
        if about or dealish or c.subject == "me":
            ch.outcome = "walked"
        return
    if (
        c.subject in ("me", None)
        and form == "past"
        and lemma in ("say", "tell")
        and (
            (lemma == "say" and nxt == "no" and nxt2 == "to")
            or (lemma == "tell" and line.norm(c.b - 1) in ("no", "thanks"))
        )
        and objects
        and (objects[0].prospects or objects[0].deals)
        and not rest & these("discount price meeting demo trial")
    ):
        ch.outcome = "walked"
        return
    if ({"no", "bid"} <= s and len(N) <= 5) or (s & {"dq'd", "dqd", "disqualified"} and (about or dealish)):
        ch.outcome = "walked"
        return
    them = c.subject in ("they", "company", "role", "person", "deal", None)
    if (
        them
        and lemma == "go"
        and form == "ing"
        and nxt in ("with", "for")
        and not c.negative
        and rest & these("someone somebody competitor rival incumbent another elsewhere else cheaper")
    ):
        ch.outcome = "lost"
        return
    if them and form == "past":
        if lemma == "go" and nxt in ("with", "for") and (about or dealish or c.subject == "they" or n):
            if rest & {"us", "ours", "our"}:
                ch.outcome = "won" if not rest & {"option", "proposal"} else ch.outcome
            elif not rest & these("option plan tier version idea it colour color lunch") or rest & _RIVALS:
                ch.outcome = "lost"
            return
        if lemma in ("choose", "pick", "select") and (
            rest & these("else competitor incumbent someone another rival over cheaper them")
            or any(m for m in objects if m.unknown)
        ):
            ch.outcome = "lost"
            return
        if lemma in ("choose", "pick", "select") and rest & {"us"}:
            ch.outcome = "won"
            return
        if (
            (
                lemma == "stay"
                and nxt == "with"
                and rest & these("incumbent current existing old what supplier vendor excel spreadsheets")
            )
            or (lemma == "decide" and rest & {"against"})
            or (
                lemma == "stick"
                and nxt == "with"
                and rest & these("incumbent current existing what supplier vendor spreadsheets excel")
            )
        ):
            ch.outcome = "lost"
            return
        if (
            (lemma in ("pull",) and nxt in ("out", "the") and (nxt == "out" or "plug" in rest))
            or (lemma == "back" and nxt == "out")
            or (lemma == "drop" and nxt == "out")
        ):
            ch.outcome = "lost"
            return
        if (
            lemma == "pass"
            and c.subject in ("they", "company")
            and (nxt == "" or k + 1 >= c.b or (nxt in ("on",) and rest & these("it us this offer proposal")))
        ):
            ch.outcome = "lost"
            return
        if (
            (lemma == "award" or (lemma == "give" and rest & these("contract business work order job deal tender")))
            and "to" in rest
            and not rest & {"us", "me"}
        ) or (lemma in ("award", "give") and rest & OTHERS and not rest & {"name", "number", "call"}):
            ch.outcome = "lost"
            return
        if (
            (lemma == "award" and nxt == "us")
            or (
                lemma in ("award", "give")
                and nxt == "us"
                and rest & these("contract business work order job deal tender")
            )
        ) and not rest & {"chance", "draft"}:
            ch.outcome = "won"
            return
        if lemma in ("sign", "place") and rest & OTHERS and nxt in ("with", "the", "an", "their", "up"):
            ch.outcome = "lost"
            return
        if (
            lemma in these("kill shelve scrap bin can cancel axe")
            and rest & these("project deal it initiative programme program")
            and c.subject in ("they", "company", "role")
        ):
            ch.outcome = "lost"
            return
        if lemma == "reject" and rest & these("proposal offer us quote bid"):
            ch.outcome = "lost"
            return
        if lemma == "say" and nxt == "no" and k + 2 >= c.b and c.subject in ("they", "company"):
            ch.outcome = "lost"
            return
    if c.negative and lemma in ("renew", "proceed") and them and set(c.aux) & these("will are is 're do does did 's"):
        ch.outcome = "lost"
        return
    if c.negative and lemma == "go" and form == "ing" and nxt in ("ahead", "forward") and them:
        ch.outcome = "lost"
        return
    if c.negative and lemma in ("move", "proceed", "go") and form == "ing" and nxt in ("forward", "ahead") and them:
        ch.outcome = "lost"
