"""Forms that know which version of a record they were filled in from."""

import uuid

from django import forms


class SubmissionField(forms.UUIDField):
    """The client-made UUID. A missing or malformed one gets a fresh one, as nobody can correct a hidden field
    (the submission is stored, but cannot be recognised if it is sent twice)."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def clean(self, value):
        try:
            return super().clean(value) or uuid.uuid4()
        except forms.ValidationError:
            return uuid.uuid4()


class EntryForm(forms.Form):
    """A form whose submission becomes one Entry: it carries the client-made UUID."""

    uuid = SubmissionField()


class VersionedMixin:
    """For ModelForms of a Record: `stale` says that the record changed after the form was drawn.

    Add `version = forms.IntegerField(widget=forms.HiddenInput, required=False)` through the mixin's
    metaclass-free helper: the field is added on init, filled from the instance.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=self.instance.version if self.instance.pk else None
        )
        self.fields["uuid"] = SubmissionField(initial=uuid.uuid4)
        self._version_now = self.instance.version

    def _post_clean(self):
        # The record to be written is the version the form was drawn from: `Record.write` refuses a lost update.
        super()._post_clean()
        posted = self.cleaned_data.get("version")
        if self.instance.pk and posted:
            self.instance.version = posted

    @property
    def stale(self):
        posted = self.cleaned_data.get("version") if hasattr(self, "cleaned_data") else None
        return bool(self.instance.pk) and posted is not None and posted != self._version_now
