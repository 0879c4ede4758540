from collections import namedtuple
from decimal import Decimal

from django.db import models
from django.db.models import Count, DecimalField, Exists, F, FilteredRelation, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce

from accounts.models import Contact, Entry, Prospect, Standing
from accounts.records import Record, RecordQuerySet, managers
from crm.web import bulk, clock
from crm.web.prepared import Prepared
from crm.web.text import fold

from .stage import Stage

# The columns that cards and rows read; the others cost more than the query itself.
_ON_CARDS = (
    "name", "amount", "close_on", "outcome", "ended_on", "end_reason", "opened_on", "source", "version", "slips",
    "slipped_days", "stage_since", "prospect__name", "stage__name", "stage__chance", "stage__rot_days",
)  # fmt: skip


class DealQuerySet(RecordQuerySet):
    def open(self):
        return self.filter(outcome=Deal.Outcome.OPEN)

    def ended(self):
        return self.exclude(outcome=Deal.Outcome.OPEN)

    def won(self):
        return self.filter(outcome=Deal.Outcome.WON)

    def with_standing(self, user):
        """`.standing` of each deal for that reader; private lines stand only in the seller's."""
        audience = Standing.Audience.of(user)
        return self.annotate(standing=FilteredRelation("all_standings", condition=Q(all_standings__audience=audience)))

    def for_cards(self, user):
        """What cards and rows show, but for the standings (`cards.dress` reads them apart, which is faster).

        `.named` where the prospect has other open deals.
        """
        return self.with_standing(user).with_named().select_related("prospect", "stage").only(*_ON_CARDS)

    def for_page(self, user):
        """One deal whole, with its standing."""
        steps = ("standing__next_step__contact", "standing__their_step__contact")
        return self.with_standing(user).with_named().select_related("prospect", "stage", *steps)

    def with_named(self):
        others = Deal.objects.open().filter(prospect=OuterRef("prospect")).exclude(pk=OuterRef("pk"))
        return self.annotate(named=Exists(others))

    def totals_by_stage(self):
        """{stage id: (count, total, weighted total)}; an unknown amount adds nothing, weights are `chance`."""
        weighted = Sum(F("amount") * F("stage__chance") / Value(Decimal(100)), output_field=DecimalField())
        rows = self.order_by().values_list("stage_id").annotate(Count("pk"), Sum("amount"), weighted=weighted)
        return {
            stage: (count, total or Decimal(0), round(Decimal(weight or 0), 2)) for stage, count, total, weight in rows
        }

    def totals(self):
        """(count, total, weighted total) of all of them."""
        rows = list(self.totals_by_stage().values())
        return tuple(sum((row[n] for row in rows), start) for n, start in enumerate((0, Decimal(0), Decimal(0))))

    def ended_since(self, day):
        """{outcome: (count, total)} of what ended on or after that day."""
        rows = self.ended().filter(ended_on__gte=day).order_by().values_list("outcome")
        rows = rows.annotate(Count("pk"), Sum("amount"))
        return {outcome: (count, total or Decimal(0)) for outcome, count, total in rows}

    def by_close(self):
        return self.order_by(F("close_on").asc(nulls_last=True), "pk")


