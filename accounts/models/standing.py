from django.db import models
from django.db.models import Q

from .prospect import Prospect
from .step import Step

_DERIVED = {"on_delete": models.SET_NULL, "db_index": False, "db_constraint": False}


class Standing(models.Model):
    """Whose move, since when and why, and the silence: stored for lists, derived by `accounts.standing`.

    One row per prospect and per deal and per audience: the seller, and others, for whom private lines do
    not exist. Nothing here depends on today's date, so a row stays true until a record changes.
    """

    class Audience(models.TextChoices):
        SELLER = "seller"
        OTHERS = "others"

        @classmethod
        def of(cls, user):
            """Which of the two this user is."""
            return cls.SELLER if user.is_seller else cls.OTHERS

    audience = models.CharField(max_length=6, choices=Audience)
    prospect = models.ForeignKey(Prospect, null=True, on_delete=models.CASCADE, related_name="all_standings")
    deal = models.ForeignKey("deals.Deal", null=True, on_delete=models.CASCADE, related_name="all_standings")

    move = models.CharField(max_length=6, choices=[("mine", "yours"), ("theirs", "theirs")])
    since_on = models.DateField(null=True)
    since_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=400)
    # Which rule of `accounts.standing` decided: waiting, step, nothing, spoke, tried or unheld.
    rule = models.CharField(max_length=10, blank=True, default="")
    last_on = models.DateField(null=True)
    last_at = models.DateTimeField(null=True)
    last_two_way_on = models.DateField(null=True)
    last_two_way_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    attempts_by_kind = models.JSONField(default=dict)
    first_attempt_on = models.DateField(null=True)
    # Written with every line, and searched by only when a step is deleted for good, which may look through the table.
    next_step = models.ForeignKey(Step, null=True, related_name="+", **_DERIVED)
    their_step = models.ForeignKey(Step, null=True, related_name="+", **_DERIVED)
    next_due_on = models.DateField(null=True)
    their_due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["prospect", "audience"], condition=Q(deal=None), name="standing_of_prospect"
            ),
            models.UniqueConstraint(fields=["deal", "audience"], condition=~Q(deal=None), name="standing_of_deal"),
        ]

    def silent_days(self, today):
        """Days since the last two-way activity, or since the first attempt if there was none; None for neither."""
        start = self.last_two_way_on or self.first_attempt_on
        return (today - start).days if start else None
