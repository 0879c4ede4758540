"""A deal, whole or one field of it."""

from django import forms

from accounts.models import Contact, Prospect
from accounts.picks import NamedRecordField
from crm.web.forms import EntryForm, VersionedMixin
from deals.models import Deal, DealContact, Stage

from .fields import AmountField

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DealForm(VersionedMixin, forms.ModelForm):
    """`prospect` is typed by name; one that nobody knows is made when `new_prospect` says so."""

    prospect = NamedRecordField(Prospect, required=False, label="Prospect")
    new_prospect = forms.BooleanField(required=False, widget=forms.HiddenInput)
    amount = AmountField(required=False, help_text="Leave it empty while it is unknown.")

    class Meta:
        model = Deal
        fields = ["name", "prospect", "stage", "amount", "close_on", "source", "opened_on"]
        labels = {
            "name": "What they would buy",
            "close_on": "Expected close",
            "source": "Source",
            "opened_on": "Opened",
        }
        widgets = {"close_on": _DAY, "opened_on": _DAY}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        self.fields["stage"].queryset = Stage.objects.in_order()
        self.fields["stage"].empty_label = None
        if self.instance.pk:
            self.fields["opened_on"].required = False
        else:
            del self.fields["opened_on"]  # a new one is opened today
        self.make = ""  # the name of the prospect that is to be made along with the deal
        if self.instance.prospect_id:
            self.initial["prospect"] = self.instance.prospect

    def _clean_fields(self):
        super()._clean_fields()
        unknown = [
            error for error in self.errors.get("prospect", forms.utils.ErrorList()).as_data() if error.code == "unknown"
        ]
        if unknown and self.cleaned_data.get("new_prospect"):
            del self._errors["prospect"]
            self.make = unknown[0].params["text"]
            self.cleaned_data["prospect"] = None

    def clean_opened_on(self):
        return self.cleaned_data["opened_on"] or self.instance.opened_on

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("name"):
            prospect = cleaned.get("prospect")
            cleaned["name"] = prospect.name if prospect else self.make
            if not cleaned["name"] and "prospect" not in self.errors:
                self.add_error("name", "Say what they would buy, or who.")
        return cleaned


def field_form(name):
    """The form of one field of a deal, for editing it where it stands."""
    formfield = {"amount": {"amount": AmountField(required=False, label="Amount")}}.get(name, {})
    meta = type("Meta", (), {"model": Deal, "fields": [name], "widgets": {"close_on": _DAY}})
    form = type("FieldForm", (VersionedMixin, forms.ModelForm), {"Meta": meta, **formfield})
    if name == "stage":
        form.base_fields["stage"].queryset = Stage.objects.in_order()
        form.base_fields["stage"].empty_label = None
    return form


class DealContactForm(EntryForm):
    """Somebody's part in a deal."""

    contact = forms.ModelChoiceField(Contact.objects.none(), label="Who", empty_label=None)
    role = forms.ChoiceField(
        choices=[("", "no role yet"), *((role, role) for role in DealContact.ROLES)], required=False, label="Role"
    )

    def __init__(self, *args, people=None, **kwargs):
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["contact"]
        else:
            self.fields["contact"].queryset = people
