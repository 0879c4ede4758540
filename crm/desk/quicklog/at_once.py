"""What a device may say of a line before the server has read it: a few words of the grammar's own tables.

`static/js/quick-told.js` looks at the first words of a line alone, and says nothing where it is not sure; what it
says is never other than what the grammar makes of the whole line: tests/e2e/test_told.py holds both against each other.
"""

from functools import lru_cache

from .verbs import CALLING, FORMS, MAILING, MESSAGING, TALKING
from .words import OUTCOMES, VOICEMAIL

# Behind these the verb says something else: "called off", "rang true", "phoned if".
NOT_BEFORE = "for if in it it's never not off out that true unless up when"


@lru_cache(maxsize=1)
def words():
    """As JSON-able values: kinds by verb, verbs that need what stands behind them, and outcomes by clause."""
    return {
        "kinds": {
            "Call": _past(CALLING),
            "Email": _past(MAILING - {"write"}),  # "wrote down", "wrote the proposal"
            "Message": _past(MESSAGING),
        },
        "unless": NOT_BEFORE,
        # "met the deadline" is no meeting: "with" or somebody who is known has to follow.
        "before": {"Call": [_past(TALKING), "to with"], "Meeting": ["met", "with"]},
        "outcomes": _outcomes(),
    }


def _past(lemmas):
    """Forms that say nothing but that something happened, in one string."""
    return " ".join(
        form
        for form, read in FORMS.items()
        if {kind for _, kind in read} == {"past"} and {lemma for lemma, _ in read} <= lemmas
    )


def _outcomes():
    """{words of a chip: the shortest of the clauses that mean it}."""
    found = {"left voicemail": [f"left {word}" for word in sorted(VOICEMAIL)] + ["lvm"]}
    for phrase, outcome in OUTCOMES.items():
        # Of two words, as those are typed; "nobody in" is often somewhere.
        if outcome != "no_show" and len(phrase) == 2 and phrase[0] != "not" and phrase[1] not in ("n't", "in"):
            found.setdefault(outcome.replace("_", " "), []).append(" ".join(phrase))
    return {outcome: "|".join(phrases) for outcome, phrases in found.items()}
