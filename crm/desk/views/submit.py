"""What the views of this floor share about forms."""

import uuid


def sent_uuid(request):
    """The `uuid` of a form that has no other fields; a fresh one where it is missing or malformed."""
    try:
        return uuid.UUID(request.POST.get("uuid", ""))
    except ValueError:
        return uuid.uuid4()
