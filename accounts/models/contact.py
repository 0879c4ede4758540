from django.db import models

from accounts.numbers import dialled, e164
from accounts.records import Record, RecordQuerySet, managers
from crm.access.models import validate_zone
from crm.web.text import fold

from .prospect import Prospect


class ContactQuerySet(RecordQuerySet):
    def with_addresses(self):
        return self.prefetch_related("emails", "phones")


class Contact(Record):
    """A person at a prospect; has any number of e-mail addresses and phone numbers."""

    TRACKED = ("prospect", "name", "title", "time_zone", "about")
    RELATED = ("emails", "phones")
    NAMED = ("prospect", "name", "emails")
    SEARCHED = ("prospect", "name", "title", "about", "emails", "phones")

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False, db_index=True)
    title = models.CharField(max_length=150, blank=True)
    time_zone = models.CharField(max_length=64, blank=True, validators=[validate_zone])
    about = models.CharField(max_length=300, blank=True)

    objects, everything = managers(ContactQuerySet)

    class Meta(Record.Meta):
        ordering = ["folded", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/contacts/{self.pk}/"

    @property
    def first_name(self):
        return self.name.split(" ")[0]

    def prepare(self):
        self.folded = fold(self.name)[:200]

    def document(self):
        body = [self.title, self.about, self.prospect.name]
        body += [e.raw for e in self.emails.all()] + [p.raw for p in self.phones.all()]
        body += [p.e164 for p in self.phones.all()]
        return False, self.name, " ".join(body)

    def number_is_wrong(self, entry, number):
        """Mark the number that was dialled: nobody is reached on it. False where it is none of theirs, or marked."""
        phones = self._read_phones()
        number = dialled(number)
        marked = [[raw, label, wrong or (bool(number) and dialled(raw) == number)] for raw, label, wrong in phones]
        return marked != phones and self.write(entry, phones=marked)

    def standings(self):
        """Those whose reason in words may name this person."""
        pairs = self.activities.order_by().values_list("prospect_id", "deal_id")
        pairs = list(pairs.union(self.steps.order_by().values_list("prospect_id", "deal_id")))
        return {prospect for prospect, _ in pairs if prospect}, {deal for _, deal in pairs if deal}

    def _read_emails(self):
        return [[e.raw, e.label] for e in self.emails.all()]

    def _write_emails(self, pairs, new=False):
        if not new:
            self.emails.all().delete()
        EmailAddress.objects.bulk_create(
            EmailAddress.of(self, raw, label, n) for n, (raw, label) in enumerate(pairs) if raw.strip()
        )

    def _read_phones(self):
        # As they were given: shown, a wrong one stands behind the others, and what was written would not be read again.
        phones = sorted(self.phones.all(), key=lambda phone: (phone.position, phone.pk))
        return [[p.raw, p.label, p.wrong] for p in phones]

    def _write_phones(self, triples, new=False):
        if not new:
            self.phones.all().delete()
        PhoneNumber.objects.bulk_create(
            PhoneNumber.of(self, raw, label, n, wrong) for n, (raw, label, wrong) in enumerate(triples) if raw.strip()
        )


class EmailAddress(models.Model):
    """An address as typed, and folded for matching; people share them, so they are not unique."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="emails")
    raw = models.CharField(max_length=254)
    folded = models.CharField(max_length=254, db_index=True)
    label = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.raw

    @classmethod
    def of(cls, contact, raw, label="", position=0):
        raw = raw.strip()[:254]
        return cls(contact=contact, raw=raw, folded=raw.casefold(), label=label[:40], position=position)


class PhoneNumber(models.Model):
    """A number as typed, and in E.164 where it is valid (else ""); `wrong` once a call said so."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="phones")
    raw = models.CharField(max_length=60)
    e164 = models.CharField(max_length=20, blank=True, db_index=True)
    label = models.CharField(max_length=40, blank=True)
    wrong = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["wrong", "position", "pk"]

    def __str__(self):
        return self.raw

    @classmethod
    def of(cls, contact, raw, label="", position=0, wrong=False):
        raw = raw.strip()[:60]
        return cls(contact=contact, raw=raw, e164=e164(raw), label=label[:40], position=position, wrong=wrong)

    @property
    def href(self):
        """The tel: address, from the number as typed where it is not a valid one."""
        return "tel:" + (self.e164 or "".join(c for c in self.raw if c.isdigit() or c in "+*#"))
