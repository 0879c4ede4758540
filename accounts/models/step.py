import uuid

from django.db import models
from django.db.models import F, Q

from accounts.records import Record, RecordQuerySet, managers
from crm.web import bulk, clock
from crm.web.prepared import Prepared

from .contact import Contact
from .entry import Entry
from .prospect import Prospect


class StepQuerySet(RecordQuerySet):
    def open(self):
        return self.filter(state=Step.State.OPEN)

    def mine(self):
        return self.filter(owner=Step.Owner.ME)

    def theirs(self):
        return self.filter(owner=Step.Owner.THEM)

    def by_due(self):
        """Earliest first; a day without a time before its timed ones; undated last."""
        return self.order_by(F("due_on").asc(nulls_last=True), F("due_time").asc(nulls_first=True), "position", "pk")

    def in_plan_order(self):
        return self.order_by("position", F("due_on").asc(nulls_last=True), "pk")


class Step(Record):
    """Something due.

    `due_on` is a day, `due_time` a floating wall-clock time in the seller's zone (no zone, no midnight).
    Kept or missed is derived (`kept`). Every change is kept as a StepChange.
    """

    class Owner(models.TextChoices):
        ME = "me", "you"
        THEM = "them", "them"

    class Kind(models.TextChoices):
        CALL = "call"
        EMAIL = "email"
        MEETING = "meeting"
        MESSAGE = "message"
        TODO = "todo", "to do"

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        DROPPED = "dropped"

    TRACKED = (
        "prospect",
        "deal",
        "contact",
        "owner",
        "kind",
        "what",
        "due_on",
        "due_time",
        "state",
        "done_on",
        "position",
        "go_no_go",
        "private",
    )

    SEARCHED = ("what", "private")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="steps")
    # These two are found by the indexes that begin with them.
    prospect = models.ForeignKey(
        Prospect, null=True, blank=True, on_delete=models.CASCADE, related_name="steps", db_index=False
    )
    deal = models.ForeignKey(
        "deals.Deal", null=True, blank=True, on_delete=models.CASCADE, related_name="steps", db_index=False
    )
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="steps")
    owner = models.CharField(max_length=4, choices=Owner, default=Owner.ME)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TODO)
    what = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    due_time = models.TimeField(null=True, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    done_on = models.DateField(null=True, blank=True, help_text="The day it was done or dropped.")
    position = models.PositiveIntegerField(default=0)
    go_no_go = models.BooleanField("go/no-go point", default=False)
    private = models.BooleanField(default=False)
    known_at = models.DateTimeField(default=clock.now, editable=False)

    objects, everything = managers(StepQuerySet)

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["state", "owner", "due_on"], name="step_due"),
            models.Index(fields=["prospect", "state", "due_on"], name="step_of_prospect"),
            models.Index(fields=["deal", "state", "due_on"], name="step_of_deal"),
        ]

    def __str__(self):
        return self.what

    @property
    def kept(self):
        """True when done by its day, False when done later; None while open, dropped or undated."""
        if self.state != self.State.DONE or not self.due_on or not self.done_on:
            return None
        return self.done_on <= self.due_on

    def overdue(self, today):
        return self.state == self.State.OPEN and self.due_on is not None and self.due_on < today

    def keep(self, entry, on=None):
        """Done, on that day (default the seller's today)."""
        self.state, self.done_on = self.State.DONE, on or clock.today()
        return self.write(entry)

    def drop(self, entry, on=None):
        """No longer wanted."""
        self.state, self.done_on = self.State.DROPPED, on or clock.today()
        return self.write(entry)

    def reopen(self, entry):
        self.state, self.done_on = self.State.OPEN, None
        return self.write(entry)

    def reschedule(self, entry, due_on, due_time=None):
        self.due_on, self.due_time = due_on, due_time
        return self.write(entry)

    def prepare(self):
        # In a plan that was put in order by hand, a new step falls in behind those that are due before it.
        if self.pk is None and self.deal_id and not self.position:
            for position, due_on, private in _placed(self.deal_id):
                # The order that others see tells nothing of what they do not.
                seen = self.private or not private
                if seen and (not self.due_on or (due_on and due_on <= self.due_on)):
                    self.position = max(self.position, position)

    def written(self, entry, before, *, undoing=False):
        change = {"step_id": self.pk, "entry_id": entry.pk, **StepChange.copied(self), "known_at": clock.now()}
        bulk.add(StepChange, [change])

    def document(self):
        return self.private, self.what, ""

    def standings(self):
        return [self.prospect_id] if self.prospect_id else [], [self.deal_id] if self.deal_id else []


_placed = Prepared(
    lambda deal: Step.objects.filter(deal=deal, position__gt=0).order_by().values_list("position", "due_on", "private")
)


class StepChangeQuerySet(models.QuerySet):
    def newer(self, steps, moment):
        """Ids of those of these steps that something typed after that instant made or changed, and nobody undid."""
        rows = self.filter(step__in=[step.pk for step in steps], entry__undone_at=None)
        since = Q(entry__occurred_at__gt=moment) | Q(entry=None, known_at__gt=moment)
        return set(rows.filter(since).values_list("step_id", flat=True))


class StepChange(models.Model):
    """The step as it was after each of its changes; lateness and "as of" are read from here."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="changes", db_index=False)  # see indexes
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL)
    owner = models.CharField(max_length=4)
    what = models.CharField(max_length=300)
    due_on = models.DateField(null=True)
    due_time = models.TimeField(null=True)
    state = models.CharField(max_length=7)
    done_on = models.DateField(null=True)
    known_at = models.DateTimeField(default=clock.now)

    objects = StepChangeQuerySet.as_manager()

    class Meta:
        ordering = ["known_at", "pk"]
        indexes = [models.Index(fields=["step", "known_at"])]

    FIELDS = ("owner", "what", "due_on", "due_time", "state", "done_on")

    @classmethod
    def copied(cls, step):
        return {name: getattr(step, name) for name in cls.FIELDS}
