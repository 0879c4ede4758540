"""The seller's vocabulary: tables only. Folded words, as tokens carry them in `norm`."""

ME = frozenset({"i", "we"})
THEM = frozenset({"he", "she", "they"})
SUBJECTS = ME | THEM | {"you", "it"}
OBJECTS = frozenset({"him", "her", "them", "me", "us", "it"})
DETERMINERS = frozenset(
    ("the a an this that these those my our your his her its their some any no every each all both another").split()
)
MODALS = frozenset(
    {"will", "'ll", "shall", "should", "must", "can", "could", "may", "might", "would", "'d", "gonna", "gotta"}
)
AUX = MODALS | frozenset(("is are was were am 's 're 'm be been has have had 've do does did ought needs need").split())
SUBORDINATE = frozenset(
    (
        "if unless when once which who what where how why than whether until till til while whom whose whilst as "
        "after before"
    ).split()
)
CONNECTORS = frozenset({"and", "then", "but", "so", "also", "plus"})
LEAD = CONNECTORS | frozenset(
    (
        "just ok okay well finally quickly again later please pls still next after afterwards meanwhile now hey hi oh "
        "right yes yeah actually briefly really quick already anyway otherwise eventually therefore or btw fyi update "
        "latest note cold literally only"
    ).split()
)
ADVERBS = frozenset(
    (
        "just finally also still already now then again quickly both kindly really definitely probably even only "
        "actually since all never always soon later eventually simply politely maybe apparently personally formally "
        "officially hopefully verbally tentatively provisionally kind"
    ).split()
)

# Who answers for the buyer without being on record by name.
ROLES = frozenset(
    (
        "ceo cfo cto coo cio cmo md fd vp boss manager director head chief owner founder partner president chairman "
        "chair buyer customer client prospect lawyer lawyers solicitor attorney counsel legal procurement purchasing "
        "finance it security infosec ops operations engineering marketing board committee team teams council "
        "assistant pa secretary receptionist reception gatekeeper switchboard colleague wife husband brother sister "
        "son daughter uncle father mother accountant controller analyst engineer guy guys people lot folks side "
        "management exec execs champion sponsor office department dept admin consultant architect user users staff hr "
        "group company firm accounts treasurer gm ea rep planner nurse doctor teacher headmaster principal trustees "
        "partners directors managers bosses"
    ).split()
)
GATEKEEPERS = frozenset(
    (
        "gatekeeper receptionist reception pa secretary assistant switchboard colleague wife husband operator office "
        "ea frontdesk desk admin someone somebody colleague's temp housekeeper nurse guard doorman"
    ).split()
)
STRANGERS = frozenset(["competitor", "rival", "recruiter", "headhunter", "vendor", "scammer", "supplier", "else"])

MEETING_NOUNS = frozenset(
    (
        "meeting mtg meetings lunch breakfast dinner coffee drinks brunch workshop demo presentation walkthrough "
        "kickoff zoom onsite visit f2f session qbr appointment appt webinar call1 catchup tour meet sitdown training "
        "interview offsite standup showcase roundtable pitch meetup"
    ).split()
)
CALL_NOUNS = frozenset({"call", "phonecall", "ring", "callback", "phone"})
TALK_NOUNS = frozenset({"chat", "conversation", "talk", "word", "natter"})
MAIL_NOUNS = frozenset({"email", "emails", "mail", "mails", "reply", "response"})
MESSAGE_NOUNS = frozenset(
    {"text", "texts", "sms", "whatsapp", "message", "msg", "dm", "inmail", "ping", "messages", "txt", "imessage"}
)
MESSAGE_CHANNELS = frozenset(
    ("whatsapp linkedin sms text slack teams telegram signal wechat imessage messenger dm inmail twitter x").split()
)
VOICEMAIL = frozenset({"vm", "voicemail", "lvm", "vmail", "voicemails", "ansaphone", "answerphone", "vms"})
LEFT_THINGS = VOICEMAIL | {"message", "msg", "word", "mess", "messages", "msgs", "number", "details", "note"}

DOCUMENTS = frozenset(
    (
        "proposal quote quotation deck contract nda msa sow pricing price prices brochure spec specs agenda invoice "
        "summary link case study info information details document docs doc agreement estimate slides presentation "
        "sheet order form paperwork terms redlines offer questionnaire answers references refs samples sample "
        "catalogue catalog report pack brief plan list photos photo drawings data file files numbers model roi sla "
        "dpa rfp po template recap notes minutes draft renewal video demo recording whitepaper datasheet figures "
        "breakdown questions forms logins login credentials key keys map logo logos"
    ).split()
)

