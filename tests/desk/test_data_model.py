"""docs/data-model.md names every record and every field of it."""

import re
from pathlib import Path

from django.apps import apps

from accounts.records import Record

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data-model.md"
COMMON = {"id", *(field.name for field in Record._meta.fields)}


def rows():
    """{record: the text of its row}"""
    return dict(re.findall(r"^\| \*\*(\w+)\*\*([^\n]*)", PAGE.read_text(), re.M))


def test_every_record_and_field_is_named():
    told, missing = rows(), []
    for model in apps.get_models():
        if model._meta.app_label not in ("access", "accounts", "deals", "desk"):
            continue
        common = COMMON if issubclass(model, Record) else {"id"}
        names = {field.name for field in [*model._meta.fields, *model._meta.many_to_many]} - common
        said = set(re.findall(r"`(\w+)`", told.get(model.__name__, "")))
        missing += [f"{model.__name__}.{name}" for name in sorted(names - said)]
        missing += [f"{model.__name__}.{name} is gone" for name in sorted(said - names - common)]
    assert not missing


def test_no_record_is_named_that_is_gone():
    assert set(rows()) <= {model.__name__ for model in apps.get_models()}