class Deal(Record):
    """Money with a date. `amount` null means unknown, which is not zero; `close_on` is expected, `ended_on` real."""

    class Outcome(models.TextChoices):
        OPEN = "open"
        WON = "won"
        LOST = "lost"
        WALKED = "walked"

    TRACKED = (
        "prospect",
        "name",
        "stage",
        "amount",
        "close_on",
        "outcome",
        "ended_on",
        "end_reason",
        "source",
        "opened_on",
    )
    RELATED = ("people",)
    NAMED = ("prospect", "name", "outcome")
    SEARCHED = ("prospect", "name", "end_reason", "source")
    CASCADE = ("steps",)
    HISTORY = ("stage", "amount", "close_on", "outcome")

    # Found by deal_of_prospect.
    prospect = models.ForeignKey(
        Prospect, null=True, blank=True, on_delete=models.CASCADE, related_name="deals", db_index=False
    )
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False, db_index=True)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="deals")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    close_on = models.DateField("expected close", null=True, blank=True)
    outcome = models.CharField(max_length=6, choices=Outcome, default=Outcome.OPEN)
    ended_on = models.DateField("ended", null=True, blank=True)
    end_reason = models.CharField("reason", max_length=300, blank=True)
    opened_on = models.DateField("opened", default=clock.today)
    source = models.CharField(max_length=100, blank=True)
    contacts = models.ManyToManyField(Contact, through="DealContact", related_name="deals", blank=True)
    # Derived from the history by `_slips`: how often the close date moved later, and by how many days in all.
    slips = models.PositiveSmallIntegerField(default=0, editable=False)
    slipped_days = models.IntegerField(default=0, editable=False)
    stage_since = models.DateField(null=True, editable=False)

    standing = None  # what `with_standing` puts there; it stays None for a deal whose standing is not stored yet

    objects, everything = managers(DealQuerySet)

    class Meta(Record.Meta):
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["outcome", "stage", "close_on"], name="deal_on_board"),
            models.Index(fields=["prospect", "outcome"], name="deal_of_prospect"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/deals/{self.pk}/"

    @property
    def is_open(self):
        return self.outcome == self.Outcome.OPEN

    @property
    def weighted(self):
        """Amount × chance of the stage, to the cent; None when the amount is unknown."""
        return None if self.amount is None else round(self.amount * self.stage.chance / 100, 2)

    def prepare(self):
        self.folded = fold(self.name)[:200]

    # Verbs -------------------------------------------------------------------------------------

    def move_to(self, stage, entry):
        """Into another column."""
        self.stage = stage
        return self.write(entry)

    def end(self, outcome, entry, *, on=None, reason=""):
        """Won, lost or walked away, on that day (default the seller's today)."""
        self.outcome, self.ended_on, self.end_reason = outcome, on or clock.today(), reason
        return self.write(entry)

    def win(self, entry, **how):
        return self.end(self.Outcome.WON, entry, **how)

    def lose(self, entry, **how):
        return self.end(self.Outcome.LOST, entry, **how)

    def walk_away(self, entry, **how):
        return self.end(self.Outcome.WALKED, entry, **how)

    def reopen(self, entry):
        self.outcome, self.ended_on, self.end_reason = self.Outcome.OPEN, None, ""
        return self.write(entry)

    # History -----------------------------------------------------------------------------------

    def written(self, entry, before, *, undoing=False):
        """Append a full snapshot when the deal is new, or stage, amount, close date or outcome changed."""
        if before is not None and not set(before) & set(self.HISTORY):
            return
        undone = None
        if undoing:
            undone = self.changes.filter(entry=entry, undone_by=None, undoes=None).order_by("-pk").first()
        when = clock.now() if undoing else entry.occurred_at
        change = DealChange(
            deal=self,
            entry=entry,
            undoes=undone,
            on=clock.day_of(when),
            at=when,
            stage_id=self.stage_id,
            amount=self.amount,
            close_on=self.close_on,
            outcome=self.outcome,
        )
        bulk.store(change)
        self.derive()

    def derive(self):
        """Store what follows from the history: slips, days slipped, and since when it is in its stage."""
        figures = self.history_figures()
        if figures == (self.slips, self.slipped_days, self.stage_since):
            return
        self.slips, self.slipped_days, self.stage_since = figures
        type(self).everything.filter(pk=self.pk).update(
            slips=self.slips, slipped_days=self.slipped_days, stage_since=self.stage_since
        )

    def history_figures(self, changes=None):
        """`figures` of its own changes, or of these."""
        return self.figures(map(_Counted._make, _changes(self.pk)) if changes is None else changes)

    @staticmethod
    def figures(changes):
        """(slips, days slipped, day it came into its stage), from the changes that count (oldest first)."""
        slips = days = 0
        close = stage = since = None
        for change in changes:
            if close and change.close_on and change.close_on > close:
                slips += 1
                days += (change.close_on - close).days
            close = change.close_on or close
            if change.stage_id != stage:
                stage, since = change.stage_id, change.on
        return slips, days, since

    def document(self):
        prospect = self.prospect.name if self.prospect else ""
        return False, self.name, " ".join([prospect, self.end_reason, self.source])

    def standings(self):
        return [self.prospect_id] if self.prospect_id else [], [self.pk]

    def _read_people(self):
        return list(map(list, _people(self.pk)))

    def _write_people(self, pairs, new=False):
        if not new:
            self.people.all().delete()
        bulk.store(*(DealContact(deal=self, contact_id=pk, role=role) for pk, role in pairs))


class DealContact(models.Model):
    """Somebody's part in a deal."""

    ROLES = ["champion", "decides", "pays", "uses", "advises", "blocks"]

    deal = models.ForeignKey(
        Deal, on_delete=models.CASCADE, related_name="people", db_index=False
    )  # see once_in_a_deal
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="deal_roles")
    role = models.CharField(max_length=20, blank=True, choices=[(r, r) for r in ROLES])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deal", "contact"], name="once_in_a_deal")]
        ordering = ["pk"]


class DealChangeQuerySet(models.QuerySet):
    def counted(self):
        """Oldest first, without the pairs of a change and the Undo that took it back."""
        # Not `undoes=None`: nearly all are, and SQLite would read them all by that index rather than the deal's few.
        undone = DealChange.objects.filter(undoes=OuterRef("pk"))
        rows = self.alias(taken_back=Coalesce("undoes_id", 0)).filter(~Exists(undone), taken_back=0)
        return rows.order_by("on", F("at").asc(nulls_first=True), "pk")

    def known_by(self, day):
        return self.filter(known_at__lt=clock.day_bounds(day)[1])


class DealChange(models.Model):
    """The deal as it was from that moment on. Never edited; Undo appends a row that `undoes` one."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="changes", db_index=False)  # see indexes
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="deal_changes")
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    close_on = models.DateField(null=True)
    outcome = models.CharField(max_length=6)
    on = models.DateField()
    at = models.DateTimeField(null=True)
    known_at = models.DateTimeField(default=clock.now)

    objects = DealChangeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["deal", "on"]), models.Index(fields=["-on"])]


_Counted = namedtuple("_Counted", "close_on stage_id on")
_changes = Prepared(lambda pk: DealChange.objects.filter(deal=pk).counted().values_list(*_Counted._fields))
_people = Prepared(
    lambda pk: DealContact.objects.filter(deal=pk).order_by("contact_id").values_list("contact_id", "role")
)
