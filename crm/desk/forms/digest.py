"""When somebody is mailed the digest."""

from django import forms

from crm.desk.models import DigestPlan
from crm.web import clock


class DigestPlanForm(forms.ModelForm):
    class Meta:
        model = DigestPlan
        fields = ["rhythm", "weekday", "at"]
        labels = {"rhythm": "Send it", "weekday": "On", "at": "At"}
        help_texts = {"weekday": "Counts only for once a week."}
        widgets = {"at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}

    def store(self):
        """Nothing that was due before now is sent after a change."""
        self.instance.since = clock.now()
        self.instance.save()
        return self.instance
