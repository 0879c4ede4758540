"""The plain form of a call: how it went, what is next, a line."""

from django import forms

from crm.desk import outcomes
from crm.web import clock
from crm.web.forms import EntryForm


class CallForm(EntryForm):
    """`when`: the usual day of the outcome, one of `outcomes.WHEN`, `date` (then `on`), or none."""

    contact = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    who = forms.IntegerField(required=False, min_value=1)
    prospect = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    deal = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    number = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    ago = forms.FloatField(required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        choices=[(outcome.code, outcome.label) for outcome in outcomes.OUTCOMES],
        error_messages={"required": "How did it go? Choose one of the six."},
    )
    when = forms.ChoiceField(
        choices=[("usual", "As usual"), *outcomes.WHEN, ("date", "Pick"), ("none", "None")], required=False
    )
    on = forms.DateField(required=False)
    text = forms.CharField(required=False, max_length=10_000)

    def clean(self):
        data = super().clean()
        if data.get("when") == "date" and not data.get("on") and "on" not in self.errors:
            self.add_error("on", "Which day?")
        data["contact"] = data.get("contact") or data.get("who")
        if not any(data.get(name) for name in ("contact", "prospect", "deal", "number", "text")):
            self.add_error(None, "With whom? Choose somebody, or write who it was.")
        return data

    def fields_for(self, name):
        """What `outcomes.record` takes; `name`: whom the next step is with."""
        data = self.cleaned_data
        kept = {key: data[key] for key in ("contact", "prospect", "deal", "number", "ago", "outcome", "text")}
        return kept | {"next": self._next(outcomes.BY_CODE[data["outcome"]], name)}

    def _next(self, outcome, name):
        when, today = self.cleaned_data["when"] or "usual", clock.today()
        if when == "none":
            return None
        step = outcomes.usual_step(outcome, name, today)
        if when == "usual":
            return step
        on = self.cleaned_data["on"] if when == "date" else outcomes.days(today)[when]
        return step | {"due_on": on.isoformat(), "usual": False}
