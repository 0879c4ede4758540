"""What changes about the deal: stage, amount, close date, won, lost or walked.

A change is only what the line states as fact. A condition ("94k if signed by June"), a wish, a
question, a price asked or offered, somebody's budget: none of them changes anything.
"""

from .amounts import _amount
from .closing import _close
from .ends import end
from .reading import DealChanges
from .stages import _stage
from .these import these

_GUESSES = frozenset("think reckon hope guess believe feel expect suspect".split())


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
