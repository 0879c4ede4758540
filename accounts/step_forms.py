"""Forms of steps: the full one, the one line under a plan, and putting off."""

from django import forms

from accounts import later
from accounts.models import Contact, Prospect, Step
from crm.web import clock
from crm.web.forms import EntryForm, VersionedMixin
from crm.web.text import fold

# The first word of what is to be done tells its kind, where none was chosen.
_KINDS = {
    "call": "call ring phone dial",
    "email": "email mail write reply",
    "meeting": "meet meeting visit demo lunch coffee",
    "message": "text message whatsapp ping",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}


def kind_of(what):
    """The kind of a step by its first word: "Call Dana back" is a call; a to-do where it tells nothing."""
    return _KIND_OF.get((fold(what).split() or [""])[0], Step.Kind.TODO)


class StepForm(VersionedMixin, forms.ModelForm):
    """A step. Where it belongs (prospect, deal) is set when it is made and stays."""

    prospect = forms.ModelChoiceField(Prospect.objects.all(), required=False, widget=forms.HiddenInput)
    deal = forms.ModelChoiceField(None, required=False, widget=forms.HiddenInput)

    class Meta:
        model = Step
        fields = ["what", "owner", "due_on", "due_time", "contact", "kind", "go_no_go", "private"]
        labels = {
            "what": "What",
            "owner": "Whose",
            "due_on": "Due",
            "due_time": "At",
            "contact": "With",
            "kind": "Kind",
        }
        widgets = {
            "owner": forms.RadioSelect,
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "due_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deal"].queryset = Step._meta.get_field("deal").related_model.objects.select_related("prospect")
        self.fields["kind"].required = self.fields["owner"].required = False
        self.fields["kind"].choices = [("", "as it says"), *Step.Kind.choices]
        if self.instance.pk:
            del self.fields["prospect"], self.fields["deal"]
        elif not self.is_bound:
            self.initial["kind"] = ""
        prospect = self.instance.prospect_id or self._named("prospect")
        self.fields["contact"].queryset = (
            Contact.objects.filter(prospect=prospect) if prospect else Contact.objects.none()
        )
        self.fields["contact"].empty_label = "nobody in particular"

    def _named(self, name):
        value = self.data.get(name) if self.is_bound else self.initial.get(name)
        return int(value) if str(value).isdecimal() and len(str(value)) < 19 else None

    def clean_kind(self):
        return self.cleaned_data["kind"] or kind_of(self.cleaned_data.get("what", ""))

    def clean_owner(self):
        return self.cleaned_data["owner"] or Step.Owner.ME

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("due_time") and not cleaned.get("due_on"):
            self.add_error("due_on", "A time needs its day.")
        if not self.instance.pk:
            deal = cleaned.get("deal")
            self.instance.deal = deal
            self.instance.prospect = deal.prospect if deal and deal.prospect_id else cleaned.get("prospect")
        return cleaned


class LaterForm(EntryForm):
    """When, then? A code of `accounts.later`, or "date" with a day of one's own."""

    when = forms.CharField(max_length=20)
    on = forms.DateField(required=False)
    time = forms.TimeField(required=False)

    def clean(self):
        cleaned = super().clean()
        code, on = cleaned.get("when"), cleaned.get("on")
        if code == "date" and on == clock.today():
            self.due = on, cleaned.get("time")
            return cleaned
        chosen = later.choose(code, on)
        if chosen is None:
            raise forms.ValidationError("Choose a day that is still to come.")
        day, at = chosen
        self.due = day, at or cleaned.get("time")
        return cleaned


class OrderForm(EntryForm):
    """One place up or down, or before another step (0: to the end)."""

    to = forms.ChoiceField(choices=[("up", "up"), ("down", "down")], required=False)
    before = forms.IntegerField(min_value=0, required=False)
