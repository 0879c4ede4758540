from django.core.validators import MaxValueValidator
from django.db import models

from accounts.records import Record, RecordQuerySet, managers

COLOURS = ("slate", "blue", "teal", "green", "amber", "rose")


class StageQuerySet(RecordQuerySet):
    def in_order(self):
        return self.order_by("position", "pk")


class StageInUse(Exception):
    """The stage still has deals: they must be given another first."""


class LastStage(Exception):
    """A board needs a column: the only stage stays."""


class Stage(Record):
    """A column of the board. `chance` (percent) weights totals; `rot_days` is how long a deal may rest in it."""

    TRACKED = ("name", "position", "colour", "chance", "rot_days")
    RELATED = ("milestones",)
    NAMED = ("name", "position")

    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    colour = models.CharField(max_length=10, choices=[(c, c) for c in COLOURS], default=COLOURS[0])
    chance = models.PositiveSmallIntegerField("chance, %", default=50, validators=[MaxValueValidator(100)])
    rot_days = models.PositiveSmallIntegerField("days a deal may rest here", default=30)

    objects, everything = managers(StageQuerySet)

    class Meta(Record.Meta):
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name

    def _read_milestones(self):
        return [m.text for m in self.milestones.all()]

    def _write_milestones(self, texts, new=False):
        if not new:
            self.milestones.all().delete()
        Milestone.objects.bulk_create(
            Milestone(stage=self, position=n, text=text.strip()[:200]) for n, text in enumerate(texts) if text.strip()
        )

    def shift(self, by, entry):
        """So many places to the right on the board (negative: to the left), as far as there is room."""
        stages = list(Stage.objects.in_order())
        place = stages.index(self)
        stages.insert(min(max(place + by, 0), len(stages) - 1), stages.pop(place))
        for position, stage in enumerate(stages):
            if stage.position != position:
                stage.position = position
                stage.write(entry)

    def retire(self, entry, successor):
        """Take the stage off the board; its deals (ended ones too) move to `successor`.

        Raises StageInUse when it has deals and `successor` is None or itself, LastStage for the only one.
        """
        if not Stage.objects.exclude(pk=self.pk).exists():
            raise LastStage(self)
        deals = list(self.deals(manager="everything").all())
        if deals and (successor is None or successor.pk == self.pk):
            raise StageInUse(self)
        for deal in deals:
            deal.move_to(successor, entry)
        self.trash(entry)


class Milestone(models.Model):
    """What the buyer must have done before a deal belongs in the stage."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text
