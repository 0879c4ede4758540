import uuid

from django.db import models
from django.db.models import F, Q

from accounts.records import Record, RecordQuerySet, managers
from crm.web import bulk, clock

from .contact import Contact
from .entry import Entry
from .prospect import Prospect


class ActivityQuerySet(RecordQuerySet):
    def in_order(self):
        """Oldest first: by day, day-only ones before timed ones, then by time, then uuid; never by entry."""
        return self.order_by("on", F("at").asc(nulls_first=True), "uuid")

    def newest_first(self):
        return self.order_by("-on", F("at").desc(nulls_last=True), "-uuid")


class Activity(Record):
    """Something that happened.

    `on` is its day in the seller's zone; `at` the UTC instant, null when only the day is known.
    `two_way` and `attempt` follow from kind, direction and outcome (`classify`).
    """

    class Kind(models.TextChoices):
        CALL = "call"
        EMAIL = "email"
        MEETING = "meeting"
        MESSAGE = "message"
        NOTE = "note"

    class Direction(models.TextChoices):
        IN = "in", "from them"
        OUT = "out", "from you"

    class Outcome(models.TextChoices):
        CONNECTED = "connected"
        LEFT_VOICEMAIL = "left_voicemail", "left voicemail"
        LEFT_MESSAGE = "left_message", "left message"
        NO_ANSWER = "no_answer", "no answer"
        BUSY = "busy"
        WRONG_NUMBER = "wrong_number", "wrong number"
        HELD = "held"
        NO_SHOW = "no_show", "no show"
        CANCELLED = "cancelled"
        AUTO_REPLY = "auto_reply", "auto-reply"
        BOUNCED = "bounced"

    OUTCOMES = {
        "call": ["connected", "left_voicemail", "left_message", "no_answer", "busy", "wrong_number"],
        "meeting": ["held", "no_show", "cancelled"],
        "email": ["auto_reply", "bounced"],
        "message": [],
        "note": [],
    }

    TRACKED = (
        "prospect",
        "deal",
        "kind",
        "direction",
        "outcome",
        "on",
        "at",
        "minutes",
        "subject",
        "text",
        "private",
    )
    RELATED = ("contacts",)
    SEARCHED = ("subject", "text", "private")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="activities")
    # These two are found by the indexes that begin with them.
    prospect = models.ForeignKey(
        Prospect, null=True, blank=True, on_delete=models.CASCADE, related_name="activities", db_index=False
    )
    deal = models.ForeignKey(
        "deals.Deal", null=True, blank=True, on_delete=models.SET_NULL, related_name="activities", db_index=False
    )
    contacts = models.ManyToManyField(Contact, blank=True, related_name="activities")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NOTE)
    direction = models.CharField(max_length=3, choices=Direction, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    on = models.DateField()
    at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    private = models.BooleanField(default=False)
    known_at = models.DateTimeField(default=clock.now, editable=False)
    two_way = models.BooleanField(default=False, editable=False)
    attempt = models.BooleanField(default=False, editable=False)

    objects, everything = managers(ActivityQuerySet)

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["prospect", "-on", "-at"], name="activity_of_prospect"),
            models.Index(fields=["deal", "-on", "-at"], name="activity_of_deal"),
            models.Index(fields=["-on", "-at"], name="activity_newest"),
            models.Index(fields=["prospect", "-on"], name="activity_two_way", condition=Q(two_way=True)),
        ]

    def __str__(self):
        return f"{self.kind} on {self.on}"

    def classify(self):
        """(two_way, attempt), from kind, direction and outcome.

        Two-way: the buyer took part: a connected call, a held meeting, anything inbound but an
        auto-reply or a bounce. An attempt: anything outbound that may have reached them and is not
        two-way; a wrong number or a bounced mail reached nobody.
        """
        out, outcome = self.direction == self.Direction.OUT, self.outcome
        if outcome in (self.Outcome.AUTO_REPLY, self.Outcome.BOUNCED, self.Outcome.WRONG_NUMBER):
            return False, False
        if self.kind == self.Kind.NOTE:
            return False, False
        if outcome in (self.Outcome.CONNECTED, self.Outcome.HELD) or self.direction == self.Direction.IN:
            return True, False
        return False, out

    def prepare(self):
        if self.at:
            self.on = clock.day_of(self.at)
        self.two_way, self.attempt = self.classify()

    def document(self):
        return self.private, self.subject, self.text

    def standings(self):
        return [self.prospect_id] if self.prospect_id else [], [self.deal_id] if self.deal_id else []

    def _read_contacts(self):
        return sorted(self.contacts.values_list("pk", flat=True))

    def _write_contacts(self, ids, new=False):
        through = Activity.contacts.through
        if not new:
            through.objects.filter(activity=self).delete()
        bulk.store(*(through(activity=self, contact_id=pk) for pk in ids))
