"""What the views of this floor share about forms."""

import uuid
from functools import wraps

from django.core.exceptions import PermissionDenied


def sellers_only(view):
    """A form that only the seller can send is not shown to anybody else: 403."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.may_write:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def sent_uuid(request):
    """The `uuid` of a form that has no other fields; a fresh one where it is missing or malformed."""
    try:
        return uuid.UUID(request.POST.get("uuid", ""))
    except ValueError:
        return uuid.uuid4()
