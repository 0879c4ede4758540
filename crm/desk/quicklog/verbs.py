"""Verbs a seller logs with, and their forms: `FORMS["rang"]` is {("ring", "past")}.

Forms: base, s (third person), past (past tense and participle), ing.
"""

_IRREGULAR = {  # base: (past forms…)
    "ring": "rang rung",
    "speak": "spoke spoken",
    "meet": "met",
    "slide": "slid",
    "fall": "fell fallen",
    "send": "sent",
    "resend": "resent",
    "get": "got gotten",
    "give": "gave given",
    "write": "wrote written",
    "catch": "caught",
    "leave": "left",
    "go": "went gone",
    "come": "came",
    "say": "said",
    "tell": "told",
    "see": "saw seen",
    "make": "made",
    "do": "did done",
    "take": "took taken",
    "bring": "brought",
    "buy": "bought",
    "sell": "sold",
    "pay": "paid",
    "find": "found",
    "put": "put",
    "set": "set",
    "let": "let",
    "cut": "cut",
    "read": "read",
    "run": "ran run",
    "hold": "held",
    "lose": "lost",
    "win": "won",
    "have": "had",
    "be": "was were been",
    "know": "knew known",
    "think": "thought",
    "keep": "kept",
    "begin": "began begun",
    "choose": "chose chosen",
    "drive": "drove driven",
    "show": "showed shown",
    "build": "built",
    "draw": "drew drawn",
    "feel": "felt",
    "hear": "heard",
    "pick": "picked",
    "stand": "stood",
    "understand": "understood",
    "spend": "spent",
    "drop": "dropped",
    "ship": "shipped",
    "plan": "planned",
    "dial": "dialled dialed",
    "ping": "pinged",
    "chat": "chatted",
    "stop": "stopped",
    "slip": "slipped",
    "submit": "submitted",
    "refer": "referred",
    "prep": "prepped",
    "swap": "swapped",
    "commit": "committed",
    "nag": "nagged",
    "hit": "hit",
    "cc": "cc'd ccd cced",
    "dm": "dm'd dmd dmed",
    "fwd": "fwd'd fwded",
    "sms": "sms'd smsed",
    "msg": "msg'd msgd msged",
    "demo": "demoed demo'd",
    "whatsapp": "whatsapped whatsapp'd",
    "text": "texted txted",
    "txt": "txted txtd txt'd",
    "cancel": "cancelled canceled",
    "lend": "lent",
    "eat": "ate eaten",
    "wrap": "wrapped",
    "stick": "stuck",
    "grab": "grabbed",
    "pop": "popped",
    "jot": "jotted",
    "map": "mapped",
    "scan": "scanned",
    "shut": "shut",
    "teach": "taught",
    "wait": "waited",
    "lay": "laid",
    "fly": "flew flown",
    "sit": "sat",
    "forget": "forgot forgotten",
    "become": "became",
    "creep": "crept",
    "swell": "swelled swollen",
    "shrink": "shrank shrunk",
    "leap": "leapt leaped",
    "sling": "slung",
    "bung": "bunged",
    "withdraw": "withdrew withdrawn",
    "nip": "nipped",
    "shoot": "shot",
    "break": "broke broken",
    "throw": "threw thrown",
    "grow": "grew grown",
    "quit": "quit",
    "cost": "cost",
    "reply": "replied",
    "try": "tried",
    "apply": "applied",
    "intro": "intro'd introd introed",
    "okay": "okayed",
    "ok": "ok'd oked",
    "rebook": "rebooked",
    "call": "called calld caled",
    "voicemail": "voicemailed",
    "email": "emailed emaild emialed emaied",
    "bump": "bumped",
    "sync": "synced",
    "mull": "mulled",
    "travel": "travelled traveled",
    "zoom": "zoomed zoom'd",
    "slack": "slacked slack'd",
    "skype": "skyped",
    "facetime": "facetimed",
    "linkedin": "linkedin'd",
}
_ING_DOUBLE = frozenset(
    (
        "get put set let cut run win begin drop ship plan chat stop slip submit refer prep "
        "swap commit nag hit wrap grab pop jot map scan shut sit forget quit bet intro"
    ).split()
) - {"intro"}
_REGULAR = """
call phone telephone dial buzz bell ping text txt msg message email mail reply respond answer forward fwd cc voicemail
visit demo present host pitch talk chat discuss connect share deliver provide supply upload issue resend offer
chase nudge remind follow schedule book arrange organise organize confirm update revise review check ask look
quote price
order file fix finish complete sign return introduce intro loop circle touch research plan invite add remove cancel move
reschedule invoice print post ship pick push escalate agree decide test figure report advise revert work report wait log
negotiate close verify validate approve clear align compare measure calculate collect gather pull create design draft
prepare prep await expect owe promise want need like love prefer hope help try reach contact consult convince walk pass
reject decline pull back continue start stop open reopen renew extend expand reduce drop increase raise lower bump
accept adopt switch replace train install configure integrate evaluate pilot trial consider process attend join handle
arrive turn push pester prod poke revisit regroup retry redo rebook reconnect countersign hand demand request require
propose suggest mention explain clarify outline scan summarise summarize record note mark mull count fill host poll
recap sync debrief brief coach walk loop swing dig line square nail tidy pack copy submit register attach list sort
wrap mail post courier ship diary diarise calendar reserve sound tee kick firm flesh tweak amend edit polish proof
finalise finalize rework rewrite resubmit recheck recalculate reprice requote requote track monitor watch ensure allow
enable discount match beat stall hang bounce ghost vanish freeze like prefer appreciate enjoy worry complain balk
hire leave retire resign transfer merge acquire budget fund fund allocate sponsor champion refer recommend endorse
settle land seal bag squeak cave budge bite pop stop swing use give zoom slack skype facetime linkedin whatsapp dm sms
ok okay shortlist audit inspect sample scope estimate tender bid spec quantify price plug drill hunt source trace
nag escort tour show learn teach study analyse analyze crunch plot chart render sketch dismiss skip cover contact
whizz sling flick lob nip bang award crawl climb inch edge creep balloon leap jump stretch swell shrink tick
inform notify proceed elect park withdraw shelve axe bin reckon collapse pursue
resolve solve raise report debug patch deploy launch migrate roll cut put set run read hold lose win grow slip land
stay remain seem appear sound look feel turn depend belong matter last happen occur end begin result fail pass
pay buy sell see find know think believe guess assume doubt suspect say tell claim state insist warn admit deny repeat
keep bring take get make do go come leave let have be draw build write send meet ring speak hear catch drive ride fly
choose lend spend teach throw break quit cost stand understand forget sit eat lay stick grab jot map shut submit
commit travel swap become
vent moan rave gush waffle dodge freeze crash relaunch restructure reorganise relocate downsize expand
advance postpone fall enter double triple drift circulate remember sanction greenlight finalise recirculate
reissue reassess rerun rephrase
socialise socialize translate interview relay relook revalidate reapply requote ping rubberstamp ratify
authorise authorize
introduce nominate appoint promote fire replace cc
"""
FORMS = {}
LEMMAS = set()


