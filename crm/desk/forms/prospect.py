"""Forms about prospects."""

from django import forms

from accounts.models import Prospect
from crm.web.forms import EntryForm, VersionedMixin


class ProspectForm(VersionedMixin, forms.ModelForm):
    """`number_is_right` is there only where a call said that it is not, to take that back."""

    number_is_right = forms.BooleanField(required=False, label="The number is right after all")

    class Meta:
        model = Prospect
        fields = ["name", "about", "source", "website", "phone", "address", "city", "country"]
        labels = {"about": "In one line"}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "organization", "autocapitalize": "words"}),
            "website": forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url", "autocapitalize": "none"}),
            "phone": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
            "address": forms.TextInput(attrs={"autocomplete": "street-address"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
            "country": forms.TextInput(attrs={"autocomplete": "country-name"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.phone_is_wrong:
            del self.fields["number_is_right"]

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("number_is_right"):
            self.instance.wrong_phone = ""
        return cleaned


class ParkForm(VersionedMixin, forms.ModelForm):
    class Meta:
        model = Prospect
        fields = ["parked_until"]
        labels = {"parked_until": "Leave in peace until"}
        widgets = {"parked_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {"parked_until": "Empty: it is not parked any more."}


class MergeForm(EntryForm):
    """Names the prospect that stays."""

    into = forms.ModelChoiceField(
        Prospect.objects.all(), error_messages={"required": "Choose the prospect that stays."}, widget=forms.HiddenInput
    )

    def __init__(self, *args, prospect, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Prospect.objects.exclude(pk=prospect.pk)
