"""What the page of status sends: how far its reader has read."""

from datetime import UTC, datetime

from django import forms

from deals.models import DealChange


class SeenForm(forms.Form):
    """`until`: the instant the page was worked out; `change`: the last DealChange there was."""

    until = forms.CharField(max_length=40)
    change = forms.IntegerField(min_value=0, max_value=2**62)
    by_hand = forms.BooleanField(required=False)

    def clean_until(self):
        try:
            until = datetime.fromisoformat(self.cleaned_data["until"])
            return until.astimezone(UTC) if until.tzinfo else until.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            raise forms.ValidationError("No instant.") from None

    def clean_change(self):
        """Nobody has read what is not there yet."""
        last = DealChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        return min(self.cleaned_data["change"], last)
