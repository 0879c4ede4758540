"""Moving a deal, ending it, opening it again."""

from django import forms

from crm.web import clock
from crm.web.forms import EntryForm, VersionedMixin
from deals.models import Deal, Stage


class StageForm(EntryForm):
    """`from_stage` is where the deal was when the move began; without it any place will do."""

    stage = forms.ModelChoiceField(Stage.objects.in_order())
    from_stage = forms.IntegerField(widget=forms.HiddenInput, required=False)


class OutcomeForm(VersionedMixin, forms.ModelForm):
    """How and when it ended, and why."""

    ENDS = [("won", "Won"), ("lost", "Lost"), ("walked", "Walked away")]

    class Meta:
        model = Deal
        fields = ["outcome", "ended_on", "end_reason"]
        widgets = {"ended_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    field_order = ["outcome", "ended_on", "end_reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"] = forms.ChoiceField(choices=self.ENDS, widget=forms.RadioSelect, label="How it ended")
        self.fields["ended_on"].required = True
        self.fields["ended_on"].label = "On"
        self.fields["end_reason"].label = "Why"
        self.fields["end_reason"].widget.attrs |= {"autocomplete": "off", "list": "end-reasons"}

    def clean_ended_on(self):
        on = self.cleaned_data["ended_on"]
        if on > clock.today():
            raise forms.ValidationError("That day is still to come.")
        return on


class ReopenForm(EntryForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
