from django.db import models

from accounts.numbers import same
from accounts.records import Record, RecordQuerySet, managers
from crm.web.text import fold


class ProspectQuerySet(RecordQuerySet):
    def parked(self, today):
        return self.filter(parked_until__gt=today)

    def awake(self, today):
        """Not parked on that day."""
        return self.exclude(parked_until__gt=today)


class Prospect(Record):
    """A company, or a person without one, that is being sold to; stays a Prospect after it buys."""

    TRACKED = (
        "name",
        "source",
        "website",
        "phone",
        "wrong_phone",
        "address",
        "city",
        "country",
        "about",
        "parked_until",
        "merged_into",
    )
    NAMED = ("name", "merged_into")
    SEARCHED = ("name", "about", "city", "source", "website")
    CASCADE = ("contacts", "activities", "steps", "deals")

    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False, db_index=True)
    source = models.CharField(max_length=100, blank=True, help_text="Where it came from: referral, fair, website.")
    website = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    wrong_phone = models.CharField(max_length=60, blank=True, editable=False)
    address = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=100, blank=True)
    about = models.CharField(max_length=300, blank=True, help_text="One line: what they do, how large they are.")
    parked_until = models.DateField(null=True, blank=True, help_text="Left in peace until that day.")
    merged_into = models.ForeignKey("self", null=True, blank=True, editable=False, on_delete=models.SET_NULL)

    objects, everything = managers(ProspectQuerySet)

    class Meta(Record.Meta):
        ordering = ["folded", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/prospects/{self.pk}/"

    def prepare(self):
        self.folded = fold(self.name)[:200]
        if not self.phone_is_wrong:
            self.wrong_phone = ""  # another number by now

    @property
    def phone_is_wrong(self):
        """A call said so of the number as it is now; the same number written otherwise is as wrong."""
        return same(self.wrong_phone, self.phone)

    def number_is_wrong(self, entry, number):
        """Mark the number that was dialled. False where it is not this prospect's own, or marked."""
        if not same(number, self.phone):
            return False
        self.wrong_phone = self.phone
        return self.write(entry)

    def written(self, entry, before, *, undoing=False):
        if before and "name" in before:
            for record in [*self.contacts.all(), *self.deals.all()]:
                entry.touch(record)  # they are found by their prospect's name as well

    def document(self):
        return False, self.name, " ".join([self.about, self.city, self.source, self.website])

    def standings(self):
        return [self.pk], ()
