"""Links for the tests of sharing."""

import uuid

from crm.desk.models import ShareLink


def make_link(author, prospect=None, days=7):
    """(link, address) of a prospect's brief, or of the status page."""
    link, token = ShareLink.make(uuid=uuid.uuid4(), prospect=prospect, author=author, days=days)
    return link, f"/s/{token}/"
