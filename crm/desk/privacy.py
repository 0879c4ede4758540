"""Marking what happened as private, or as seen by all again.

Private is the line, not the record alone: what the same line made goes along, and no word of it stays on a deal.
"""

from accounts.models import Activity, Step
from deals.models import Deal


def mark(activity, private, entry, **related):
    """Write the activity as private or not, noted on `entry`. Raises ChangedSince.

    The way back is for this record alone: what was kept private by itself does not come to light along with it.
    """
    activity.private = private
    changed = activity.write(entry, **related)
    if private:
        hide_line(activity, entry)
    return changed


def hide_line(activity, entry):
    """What else the line made that `activity` comes from becomes private too; deals it changed lose its words."""
    if activity.entry_id is None:
        return
    for model in (Activity, Step):
        for record in model.objects.public().filter(entry=activity.entry_id).exclude(pk=_own(activity, model)):
            record.private = True
            record.write(entry)
    touched = activity.entry.effects.filter(record_type=Deal._meta.label_lower).values("record_id")
    for deal in Deal.objects.filter(pk__in=touched).exclude(end_reason=""):
        if deal.end_reason in activity.entry.text:
            deal.end_reason = ""
            deal.write(entry)


def _own(activity, model):
    return activity.pk if model is Activity else None