RETRY = frozenset(
    ("try retry call ring phone dial cb chase nudge followup follow buzz redial revisit callback").split()
)

OUTCOMES = {}
for _what, _phrases in {
    "no_answer": """
        no answer|no ans|no anser|no answr|n/a|no pickup|no pick up|did n't pick up|did n't pickup|
        did n't answer|not picking up|not picking|not lifting|did n't lift|did n't pick|
        is n't picking up|was n't picking up|rang out|rings out|ringing out|
        just rings|just rang| rang and rang|rang off|could n't reach|could n't get hold|
         could n't get through|cannot reach|can n't reach|unable to reach|failed to reach|no luck|no joy|
         no dice|mailbox full|mailbox is full| mailbox was full|mailbox 's full|voicemail full|
        voicemail is full|voicemail was full| voicemail box full|vm full|vm is full|vm box full| inbox full|
        box full|no connect|did n't get through|did n't connect|nobody home|no one picked up|
         nobody picked up|nobody answered| no one answered|noone answered|rna|unanswered|went unanswered|
        no response|no reply| did n't get him|did n't get her|did n't get hold| not answering|
        never picked up|never answered|does n't pick up|wo n't pick up|will n't pick up| could n't get him|
        could n't get her| could n't get them|no one there|nobody there|phone off|phone switched off|
        switched off| went straight to voicemail|straight to voicemail| straight to vm|went to voicemail|
        went to vm|goes to voicemail|goes to vm| goes straight to voicemail|went straight to vm|
        just voicemail| no pick|missed me|not reachable|unreachable|could n't catch|did n't catch|no soul|
        dead air|dna| ring no answer|nobody in
    """,
    "busy": """
        line busy|line engaged|line was busy|line was engaged|line is busy|line is engaged|busy tone|
        busy signal|engaged tone|engaged| was engaged|number busy|number engaged|phone busy|got a busy|
        got the busy|line tied up| line 's busy|line 's engaged|constantly engaged|busy line
    """,
    "wrong_number": """
        wrong number|wrong no|wrong num|wrong nr|number not in service|not in service|number disconnected|
        disconnected number| number is dead|number dead|number 's dead|dead number|bad number|
        number does n't work| number no longer works|number not recognised| number not recognized|
        out of service|number out of service|not his number|not her number| not their number|
        number unobtainable| number does n't exist|number is wrong|number 's wrong|number was wrong
    """,
    "no_show": """
        no show|no showed|noshow|noshowed|no shows|did n't show|did n't show up|did n't turn up|
        never showed|never turned up| failed to show|stood me up|stood us up|never showed up|did n't attend|
        never joined|did n't join| did n't come|forgot our meeting| forgot the meeting
    """,
}.items():
    for _p in _phrases.replace("\n", " ").split("|"):
        OUTCOMES[tuple(_p.split())] = _what
OUTCOME_STARTS = {}
for _words, _what in list(OUTCOMES.items()):
    if "n't" in _words:
        OUTCOMES[tuple("not" if x == "n't" else x for x in _words)] = _what
    if "voicemail" in _words:
        for _name in (
            "answerphone",
            "ansaphone",
            "vmail",
            "answering machine",
            "answer machine",
            "voice mail",
            "machine",
        ):
            _at = _words.index("voicemail")
            OUTCOMES[(*_words[:_at], *_name.split(), *_words[_at + 1 :])] = _what
for _words, _what in sorted(OUTCOMES.items(), key=lambda x: -len(x[0])):
    OUTCOME_STARTS.setdefault(_words[0], []).append((_words, _what))

# "no answer yet on legal" tells of something else
NOT_AFTER_OUTCOME = frozenset(
    {"yet", "on", "to", "about", "re", "for", "needed", "required", "either", "with", "until", "till", "in"}
)

EXCUSES = frozenset(
    (
        "holiday hols vacation leave ooo away travelling traveling sick ill maternity paternity abroad meeting lunch "
        "unavailable offsite"
    ).split()
)
EXPLETIVES = frozenset(
    ("lol haha meh ugh again twice thrice x2 x3 still sigh argh grr annoying typical finally").split()
)
