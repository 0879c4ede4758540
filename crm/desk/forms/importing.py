"""The forms of the import page: a file, and what its columns mean."""

import uuid
from pathlib import PurePath

from django import forms
from django.conf import settings

from crm.desk.importing import shapes
from crm.desk.importing.fields import EXTRA, FIELDS, IGNORE
from crm.desk.importing.mapping import Choices
from crm.web.forms import EntryForm

ENDINGS = (".csv", ".txt", ".tsv")


class ImportForm(EntryForm):
    """An upload: text only, and no larger than IMPORT_MAX_BYTES."""

    file = forms.FileField(
        label="CSV file",
        error_messages={"required": "Choose a file first.", "empty": "The file is empty."},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )

    def clean_uuid(self):
        return self.cleaned_data["uuid"] or uuid.uuid4()

    def clean_file(self):
        file = self.cleaned_data["file"]
        if PurePath(file.name).suffix.lower() not in ENDINGS:
            raise forms.ValidationError("Only text files ending in .csv, .tsv or .txt. Save the sheet as CSV first.")
        limit = settings.IMPORT_MAX_BYTES
        if file.size > limit:
            raise forms.ValidationError(f"The file is larger than {limit // 1024**2} MB. Import it in parts.")
        return file


def choices_from(data, plan):
    """The Choices that the page's form (a QueryDict) asks for. `plan` is what the form was drawn from.

    A field that the form does not know is left as it was; another answer to what the file is about
    starts the columns anew.
    """
    about = data.get("about")
    about = about if about in shapes.SHAPES else None
    anew = about is not None and about != plan.get("about")
    choices = Choices(about=about)
    for n, column in enumerate(plan.get("columns", ())):
        name, order = data.get(f"field-{n}"), data.get(f"order-{n}")
        if not anew and (name in FIELDS or name in (EXTRA, IGNORE)):
            choices.map[column["name"]] = name
        if order in ("mdy", "dmy"):
            choices.orders[column["name"]] = order
    for n, stage in enumerate(plan.get("stages", ())):
        place = data.get(f"stage-{n}")
        if place:
            choices.stages[stage["value"]] = place
    column, value = data.get("where_column", ""), data.get("where_value", "").strip()
    if column in plan.get("header", ()) and value:
        choices.where = [(column, value)]
    return choices
