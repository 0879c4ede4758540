"""Two tabs, one record: what the second one is shown.

A view whose form is `stale` (or whose write raised ChangedSince) answers

    return answer.conflict(request, "deals/deal_edit.html", {"form": again(form, theirs), "rows": rows(form, theirs)})

with `{% include "shared/_conflict.html" %}` above the form.
"""

from copy import copy
from datetime import date
from decimal import Decimal

from crm.web.templatetags.callback import day, money


def rows(form, theirs):
    """[(label, theirs, yours, differs)] of the visible fields; `theirs` is the record as it is stored now."""
    found = []
    for name, field in form.fields.items():
        if field.widget.is_hidden or not hasattr(theirs, name):
            continue
        stored, typed = words(getattr(theirs, name)), words(form.cleaned_data.get(name, form.data.get(name)))
        found.append((form[name].label, stored, typed, stored != typed))
    return found


def again(form, theirs):
    """The same form with all that was typed, now told of the stored version: saving again overwrites it."""
    data = form.data.copy()
    data[form.add_prefix("version")] = theirs.version
    # A copy: cleaning a form writes what was typed into its instance, and `rows` still has to show theirs.
    anew = type(form)(data, instance=copy(theirs), **getattr(form, "context", {}))
    anew.is_valid()
    return anew


def words(value):
    """A value as a person reads it."""

    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, date):
        return day(value)
    return "" if value is None else str(value)
