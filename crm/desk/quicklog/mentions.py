"""A mention of a name, and what its neighbourhood says of names at all: tables, capitals, sentence starts."""

from dataclasses import dataclass, field

from .these import these
from .verbs import CALLING, FORMS, MAILING, MESSAGING

_HONORIFICS = these("mam maam ma'am madam sir ji bhai san sensei saheb sahib garu")


TITLES = frozenset("mr mrs ms miss dr prof herr frau mme".split())


_TO_NAME = frozenset("at with from for to re via cc w vs between about by".split())


_PERSON_VERBS = (
    CALLING
    | MAILING
    | MESSAGING
    | these(
        "meet tell ask chase nudge remind try see thank invite catch visit reach introduce "
        "intro hassle pester prod lose win contact show sign cb push poke msg update owe lvm"
    )
)


_PERSON_VERBS = _PERSON_VERBS | these(
    "send give drop shoot forward fwd brief resend followup promise quote help loop get"
)


_DETERMINERS = frozenset(
    ("the a an our my your his her its their this that these those some any no every each one").split()
)


# May follow "at" without being a company.
PLACES = frozenset(
    (
        "starbucks costa pret nero greggs hilton marriott sheraton hyatt novotel ibis "
        "linkedin teams zoom slack whatsapp heathrow gatwick stansted luton schiphol jfk ces "
        "dreamforce excel nec olympia javits"
    ).split()
)


_NOT_NAMES = frozenset(
    (
        "ceo cfo cto coo cio cmo md vp svp evp gm hr it pa fd nda msa sow sla poc rfp rfi rfq "
        "po roi kpi crm erp api sso iso gdpr usb pdf ppt faq q a i ok tbc tbd asap fyi eod "
        "eow eom eoq am pm usd eur gbp uk us eu lvm vm n/a na ooo rna"
    ).split()
)


@dataclass(slots=True)
class Mention:
    """Tokens [i:j) name one of the candidates. `unknown`: "person", "company" or "name" nobody has on record."""

    i: int
    j: int
    prospects: dict = field(default_factory=dict)  # id -> rank
    contacts: dict = field(default_factory=dict)
    deals: dict = field(default_factory=dict)
    unknown: str | None = None
    typo: bool = False
    text: str = ""

    @property
    def rank(self):
        return max([0, *self.prospects.values(), *self.contacts.values(), *self.deals.values()])


def sequence(tokens):
    """[(token position, word)] of what can be part of a name; gaps break a name."""
    out = []
    for k, t in enumerate(tokens):
        if t.kind in ("w", "n"):
            if t.norm == "'s":
                continue
            out.append((k, t.norm.replace("'", "")))
    return out


def _contiguous(tokens, a, b):
    """Nothing but an abbreviation's full stop, a hyphen or a possessive lies between two words."""
    for k in range(a + 1, b):
        t = tokens[k]
        if t.norm not in ("'s", ".") or (t.norm == "." and len(tokens[a].norm) > 4):
            return False
    return True


def caps_tell(tokens):
    """Are capitals worth anything here? Not in a line typed all in them, nor in Title Case throughout."""
    words = [t for t in tokens if t.kind == "w" and len(t.raw) > 1]
    caps = sum(t.raw[0].isupper() for t in words)
    return len(words) > 0 and caps <= 0.6 * len(words)


def starts_sentence(tokens, i):
    if i == 0:
        return True
    p = tokens[i - 1]
    return p.norm in (".", "!", "?", "\n", ":", ";", "dash", "(", '"', "“", "->", "/", "•", "*")


def _verbish(word):
    return bool(FORMS.get(word))
