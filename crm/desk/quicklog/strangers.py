"""Names nobody has on record: where a line calls somebody, or some company, that is not there."""

from dataclasses import dataclass

from . import words as w
from .directory import _LEGAL
from .mentions import _NOT_NAMES, PLACES, TITLES, caps_tell, starts_sentence
from .ordinary import is_ordinary
from .these import these
from .verbs import CALLING, FORMS, MAILING, MEETING, MESSAGING, TALKING, lemma_as

_OBJECT_VERBS = CALLING | MAILING | MESSAGING | MEETING | these("lvm try catch reach chase nudge visit")
_COMPANY_WORDS = frozenset(
    "water press joinery optics dairies dairy bakery plastics pharma kliniken marine sons systems labs foods "
    "freight robotics media insurance outdoor learning dental group hotels packaging tooling telecom council "
    "capital aggregates design glass partners holdings solutions services technologies tech consulting international "
    "industries bank energy logistics analytics security textiles homes clubs college architects engineering "
    "manufacturing motors electric electrical software digital studio studios works brewery brewing farms foundry "
    "trust university school hospital clinic transport shipping steel castings catering furniture printing "
    "publishing retail trading supplies supply tools bikes fitness care health legal law associates brothers bros "
    "co company corp network networks interiors builders construction roofing plumbing airways airlines".split()
)


_GEOGRAPHY = these("isle gulf bay city county republic state port house university king coast cape straits mouth")
_PLACES = these("plant factory airport station depot campus showroom warehouse yard site branch")


@dataclass(slots=True)
class Stranger:
    i: int
    j: int
    kind: str  # company, person, name (either)
    text: str
    firm: bool  # certainly meant as whom the line is about


def find(line):
    """Unknown names, in the places where one would be."""
    tokens, told = line.tokens, caps_tell(line.tokens)
    out = [Stranger(m.i, m.j, m.unknown, m.text, True) for m in line.mentions if m.unknown]
    k = 0
    while k < len(tokens):
        if k in line.covered or k in line.dated or tokens[k].kind != "w":
            k += 1
            continue
        found = _at(line, k, told)
        if found:
            out.append(found)
            k = found.j
        else:
            k += 1
    return sorted(out, key=lambda s: s.i)


def _foreign(line, k):
    """A word that can only be a name: no English, no shorthand, not dated, not known."""
    if not 0 <= k < len(line.tokens) or k in line.covered or k in line.dated:
        return False
    t = line.tokens[k]
    return (
        t.kind == "w"
        and len(t.norm) > 2
        and not is_ordinary(t.norm)
        and t.norm not in _NOT_NAMES
        and "'" not in t.norm[:1]
        and not t.glued
        and t.norm not in w.LEAD
        and t.norm not in w.AUX
        and t.norm not in _LEGAL
        and t.norm not in _SLANG
    )


_SLANG = frozenset(
    "mtg msg vm lvm cb ty thx pls tmrw thurs tues bout abt cos coz cuz btw tho thru w/ wkly mgr mgmt "
    "acct accts nxt pics "
    "appt conf deets convo soz defo prob probs rn ngl idk lmk ooo eta addl info intros w promissed loged shouldve "
    "woulda coulda shoulda kinda sorta dunno gimme lemme ain ve ll wifi yrs qtr mo asap".split()
)


def _run(line, k):
    """End of the run of capitalised or foreign words that starts at k, "&" and legal forms included."""
    j = k + 1
    n = len(line.tokens)
    while j < n and j not in line.covered and j not in line.dated:
        t = line.tokens[j]
        if t.kind == "w" and (
            (t.capital and t.norm not in _NOT_NAMES and (not FORMS.get(t.norm) or t.norm in _COMPANY_WORDS))
            or (t.norm in _LEGAL and t.norm not in ("as", "co", "se", "do"))
        ):
            j += 1
        elif t.norm == "and" and t.raw in ("&", "+") and j + 1 < n and line.tokens[j + 1].capital:
            j += 2
        elif (
            (t.norm == "." and t.glued and len(line.norm(j - 1)) <= 3 and j + 1 < n and line.tokens[j + 1].capital)
            or (
                t.glued
                and t.kind == "w"
                and t.norm != "'s"
                and not t.norm.startswith("'")
                and not (FORMS.get(t.norm) and not t.capital)
            )
            or (t.kind == "w" and _foreign(line, j) and not line.tokens[k].capital)
        ):
            j += 1
        else:
            break
    return j


