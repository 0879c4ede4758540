"""Making a link that shows one page."""

from django import forms

from accounts.models import Prospect
from crm.web.forms import EntryForm


class ShareForm(EntryForm):
    """The brief of `prospect`, the status page without one; for so many days."""

    DAYS = [("1", "A day"), ("7", "A week"), ("30", "30 days"), ("90", "90 days")]

    prospect = forms.ModelChoiceField(Prospect.objects.all(), required=False, widget=forms.HiddenInput)
    days = forms.ChoiceField(choices=DAYS, initial="7", label="It works for", widget=forms.RadioSelect)
