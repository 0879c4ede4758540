from django.db import models

from accounts.records import Record, RecordQuerySet, managers
from crm.web import clock


class DeferralQuerySet(RecordQuerySet):
    def current(self):
        """Those that still say something: put off until later, or skipped since the day began."""
        start = clock.day_bounds(clock.today())[0]
        return self.filter(
            models.Q(until_on__gte=clock.today()) | models.Q(skips__gt=0) | models.Q(skipped_at__gte=start)
        )


class Deferral(Record):
    """What became of an item of Today's queue: put off until a day, or skipped with Next!

    `key` names the item ("step-12", "quiet-7"). `until_on` and `until_time` are the seller's wall clock.
    `skips` counts presses of Next! since the item was last done, put off or talked about.
    """

    TRACKED = ("until_on", "until_time", "skips", "skipped_at")

    key = models.CharField(max_length=40, unique=True)
    until_on = models.DateField(null=True, blank=True)
    until_time = models.TimeField(null=True, blank=True)
    skips = models.PositiveSmallIntegerField(default=0)
    skipped_at = models.DateTimeField(null=True, blank=True)

    objects, everything = managers(DeferralQuerySet)

    def __str__(self):
        return self.key

    @classmethod
    def of(cls, key):
        """The item's deferral, made (unsaved) where there is none."""
        return cls.everything.filter(key=key).first() or cls(key=key)

    def waiting(self, wall):
        """Whether it is put off at that wall-clock time."""
        if self.until_on is None:
            return False
        if self.until_on != wall.date():
            return self.until_on > wall.date()
        return self.until_time is not None and self.until_time > wall.time()

    def skip(self, entry):
        """Not now: the item goes to the end of today's queue and comes back."""
        self.skips, self.skipped_at = self.skips + 1, clock.now()
        return self.write(entry)

    def put_off(self, entry, on, time=None):
        self.until_on, self.until_time, self.skips, self.skipped_at = on, time, 0, None
        return self.write(entry)

    def unmade(self, entry):
        self.delete()
