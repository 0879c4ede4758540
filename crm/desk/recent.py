"""Whom the seller is likely to talk about next: those dealt with lately, and those due today."""

from django.db.models import Max

from accounts.models import Contact
from crm.web import clock


def people(limit=8):
    """Contacts of the latest activities, newest first, with their numbers."""
    latest = (
        Contact.objects.filter(activities__trashed_at=None, activities__on__lte=clock.today())
        .annotate(touched=Max("activities__pk"))
        .order_by("-touched")
    )
    return latest.select_related("prospect").prefetch_related("phones")[:limit]
