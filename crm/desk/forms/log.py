"""The quick log's form."""

from django import forms

from crm.web.forms import EntryForm


class LogForm(EntryForm):
    """One line, and where it was typed. Chips are read by `filing.Choices`."""

    text = forms.CharField(
        max_length=10_000,
        strip=True,
        label="What happened?",
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "sentences"}),
        error_messages={
            "required": "There is nothing to log yet: type what happened.",
            "max_length": "That is over 10,000 characters; shorten it, or keep it as a file. Nothing was stored.",
        },
    )
    context = forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput)
    private = forms.BooleanField(required=False)

    def why(self):
        """The first error in words."""
        return next(iter(self.errors.values()))[0]
