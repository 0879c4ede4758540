"""Choosing one record out of thousands: its name is typed, suggestions help, and it works without scripts."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from crm.web import textindex
from crm.web.text import fold

OFFERED = 8


def candidates(model, text, limit=OFFERED):
    """Live records of the model that a typed name may mean: those of exactly that name, else what search finds."""
    folded = fold(text)
    if not folded:
        return []
    exact = list(model.objects.filter(folded=folded)[:limit])
    if exact:
        return exact
    keys = [pk for _, pk in textindex.find(text, kinds=(model._meta.model_name,), limit=limit)]
    found = model.objects.in_bulk(keys)
    return [found[pk] for pk in keys if pk in found]


def value_of(record):
    """How a record is written in the field: "Halden Freight (12)", so that two of one name stay apart."""
    return f"{record} ({record.pk})"


class NamedRecordField(forms.CharField):
    """A record, by its name. Cleans to the record (None when empty and not required).

    "Name (12)" is the record with that id where the name is still its name. A name of exactly one record is that
    record; otherwise the error carries what it may be in `params["candidates"]`.
    """

    def __init__(self, model, **kwargs):
        self.model = model
        noun = model._meta.model_name
        kwargs.setdefault("max_length", 230)
        attrs = {
            "list": f"search-names-{noun}",
            "autocomplete": "off",
            "hx-get": reverse_lazy("search_names"),
            "hx-trigger": "input changed delay:120ms",
            "hx-target": f"#search-names-{noun}",
        }
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        if isinstance(value, self.model):
            return value_of(value)
        if isinstance(value, int):
            record = self.model.objects.filter(pk=value).first()
            return value_of(record) if record else ""
        return value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        name, _, key = text.rpartition(" (")
        if name and key.endswith(")") and key[:-1].isdecimal() and len(key) < 19:
            record = self.model.objects.filter(pk=int(key[:-1]), folded=fold(name)[:200]).first()
            if record:
                return record
        found = candidates(self.model, text)
        if len(found) == 1 and found[0].folded == fold(text):
            return found[0]
        noun = self.model._meta.model_name
        if not found:
            words = {"candidates": [], "text": text}
            raise ValidationError(f"No {noun} is called “%(text)s”.", code="unknown", params=words)
        which = "Several are called that" if found[0].folded == fold(text) else f"No {noun} is called exactly that"
        raise ValidationError(f"{which}. Which one?", code="ambiguous", params={"candidates": found})

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != data


def offered(form, name):
    """The candidates that the error of a field carries; [] without one."""
    errors = form.errors.get(name)
    for error in errors.as_data() if errors else []:
        if error.params and "candidates" in error.params:
            return [(value_of(record), record) for record in error.params["candidates"]]
    return []