def _at(line, k, told):
    t = line.tokens[k]
    prev = line.norm(k - 1)
    capital = (
        told
        and t.capital
        and not (t.raw.isupper() and len(t.raw) > 1 and is_ordinary(t.norm))
        and t.norm not in _NOT_NAMES
        and len(t.norm) > 1
    )
    foreign = _foreign(line, k)
    if not capital and not foreign:
        return None
    if prev in w.DETERMINERS or t.norm in w.SUBJECTS or t.norm in TITLES:
        return None
    j = _run(line, k)
    text = line.text[t.start : line.tokens[j - 1].end]
    several = j - k > 1
    if (
        several
        and is_ordinary(t.norm)
        and all(is_ordinary(x.norm) for x in line.tokens[k:j])
        and starts_sentence(line.tokens, k)
    ):
        several = False
    last = line.norm(j - 1)
    looks_company = last in _COMPANY_WORDS | _LEGAL or any(x.raw == "&" for x in line.tokens[k:j])
    kind = "company" if looks_company else "person" if prev in TITLES or not several else "name"
    if prev in TITLES:
        return Stranger(k, j, "person", text, True)
    if prev in ("at", "from", "of") or prev == "@":
        if line.norm(k) in PLACES or (not foreign and not (capital and (several or not is_ordinary(t.norm)))):
            return None
        if prev == "of" and (not capital or (line.norm(k - 2) in _GEOGRAPHY and k - 2 not in line.covered)):
            return None
        if line.norm(j) in _PLACES and any(m.contacts for m in line.mentions) and not looks_company:
            return None  # "met Lakshmi at Chennai plant"
        attached = (
            k >= 2
            and (
                k - 2 in line.covered
                or _foreign(line, k - 2)
                or line.norm(k - 2) in w.ROLES
                or line.tokens[k - 2].capital
            )
        ) or any(x in these("called rang emailed met call email") for x in [line.norm(k - 2)])
        if (
            prev == "at"
            and not attached
            and not several
            and any(line.norm(x) in w.MEETING_NOUNS or line.norm(x) in ("met", "meet") for x in range(k))
        ):
            return None
        return Stranger(k, j, "company", text, attached or several)
    if prev == "(" and k >= 2 and (capital or foreign):
        return Stranger(k, j, "company", text, True)
    before = lemma_as(prev, "past", "base", "ing")
    if before in _OBJECT_VERBS or prev == "lvm":
        if not foreign and is_ordinary(t.norm) and not several:
            return None
        if FORMS.get(t.norm) and not several:
            return None
        return Stranger(k, j, kind, text, True)
    if prev in these("with to for and cc"):
        head = lemma_as(line.norm(k - 2), "past", "base", "ing")
        noun = (
            line.norm(k - 2)
            in w.MEETING_NOUNS
            | w.CALL_NOUNS
            | w.TALK_NOUNS
            | w.MAIL_NOUNS
            | w.MESSAGE_NOUNS
            | w.VOICEMAIL
            | w.LEFT_THINGS
        )
        if (
            prev == "and"
            and (k - 2 in line.covered or _foreign(line, k - 2))
            and (capital or foreign)
            and (foreign or several)
        ):
            return Stranger(k, j, kind, text, True)
        if (
            head in _OBJECT_VERBS | TALKING | {"send", "get", "hold"}
            or noun
            or line.norm(k - 2) in these("hold through up back voicemail")
        ) and (foreign or several or (capital and not is_ordinary(t.norm))):
            return Stranger(k, j, kind, text, prev != "for" or noun)
        return None
    if starts_sentence(line.tokens, k) or (False):
        nxt = line.norm(j)
        verb = lemma_as(nxt, "past")
        says = verb in CALLING | MAILING | MESSAGING | these(
            "reply leave get come ask want cancel confirm say send move sign walk choose go promise agree push slip"
        )
        if (
            foreign
            and not several
            and (
                says
                or nxt in these("will 'll from at wants says 's @ moved no")
                or (nxt == "to" and lemma_as(line.norm(j + 1), "base"))
                or (nxt in (":", "dash") and k == 0 and capital)
                or (k == 0 and nxt in ("into",))
            )
        ):
            return Stranger(
                k,
                j,
                "person"
                if says and verb not in these("move sign walk choose slip push") and nxt not in ("moved", "into")
                else "name",
                text,
                True,
            )
        if (
            several
            and (
                says
                or nxt
                in (
                    "will",
                    "'ll",
                    "from",
                    "at",
                    "wants",
                    "says",
                    "no",
                    "to",
                    "into",
                    "@",
                    ":",
                    "dash",
                    "rang",
                    ",",
                    "is",
                    "",
                )
            )
            and (foreign or looks_company or not is_ordinary(line.norm(k + 1)))
        ):
            return Stranger(k, j, kind, text, True)
        return None
    if several and foreign and prev not in these("about re like use uses using by than vs on in"):
        return Stranger(k, j, kind, text, False)
    return None
