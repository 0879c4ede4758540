"""Two prospects that are one: everything of the duplicate moves to the one that stays."""

from accounts.models import Activity, Contact, Step
from deals.models import Deal

FILLED = ("source", "website", "phone", "address", "city", "country", "about")


def merge(duplicate, into, entry):
    """Move the duplicate's contacts, deals, activities and steps, fill what `into` left empty, trash the rest.

    All of it in `entry`, so that one Undo takes it apart again. Raises ChangedSince.
    """
    for model in (Contact, Deal, Activity, Step):
        for record in model.objects.filter(prospect=duplicate):
            record.prospect = into
            record.write(entry)
    for name in FILLED:
        if not getattr(into, name):
            setattr(into, name, getattr(duplicate, name))
    into.wrong_phone = into.wrong_phone or duplicate.wrong_phone  # kept only where it is about this number
    into.write(entry)
    duplicate.merged_into = into
    duplicate.write(entry)
    duplicate.trash(entry)
