"""What a view may say about itself, and the one function that fetches a record for somebody."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404

from . import audit

_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


def touches_no_sales_record(view):
    """Mark a view whose POST changes no sales record (logout, own password): WriteGuard lets it by."""
    view.touches_no_sales_record = True
    return view


def refuse(request):
    """403, and a line of the audit for who is signed in: no page leads them to what they may not do.

    Of a stranger nothing is written: whoever likes could make this wait for the database.
    """
    if request.user.is_authenticated:
        # Methods are invented for nothing, and each would be a line of its own.
        method = request.method if request.method in _METHODS else "other"
        audit.count(request, "refused", f"{request.resolver_match.url_name.replace('_', ' ')} ({method})")
    raise PermissionDenied


def sellers_only(view):
    """A page that is nothing but a form which the seller alone can send is 403 for anybody else."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.may_write:
            refuse(request)
        return view(request, *args, **kwargs)

    return guarded


def takes_files(view):
    """Mark a view to which the seller may upload a file: up to IMPORT_MAX_BYTES, instead of a form's size."""
    view.takes_files = True
    return view


def fetch(request, records, pk=None, **key):
    """The record with that id (or that other unique `key`) that this user may see, out of a model or a queryset.

    Private ones do not exist for anybody but the seller. Raises Http404 (never 403: a stranger learns
    nothing about which ids exist).
    """
    queryset = getattr(records, "objects", records)
    queryset = getattr(queryset, "all", lambda: queryset)()
    if hasattr(queryset, "visible_to"):
        queryset = queryset.visible_to(request.user)
    try:
        return queryset.get(**(key or {"pk": pk}))
    except (queryset.model.DoesNotExist, OverflowError):
        raise Http404 from None
