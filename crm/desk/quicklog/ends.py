"""Won, lost or walked: how a deal ended, where a clause states it as a fact."""

from .leaving import OTHERS, leaving
from .these import these
from .verbs import lemma_as

_PAPERS = frozenset("contract agreement deal paperwork order papers po docs sow renewal line dotted".split())
_OTHER_THINGS = frozenset(
    "signal touch contact connection track phone keys notes thread interest patience weight time sleep job money staff "
    "battery internet wifi call line power focus momentum faith confidence trust hope ground temper "
    "mind voice count patience seat "
    "award prize tender1 argument battle round toss over hearts trust approval support".split()
)


def _only_name(line, c, k, m):
    """ "closed Redwood!!!", "closed redwood today": the deal and nothing else."""
    return all(x in line.covered or x in line.dated or line.tokens[x].kind == "p" for x in range(k + 1, c.b)) or (
        line.norm(m.j) in ("deal", "renewal", "at", "for", "yay")
        and not any(line.norm(x) == "lost" for x in range(m.j, c.b))
    )


def _turned_down(c, lemma, form, nxt, rest):
    """ "turned us down", "declined our offer", "declined": theirs to say, said of the deal."""
    if form != "past" or c.subject not in ("they", "company", "role", "deal"):
        return False
    if lemma == "turn":
        return "down" in rest and bool(rest & these("us our it offer proposal quote me"))
    return lemma == "decline" and (nxt in ("", "our", "the", "it", "!") or rest & {"proceed", "renew"} == {"proceed"})


def _elsewhere(line, c):
    """ "went w someone else", "chose the incumbent"."""
    return c.lemma in these("go choose pick stay sign") and c.form == "past" and not c.negative


