"""Forms of Today."""

from django import forms

from crm.desk import today
from crm.web.forms import EntryForm


class NextForm(EntryForm):
    """Names an item of the queue by its key."""

    key = forms.SlugField(max_length=40)

    def item(self, request):
        """The queue's item, or None when the form is invalid or the item is gone."""
        return today.find(request.installation, self.cleaned_data["key"]) if self.is_valid() else None


class NextDoneForm(NextForm):
    text = forms.CharField(required=False, max_length=10_000, label="What happened?")
    private = forms.BooleanField(required=False)


class NextLaterForm(NextForm):
    when = forms.CharField(max_length=10)
    on = forms.DateField(required=False)


class NextSkipForm(NextForm):
    pass
