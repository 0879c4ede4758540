"""Stages as the seller sets them up."""

from django import forms

from accounts.models import Entry
from crm.web.forms import EntryForm, VersionedMixin
from deals.models import Stage


class StageForm(VersionedMixin, forms.ModelForm):
    milestones = forms.CharField(
        label="Milestones",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What the buyer must have done before a deal belongs here, one a line.",
    )

    class Meta:
        model = Stage
        fields = ["name", "chance", "rot_days", "colour"]
        help_texts = {"chance": "Weighs the totals of the board."}

    field_order = ["name", "milestones", "chance", "rot_days", "colour"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["milestones"] = "\n".join(self.instance._read_milestones())

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_milestones(self):
        lines = [" ".join(line.split()) for line in self.cleaned_data["milestones"].splitlines()]
        lines = [line for line in lines if line]
        if any(len(line) > 200 for line in lines):
            raise forms.ValidationError("Keep each milestone under 200 characters.")
        return lines

    def clean(self):
        data = super().clean()
        others = Stage.objects.exclude(pk=self.instance.pk).filter(name__iexact=data.get("name", ""))
        # Sent a second time, the other stage is the one that the first time made.
        if others.exists() and not Entry.objects.filter(uuid=data["uuid"]).exists():
            self.add_error("name", "Another stage is called that.")
        return data


class StageDeleteForm(EntryForm):
    """Where the stage's deals go; not asked for when it has none."""

    successor = forms.ModelChoiceField(Stage.objects.none(), label="Its deals go to", empty_label="Choose a stage")

    def __init__(self, stage, deals, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = Stage.objects.in_order().exclude(pk=stage.pk)
        if not deals:
            del self.fields["successor"]
