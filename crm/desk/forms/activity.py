"""The full form of an activity, for those who do not want the line; and re-filing."""

from django import forms

from accounts.models import Activity, Contact, Prospect
from accounts.picks import NamedRecordField
from crm.web import clock
from crm.web.forms import VersionedMixin
from deals.models import Deal

_BY_KIND = [
    ("", "–"),
    *(
        (kind.title(), [(outcome, Activity.Outcome(outcome).label) for outcome in outcomes])
        for kind, outcomes in Activity.OUTCOMES.items()
        if outcomes
    ),
]


class ActivityForm(VersionedMixin, forms.ModelForm):
    """`prospect` is typed by name; deal and people are offered from the prospect it is filed under.

    What does not belong to that prospect is left out rather than refused: nobody is linked at another company.
    """

    time = forms.TimeField(
        required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), help_text="Empty: only the day."
    )
    prospect = NamedRecordField(Prospect, required=False, label="Prospect")
    deal = forms.ModelChoiceField(Deal.objects.none(), required=False, empty_label="no deal")
    contacts = forms.ModelMultipleChoiceField(
        Contact.objects.none(), required=False, label="With", widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Activity
        fields = ["kind", "direction", "outcome", "on", "minutes", "subject", "text", "private"]
        labels = {"on": "Day", "kind": "What", "direction": "Who began", "text": "In your words"}
        widgets = {
            "on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "text": forms.Textarea(attrs={"rows": 3}),
            "minutes": forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": 1440}),
        }

    def __init__(self, data=None, *, instance=None, initial=None):
        initial = dict(initial or {})
        stored = instance is not None and instance.pk is not None
        if stored:
            initial |= {"prospect": instance.prospect, "deal": instance.deal_id}
            initial["contacts"] = list(instance.contacts.values_list("pk", flat=True))
            initial["time"] = clock.wall(instance.at).time() if instance.at else None
        super().__init__(data, instance=instance, initial=initial)
        self.filed = self._filed(data, initial.get("prospect"))
        self.fields["outcome"].choices = _BY_KIND
        self.fields["direction"].choices = [("", "–"), ("out", "you"), ("in", "them")]
        if self.filed is not None:
            self.fields["deal"].queryset = Deal.objects.filter(prospect=self.filed)
            self.fields["contacts"].queryset = Contact.objects.filter(prospect=self.filed)
        if data is not None:
            self.data = self._belonging(data)

    def _filed(self, data, initial):
        """The prospect whose people and deals are offered: the one named, as far as it can be told."""
        if data is None:
            return initial
        try:
            return self.fields["prospect"].clean(data.get("prospect", ""))
        except forms.ValidationError:
            return None

    def _belonging(self, data):
        data = data.copy()
        people = {str(pk) for pk in self.fields["contacts"].queryset.values_list("pk", flat=True)}
        data.setlist("contacts", [pk for pk in data.getlist("contacts") if pk in people])
        deal = data.get("deal", "")
        if not (deal.isdecimal() and self.fields["deal"].queryset.filter(pk=deal[:18]).exists()):
            data["deal"] = ""
        return data

    def clean(self):
        cleaned = super().clean()
        kind, outcome = cleaned.get("kind"), cleaned.get("outcome")
        if outcome and outcome not in Activity.OUTCOMES.get(kind, []):
            self.add_error("outcome", f"A {kind} does not end that way.")
        if kind in ("meeting", "note"):
            cleaned["direction"] = ""
        elif kind and not cleaned.get("direction"):
            cleaned["direction"] = "in" if outcome == "auto_reply" else "out"
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        row, cleaned = self.instance, self.cleaned_data
        row.direction = cleaned.get("direction", "")
        if "prospect" in cleaned and "deal" in cleaned:
            row.prospect, row.deal = cleaned["prospect"], cleaned["deal"]
        if cleaned.get("on"):
            row.at = self._at(cleaned["on"], cleaned.get("time"))

    def _at(self, on, time):
        """The instant; the one on record, to the second, where the minute was not changed."""
        if time is None:
            return None
        stored = Activity.everything.filter(pk=self.instance.pk).values_list("at", flat=True).first()
        at = clock.instant(on, time)
        same = stored is not None and clock.wall(stored) == clock.wall(at)
        return stored if same else at

    @property
    def people(self):
        """The ids of the contacts it is to be linked with; those in the trash stay where the prospect does."""
        chosen = {contact.pk for contact in self.cleaned_data["contacts"]}
        if self.instance.pk and self.filed is not None:
            gone = Contact.everything.filter(activities=self.instance.pk, prospect=self.filed).exclude(trashed_at=None)
            chosen |= set(gone.values_list("pk", flat=True))
        return sorted(chosen)