def end(line, c, ch, clauses, n, about, at, events):
    N = [line.norm(k) for k in range(c.a, c.b)]
    s = set(N)
    aux = set(c.aux)
    if c.negative and not (
        "renew" in s
        or c.lemma in ("decide", "choose", "elect", "opt")
        or c.lemma in these("go renew proceed move continue buy happen")
    ):
        return
    if aux & these("will 'll would could might may should to can going gonna 'd about must ready due") and not (
        c.negative and c.lemma in ("renew", "go", "proceed", "buy")
    ):
        return
    if (
        these("might maybe almost nearly verbally verbal if hope hopefully could would yet soon") & s and "or" not in s
    ) or ("or" in s and c.conditional):
        return
    lemma, form, k = c.lemma, c.form, c.verb_at
    nxt = line.norm(k + 1) if k >= 0 else ""
    nxt2 = line.norm(k + 2) if k >= 0 else ""
    rest = {line.norm(x) for x in range(k + 1, c.b)} if k >= 0 else set()
    if lemma in these("decide choose opt elect agree") and form == "past":
        # "decided to stay with …", "decided not to bid": the deed is what was decided
        x = k + 1
        no = line.norm(x) in ("not", "against")
        x += no
        if line.norm(x) == "to" and lemma_as(line.norm(x + 1), "base") and lemma != "agree":
            if no:
                deed = lemma_as(line.norm(x + 1), "base")
                if deed in these("bid pursue quote proceed go continue tender chase renew buy move sign take respond"):
                    ch.outcome = "walked" if c.subject == "me" else "lost"
                return
            lemma, form, k = lemma_as(line.norm(x + 1), "base"), "past", x + 1
            nxt, nxt2 = line.norm(k + 1), line.norm(k + 2)
            rest = {line.norm(x) for x in range(k + 1, c.b)}
    objects = [m for m in c.mentions if k >= 0 and m.i > k]
    dealish = [m for m in c.mentions if m.prospects or m.deals or m.unknown]
    # closed won / closed lost, and as marks
    for x in range(c.a, c.b):
        if line.norm(x) in ("won", "lost") and x not in line.covered:
            prev = line.norm(x - 1)
            if (
                prev in these("closed close marked marking as = -> status deal it officially is now")
                and (prev not in ("it", "is") or line.norm(x - 2) in these("mark marking marked call calling consider"))
            ) or (
                prev == "is"
                and c.subject in ("deal", "company")
                and form == "past"
                and lemma in ("win", "lose")
                and not (set(N) & _OTHER_THINGS)
                and line.norm(x + 1) not in these("on in without for about")
            ):
                ch.outcome = "won" if line.norm(x) == "won" else "lost"
                return
    if {"closed", "lost"} <= s and "closed" in N and N.index("lost") - N.index("closed") == 1:
        ch.outcome = "lost"
        return
    if lemma == "win" and form == "past":
        if c.subject == "person" or (
            nxt in these("over round an them him her us back the a")
            and not (
                (nxt in ("them", "back") and c.subject in (None, "me"))
                or (
                    nxt == "the"
                    and nxt2 in these("deal business contract renewal account work job order tender bid pitch")
                )
            )
        ):
            return
        if c.subject in (None, "me", "deal", "company") and not rest & (_OTHER_THINGS - {"contact"}):
            if c.subject == "company" and nxt and rest & {"award", "contract", "tender", "client"}:
                return
            if objects and objects[0].i == k + 1 and objects[0].contacts and not objects[0].prospects:
                return
            if about or objects or nxt in ("it", "the", "this", "them", ""):
                ch.outcome = "won"
        return
    if (
        lemma in these("land bag secure seal nail clinch")
        and form == "past"
        and c.subject in (None, "me")
        and (
            (objects and objects[0].i in (k + 1, k + 2) and not objects[0].contacts)
            or (about and nxt in ("it", "the") and rest & these("deal contract order it business"))
        )
        and not rest & these("meeting call demo slot visit introduction intro trial pilot")
    ):
        ch.outcome = "won"
        return
    if lemma == "close" and form == "past" and "lost" in rest and objects:
        ch.outcome = "lost"
        return
    if (
        _turned_down(c, lemma, form, nxt, rest)
        and (about or c.subject in ("they", "company", "deal"))
        and not rest & these("meeting call demo visit trial invite discount")
    ):
        ch.outcome = "lost"
        return
    if (
        lemma == "drop"
        and form == "past"
        and c.subject == "me"
        and objects
        and objects[0].i == k + 1
        and not objects[0].contacts
    ):
        if k + 2 >= c.b or line.norm(objects[0].j) in ("", "deal", "as", "because"):
            ch.outcome = "walked"
        return
    if lemma == "renew" and form == "past" and c.subject in ("company", "deal", "they") and about and not aux:
        ch.outcome = "won"
        return
    if lemma == "lose" and form == "past":
        if c.subject in ("person", "they", "role") and nxt != "to":
            return
        if rest & _OTHER_THINGS and not (
            objects and objects[0].i == k + 1 and (objects[0].prospects or objects[0].deals)
        ):
            return
        if objects and objects[0].contacts and not objects[0].prospects and objects[0].i == k + 1:
            return
        if nxt in these("a an some his her my their our") or (
            nxt == "the"
            and nxt2 not in these("deal business account renewal contract order bid tender opportunity opp")
            and not (objects and objects[0].i == k + 2)
        ):
            return
        if (c.subject in (None, "me", "deal", "company") or aux & {"is", "'s", "has", "been"}) and (
            about or objects or nxt in ("it", "this", "them", "the", "out", "on", "to", "")
        ):
            ch.outcome = "lost"
        return
    if (
        "lost" in s
        and c.lemma is None
        and (dealish or about)
        and not rest & _OTHER_THINGS
        and not s & _OTHER_THINGS
        and ("n't" not in s and "not" not in s)
    ):
        x = N.index("lost")
        if x == len(N) - 1 or N[x + 1] in these("to on it , because due"):
            ch.outcome = "lost"
            return
    if lemma in ("sign", "countersign") and form == "past":
        if rest & these("nda msa off up form loi in") and not rest & {"contract", "deal", "order"}:
            return
        subject = {line.norm(x) for x in range(*c.subject_at)} if c.subject_at else set()
        if c.subject == "thing":
            if subject & _PAPERS and not subject & {"nda"}:
                ch.outcome = "won"
            return
        papers = rest & _PAPERS
        if nxt == "with" and not rest & these("us docusign hellosign adobe me"):
            if rest & (OTHERS | these("someone somebody else another provider vendor supplier")) or any(
                m.unknown for m in objects
            ):
                ch.outcome = "lost"
            return
        if (
            lemma == "countersign"
            and not papers
            and not subject & _PAPERS
            and c.subject not in ("company", "they", None, "person")
        ):
            return
        if (
            c.subject in ("company", "deal")
            or papers
            or (
                c.subject in ("they", "person", "role", "me", None)
                and (
                    nxt in ("", "today", "!", "at", "for", "yesterday", "it", "this", "last", "on")
                    or k + 1 >= c.b
                    or (k + 1) in line.dated
                    or line.tokens[k + 1].kind == "n"
                )
            )
        ):
            if (
                c.subject in ("person", "role", "they")
                and not papers
                and not about
                and not (n and ch)
                and c.subject != "they"
            ):
                return
            if "the" in rest and not papers:
                return
            ch.outcome = "won"
        return
    if (
        lemma == "close"
        and form == "past"
        and c.subject in (None, "me", "company", "deal")
        and (
            c.money
            or (
                objects
                and objects[0].i == k + 1
                and not objects[0].contacts
                and c.subject in (None, "me")
                and _only_name(line, c, k, objects[0])
            )
            or (
                k + 1 >= c.b
                and n + 1 < len(clauses)
                and clauses[n + 1].money
                and clauses[n + 1].lemma is None
                and c.subject
            )
            or (nxt in ("it", "the", "at", "them", "won", "today", "!", "") and (about or nxt in ("it", "them")))
        )
    ):
        if rest & these("office shop store site early down plant") or (nxt == "the" and nxt2 not in ("deal", "sale")):
            return
        if objects and not (objects[0].prospects or objects[0].deals):
            return
        after = clauses[n + 1] if n + 1 < len(clauses) else None
        sum_follows = k + 1 >= c.b and after is not None and after.money and after.lemma is None
        if c.subject == "company" and not c.money and nxt not in ("won", "today") and not sum_follows:
            return
        ch.outcome = "won"
        return
    if (
        lemma == "get"
        and form == "past"
        and c.subject in (None, "me")
        and rest & these("signature signatures po contract order paperwork")
        and (nxt in these("the a signature po their signed") or rest & {"signed", "back"})
        and (about or dealish)
        and not rest & these("draft redlines comments questions about template by feedback")
    ):
        if rest & {"contract", "order", "paperwork"} and not rest & {"signed", "po", "signature"}:
            return
        ch.outcome = "won"
        return
    if (
        {"po", "contract", "order"} & s
        and s & these("in received arrived landed signed")
        and (c.subject in ("thing", None, "company", "deal"))
        and lemma in (None, "be", "receive", "arrive", "land", "sign", "come")
        and not s & these("by will expected due mailed")
        and (about or dealish)
        and (lemma != "be" or s & {"in", "signed"})
    ) and not any(d.only == "future" for d in c.dates):
        if "in" in s and lemma in (None, "be") and N[-1] != "in" and not s & {"signed", "received"}:
            return
        ch.outcome = "won"
        return
    if (lemma in ("be", None) and c.subject in ("company", "deal")) or (lemma is None and dealish):
        if N[-1:] in (["in"], ["ours"], ["won"]) and "is" in s and c.subject in ("company", "deal"):
            ch.outcome = "won"
            return
        if N[-1] == "dead" or (s & {"dead"} and N.index("dead") == len(N) - 1):
            ch.outcome = "lost"
            return
        if N[-1] == "won":
            ch.outcome = "won"
            return
        if (
            N[-1] == "gone"
            and c.subject in ("company", "deal")
            and n + 1 < len(clauses)
            and _elsewhere(line, clauses[n + 1])
        ):
            ch.outcome = "lost"
            return
    if (N == ["dead"] and (ch.outcome or about)) or N in (
        ["deal", "dead"],
        ["deal", "is", "dead"],
        ["it", "'s", "dead"],
        ["deal", "lost"],
    ):
        ch.outcome = ch.outcome or "lost"
        return
    if lemma == "fall" and form == "past" and "through" in rest and (c.subject in ("deal", "company", "it") or about):
        ch.outcome = "lost"
        return
    if ({"deal", "done"} <= s and lemma in (None, "do", "be") and (about or dealish)) or (
        {"the", "bag"} <= s and "in" in s and (about or dealish)
    ):
        ch.outcome = "won"
        return
    leaving(line, c, ch, n, about, lemma, form, k, objects, dealish)
