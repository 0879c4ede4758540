"""Forms that know which version of a record they were filled in from."""

import uuid
from datetime import date

from django import forms

from . import clock


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


class NearDays:
    """For forms: a day of another age is a slip of the keyboard, and no time zone reaches it."""

    def _clean_fields(self):
        super()._clean_fields()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, date) and not clock.near(value):
                self.add_error(name, "That day is too far away: check the year.")


class EntryForm(NearDays, forms.Form):
    """A form whose submission becomes one Entry: it carries the client-made UUID."""

    uuid = SubmissionField()


class VersionedMixin(NearDays):
    """For ModelForms of a Record: carries the UUID, and the version the form was drawn from.

    `stale` says that the record changed meanwhile.
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
