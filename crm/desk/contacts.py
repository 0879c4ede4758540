"""The list of contacts, and one of them."""

import django_filters as filters
from django import forms
from django.db.models import Exists, F, OuterRef

from accounts.models import Contact, EmailAddress, PhoneNumber, Prospect
from crm.desk import prospect_page
from crm.web import textindex

PAGE = 25
SORTS = {
    "name": ("folded",),
    "title": ("title", "folded"),
    "prospect": ("prospect__folded", "folded"),
}


# What a row or a line of the CSV shows: times and JSON of whole records cost more than finding them.
_FIELDS = ("name", "title", "time_zone", "about", "prospect__name")


class ContactFilter(filters.FilterSet):
    q = filters.CharFilter(method="by_text", label="Text", widget=forms.TextInput(attrs={"type": "search"}))
    phone = filters.ChoiceFilter(
        choices=[("some", "a number"), ("none", "no number")], method="by_phone", label="Phone"
    )
    email = filters.ChoiceFilter(
        choices=[("some", "an address"), ("none", "no address")], method="by_email", label="E-mail"
    )

    prospect = filters.ModelChoiceFilter(queryset=Prospect.objects.all(), label="Prospect", widget=forms.HiddenInput)

    class Meta:
        model = Contact
        fields = []

    @property
    def narrowed(self):
        return any(self.data.get(name) for name in self.filters)

    @property
    def chosen(self):
        """How many filters are set besides the text and the prospect."""
        return sum(bool(self.data.get(name)) for name in ("phone", "email"))

    def by_text(self, queryset, name, value):
        return queryset.filter(pk__in=[pk for _, pk in textindex.find(value, kinds=("contact",), limit=20_000)])

    def by_phone(self, queryset, name, value):
        has = Exists(PhoneNumber.objects.filter(contact=OuterRef("pk"), wrong=False))
        return queryset.filter(has if value == "some" else ~has)

    def by_email(self, queryset, name, value):
        has = Exists(EmailAddress.objects.filter(contact=OuterRef("pk")))
        return queryset.filter(has if value == "some" else ~has)


def listed(data):
    """(filter, ordered queryset with prospects and addresses): what the query string asks for."""
    chosen = ContactFilter(data, queryset=Contact.objects.select_related("prospect").with_addresses().only(*_FIELDS))
    sort = data.get("sort") or "name"
    order = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    if sort.startswith("-"):
        order = tuple(F(name).desc() for name in order)
    return chosen, chosen.qs.order_by(*order, "pk")


def with_keys(rows):
    """The same contacts, each with `key`: all that its row shows."""
    rows = list(rows)
    for row in rows:
        phones = tuple((phone.raw, phone.e164, phone.wrong) for phone in row.phones.all())
        mails = tuple(mail.raw for mail in row.emails.all())
        row.key = (row.pk, row.name, row.title, row.prospect_id, row.prospect.name, phones, mails)
    return rows


def about(contact, user):
    """What the page of one person shows, but for the timeline."""
    prospect_page.with_local_time(contact)
    roles = contact.deal_roles.filter(deal__trashed_at=None).select_related("deal__stage").order_by("-deal__pk")
    return {
        "contact": contact,
        "person": contact,
        "log_context": f"contact-{contact.pk}",
        "prospect": contact.prospect,
        "roles": list(roles),
        "steps": list(contact.steps.open().visible_to(user).by_due().select_related("contact", "deal", "prospect")),
        "to_call": next((phone for phone in contact.phones.all() if not phone.wrong), None),
    }


CSV_HEADER = (
    "Name", "Title", "Prospect", "E-mail", "Other e-mails", "Phone", "Other phones", "Wrong numbers", "Time zone",
    "In one line",
)  # fmt: skip


def csv_rows(rows):
    """One tuple of CSV_HEADER a contact; several addresses in one cell are parted by "; "."""
    for row in rows.iterator(chunk_size=500):
        mails = [mail.raw for mail in row.emails.all()]
        right = [phone.raw for phone in row.phones.all() if not phone.wrong]
        wrong = [phone.raw for phone in row.phones.all() if phone.wrong]
        yield (
            row.name, row.title, row.prospect.name, *_first(mails), *_first(right), "; ".join(wrong), row.time_zone,
            row.about,
        )  # fmt: skip


def _first(values):
    return (values[0] if values else "", "; ".join(values[1:]))
