"""Forms about contacts: the person, and any number of addresses and numbers."""

from django import forms
from django.forms import BaseFormSet, formset_factory

from accounts.models import Contact, Prospect
from accounts.picks import NamedRecordField
from crm.web.forms import VersionedMixin

MOST = 40


class ContactForm(VersionedMixin, forms.ModelForm):
    """`prospect` is typed by name; a name that is not one prospect's offers those it may be."""

    prospect = NamedRecordField(Prospect, label="Prospect")

    class Meta:
        model = Contact
        fields = ["name", "title", "prospect", "time_zone", "about"]
        labels = {"time_zone": "Time zone", "about": "In one line"}
        help_texts = {"time_zone": "Where they are, like Europe/Berlin: their local time is shown then."}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
            "title": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "time_zone": forms.TextInput(attrs={"list": "time-zones", "autocapitalize": "none"}),
        }

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_time_zone(self):
        return self.cleaned_data["time_zone"].strip()


class EmailRow(forms.Form):
    raw = forms.EmailField(
        max_length=254, label="E-mail", widget=forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none"})
    )
    label = forms.CharField(
        max_length=40, required=False, label="Kind", widget=forms.TextInput(attrs={"placeholder": "work"})
    )


class PhoneRow(forms.Form):
    raw = forms.CharField(
        max_length=60, label="Phone", widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    )
    label = forms.CharField(
        max_length=40, required=False, label="Kind", widget=forms.TextInput(attrs={"placeholder": "mobile"})
    )
    wrong = forms.BooleanField(required=False, label="Wrong number")

    def clean_raw(self):
        raw = self.cleaned_data["raw"].strip()
        if raw and not any(letter.isdigit() for letter in raw):
            raise forms.ValidationError("A phone number has digits.")
        return raw


class Rows(BaseFormSet):
    """A row whose address is empty is left out, so emptying one takes it away."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for form in self.forms:
            form.fields["raw"].required = False

    def clean_rows(self, *names):
        """The rows that were filled in, as lists of these fields' values."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("raw")]
        return [[row.get(name) or (False if name == "wrong" else "") for name in names] for row in rows]


Emails = formset_factory(EmailRow, formset=Rows, extra=0, max_num=MOST, absolute_max=MOST)
Phones = formset_factory(PhoneRow, formset=Rows, extra=0, max_num=MOST, absolute_max=MOST)


class ContactSheet:
    """The three parts of the form as one: `person`, `emails`, `phones`."""

    def __init__(self, data=None, *, instance=None, prospect=None):
        initial = {"prospect": prospect} if prospect else {}
        self.person = ContactForm(data, instance=instance, initial=initial)
        stored = instance is not None and instance.pk
        emails = instance._read_emails() if stored else []
        phones = instance._read_phones() if stored else []
        self.emails = Emails(
            data and _with_room(data, "emails"),
            prefix="emails",
            initial=[{"raw": raw, "label": label} for raw, label in emails] + [{}] * (data is None),
        )
        self.phones = Phones(
            data and _with_room(data, "phones"),
            prefix="phones",
            initial=[{"raw": raw, "label": label, "wrong": wrong} for raw, label, wrong in phones]
            + [{}] * (data is None),
        )

    def is_valid(self):
        return all([self.person.is_valid(), self.emails.is_valid(), self.phones.is_valid()])

    @property
    def related(self):
        """What `Contact.write` takes besides the record."""
        return {
            "emails": self.emails.clean_rows("raw", "label"),
            "phones": self.phones.clean_rows("raw", "label", "wrong"),
        }


def _with_room(data, prefix):
    """The posted rows, with one more where "Another" was pressed (`more` names the set)."""
    if data.get("more") != prefix:
        return data
    data = data.copy()
    try:
        count = min(int(data.get(f"{prefix}-TOTAL_FORMS", 0)), MOST - 1)
    except ValueError:
        count = 0
    data[f"{prefix}-TOTAL_FORMS"] = count + 1
    return data