def _add(form, lemma, kind):
    FORMS.setdefault(form, set()).add((lemma, kind))


def _inflect(base):
    if base in LEMMAS:
        return
    LEMMAS.add(base)
    _add(base, base, "base")
    vowels = "aeiou"
    if base.endswith("y") and base[-2:-1] not in vowels:
        s, ed = base[:-1] + "ies", base[:-1] + "ied"
    elif base.endswith(("s", "x", "z", "ch", "sh")) or base in ("go", "do"):
        s, ed = base + "es", base + "ed"
    else:
        s, ed = base + "s", base + ("d" if base.endswith("e") else "ed")
    _add({"have": "has", "be": "is"}.get(base, s), base, "s")
    if base == "intro":
        _add("introes", base, "s")
    for past in _IRREGULAR.get(base, ed).split():
        _add(past, base, "past")
    if base.endswith("ie"):
        ing = base[:-2] + "ying"
    elif base.endswith("e") and base not in ("be", "see", "agree", "tee"):
        ing = base[:-1] + "ing"
    else:
        ing = base + (base[-1] if base in _ING_DOUBLE else "") + "ing"
    _add(ing, base, "ing")
    if base in ("dial", "cancel", "travel"):
        _add(base + "ling", base, "ing")


for _b in list(_IRREGULAR) + _REGULAR.split():
    _inflect(_b)
for _form, _lemma in {"f'up": "followup"}.items():
    _add(_form, _lemma, "base")
for _form, _lemma, _kind in (
    ("upped", "up", "past"),
    ("cb", "call", "base"),
    ("followup", "followup", "base"),
    ("followed-up", "followup", "past"),
    ("callback", "call", "base"),
    ("rings", "ring", "s"),
    ("spoek", "speak", "past"),
    ("spke", "speak", "past"),
    ("tlked", "talk", "past"),
    ("promissed", "promise", "past"),
    ("noshowed", "noshow", "past"),
    ("lvm", "lvm", "past"),
    ("vm'd", "voicemail", "past"),
    ("spk", "speak", "past"),
    ("sw", "speak", "past"),
    ("tt", "talk", "past"),
    ("fu", "followup", "base"),
    ("hopped", "hop", "past"),
    ("hung", "hang", "past"),
    ("recieved", "receive", "past"),
    ("received", "receive", "past"),
    ("rec'd", "receive", "past"),
    ("recd", "receive", "past"),
    ("sched", "schedule", "base"),
    ("resched", "reschedule", "base"),
):
    _add(_form, _lemma, _kind)

CALLING = frozenset("call ring phone telephone dial buzz bell facetime skype".split())
TALKING = frozenset({"speak", "talk", "chat"})
MAILING = frozenset("email mail write reply respond forward fwd cc".split())
MESSAGING = frozenset("text txt msg message ping dm whatsapp slack sms linkedin".split())
MEETING = frozenset("meet visit demo present pitch".split())
SENDING = frozenset("send resend share forward fwd deliver submit issue provide".split())

# Nouns as well: an imperative only where what follows shows it.
NOUNISH = frozenset("linkedin whatsapp sms intro advance fall".split()) | frozenset(
    (
        "call ring phone email mail text message visit demo quote price order review update "
        "check test plan report print post ship answer reply draft pitch record note mark "
        "sample scope estimate tender bid spec trial pilot invoice push pull look walk pass "
        "reach contact touch share offer file chat talk work close open sound start end list "
        "line pack copy log buzz bell ping slack zoom process budget fund champion sponsor "
        "design study audit cut run set hold win fix match beat need want cost use host train "
        "display chart plot track watch land base brief recap sync debrief poll diary "
        "calendar tour source patch like back raise drop request demand result state claim "
        "doubt guess show drive ride switch replace transfer proof release followup callback "
        "discount clear present ok matter last read let have be do put sort firm square swing "
        "dig hand count mean fly waffle travel fire promote cover turn stay help love hope"
    ).split()
)


def forms(norm):
    return FORMS.get(norm, ())


def lemma_as(norm, *kinds):
    """The lemma if `norm` is a form of one of these kinds, else None."""
    for lemma, kind in FORMS.get(norm, ()):
        if kind in kinds:
            return lemma
    return None


def is_verb(norm):
    return norm in FORMS
