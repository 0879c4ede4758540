"""Which of our stages, or which outcome, a value of somebody else's stage column stands for."""

from dataclasses import dataclass

from crm.web.text import fold
from deals.models import Deal, Stage

OUTCOMES = (Deal.Outcome.WON, Deal.Outcome.LOST, Deal.Outcome.WALKED)
# Where other products' stages stand, as the place among our six seeded ones (0–5).
_PLACES = {
    0: "prospecting|new|lead|lead in|new lead|appointment scheduled|contact made|contacted|initial contact|discovery"
    "|discovery call|first call|intro|introduction|qualified lead|open|identified|suspect|1 prospecting",
    1: "engaging|qualification|qualified|qualified to buy|qualifying|engaged|meeting scheduled|needs identified|goal",
    2: "needs analysis|presentation scheduled|value proposition|demo scheduled|demo|presentation|solution design"
    "|analysis|diagnosis|demo completed|scoping",
    3: "decision maker bought in|id decision makers|identify decision makers|perception analysis|evaluation|trial|pilot"
    "|poc|proof of concept|technical evaluation|business case|evaluate",
    4: "proposal price quote|proposal made|contract sent|proposal sent|quote|quote sent|quotation|offer|offer sent"
    "|proposal quote|pricing",
    5: "negotiation review|negotiations started|negotiating|contracting|verbal commit|verbal|commit|legal|closing"
    "|contract review|contract negotiation|verbal agreement|legal review|procurement",
}
_SEEDED = ("conversation", "goal shared", "diagnosed", "evaluating", "proposal", "negotiation")
_PLACE = {name: place for place, names in _PLACES.items() for name in names.split("|")}
_PLACE.update({name: place for place, name in enumerate(_SEEDED)})
_ENDS = {
    Deal.Outcome.WON: "won|closed won|closedwon|win|signed|contract signed|closed and won|gewonnen|gagne"
    "|6 closed won|success|deal won|customer",
    Deal.Outcome.LOST: "lost|closed lost|closedlost|loss|closed lost to competition|closed and lost|verloren|perdu|dead"
    "|rejected|7 closed lost|deal lost|closed lost to competitor|no decision",
    Deal.Outcome.WALKED: "walked|walked away|disqualified|unqualified|abandoned|declined by us|withdrawn",
    Deal.Outcome.OPEN: "open|active|in progress|ongoing|pending",
}
_END = {name: outcome for outcome, names in _ENDS.items() for name in names.split("|")}


@dataclass(frozen=True)
class Place:
    """`stage` None leaves it to the outcome. `known` is false where nothing said so and the first stage stands in."""

    stage: Stage | None
    outcome: str
    known: bool = True


class Stages:
    """Reads values of a stage column. `chosen`: {value: a stage's name, or won, lost, walked}."""

    def __init__(self, chosen=None):
        self.all = list(Stage.objects.in_order())
        self.by_name = {fold(stage.name): stage for stage in self.all}
        self.chosen = {fold(value): place for value, place in self._chosen(chosen or {})}
        self.seen = {}

    def _chosen(self, chosen):
        for value, name in chosen.items():
            place = self.named(name)
            if place is None:
                names = ", ".join(stage.name for stage in self.all)
                raise LookupError(f"There is no stage “{name}”. Use one of {names}, won, lost or walked.")
            yield value, place

    def named(self, name):
        """The Place that the seller named: a stage of theirs, or an outcome. None for neither."""
        folded = fold(str(name))
        if folded in self.by_name:
            return Place(self.by_name[folded], Deal.Outcome.OPEN)
        if folded in OUTCOMES:
            return Place(None, folded)
        return None

    def read(self, value):
        """The Place of a value of the column, as chosen, else by name, else as other products use it."""
        place = self.seen.get(value)
        if place is None:
            place = self.seen[value] = self._read(fold(value))
        return place

    def _read(self, folded):
        if folded in self.chosen:
            return self.chosen[folded]
        if folded in self.by_name:
            return Place(self.by_name[folded], Deal.Outcome.OPEN)
        if folded in _END and folded not in _PLACE:
            return Place(None, _END[folded])
        if folded in _PLACE:
            return Place(self._at(_PLACE[folded]), Deal.Outcome.OPEN)
        return Place(self.all[0], Deal.Outcome.OPEN, known=False)

    def _at(self, place):
        """The stage at one of six places: the seeded one where it still is, else by its share of the order."""
        stage = self.by_name.get(_SEEDED[place])
        return stage or self.all[round(place / 5 * (len(self.all) - 1))]

    def of_end(self, outcome):
        """Where an ended deal rests whose last stage the file does not say: a won one went all the way."""
        return self.all[-1] if outcome == Deal.Outcome.WON else self.all[0]


def read_outcome(cell):
    """A value of an outcome or status column; None where it says neither."""
    return _END.get(fold(cell))
