from datetime import timedelta

from django.conf import settings
from django.db import models, transaction

from crm.web import clock

# What was read on its own stays on the page for so long: a page that is loaded again must not lose it.
VISIT = timedelta(hours=1)


class StatusMark(models.Model):
    """Up to where somebody has read what changed, on the page of status. Each reader has their own.

    `seen_*` is how far they have read, `from_*` where the list of the present visit begins (null: they had never
    looked). `*_change` is the id of the last DealChange there was at that moment, as an import writes history
    that became known long ago; `*_at` is the instant.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    seen_change = models.BigIntegerField()
    from_at = models.DateTimeField(null=True)
    from_change = models.BigIntegerField(null=True)
    marked_at = models.DateTimeField()

    def __str__(self):
        return f"{self.user} {self.seen_at}"

    @property
    def visiting(self):
        """Whether what was read last is still shown."""
        return self.from_at != self.seen_at and clock.now() - self.marked_at < VISIT

    @property
    def start(self):
        """(instant, change) that the list begins after; (None, None) for a first look that is not over."""
        return (self.from_at, self.from_change) if self.visiting else (self.seen_at, self.seen_change)

    @classmethod
    def of(cls, user):
        """That reader's; None for nobody, and for whoever has read nothing yet."""
        return user and cls.objects.filter(user=user).first()

    @classmethod
    @transaction.atomic
    def put(cls, user, until, change, *, by_hand):
        """`user` has read all that there was at `until`, when `change` was the last one. Never goes back.

        By hand the list is empty from now on; otherwise it stays for the rest of the visit.
        """
        now = clock.now()
        until = min(until, now)
        first = {"seen_at": until, "seen_change": change, "marked_at": now}
        mark, new = cls.objects.select_for_update().get_or_create(user=user, defaults=first)
        if not new:
            mark.from_at, mark.from_change = mark.start
            mark.seen_at, mark.seen_change = max(mark.seen_at, until), max(mark.seen_change, change)
        if by_hand:
            mark.from_at, mark.from_change = mark.seen_at, mark.seen_change
        mark.marked_at = now
        mark.save()
        return mark
