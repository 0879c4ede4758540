"""What made-up volume is made of: parts of names, topics, and ways to say that something happened."""


def _list(words):
    return words.split()


FIRST = _list(
    "Ada Bo Cleo Dov Esra Finn Gia Hugo Ines Jan Kaya Liv Milo Nura Otis Pia Quin Rafa Sven Tove Uma Vito Wim Yann Zora"
)
LAST = _list(
    "Abel Borg Crane Dahl Ekman Frost Glenn Hart Ivers Joss Kral Lund Marsh Noor Oakes Penn Quist Rowe Stone Thorn "
    "Udall Vance West Yates Zell"
)
HEAD = _list("Al Bre Cor Dun El Fen Gar Hol Ing Jor Kel Lor Mar Nor Os Pel Quar Ros Sel Tam Ul Ver Wes Yor Zan")
TAIL = _list("bridge combe dale field gate haven ley mere moor ridge shaw stead thorpe ton wick")
TRADE = _list("Logistics Foods Textiles Optics Printing Tools Marine Energy Chemicals Paper Clinics Hotels Labs")
TOPICS = _list(
    "pricing budget timeline security onboarding training contract invoice roadmap pilot rollout integration support"
)
TITLES = ["Managing Director", "Head of Operations", "Finance Director", "IT Manager", "Buyer", "Planner"]
# kind, direction, outcome, words, two-way, attempt
KINDS = [
    ("call", "out", "connected", "called {who}, {min} min about {topic}. next week again", True, False),
    ("call", "out", "left_voicemail", "lvm for {who} about {topic}", False, True),
    ("call", "out", "no_answer", "tried {who}, no answer", False, True),
    ("email", "out", "", "emailed {who} the {topic} notes and asked about {other}", False, True),
    ("email", "in", "", "Thanks, the {topic} part is clear. What about {other}?", True, False),
    ("meeting", "", "held", "met {who}, went through {topic} and {other}", True, False),
    ("note", "", "", "{topic} matters more to them than {other}", False, False),
]
