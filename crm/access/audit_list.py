"""The audit as a list: narrowed by who and what, in pages, and as a file."""

from django.core.paginator import Paginator

from . import audit
from .models import AuditEvent, User

SIZE = 50
HEADER = ("When", "Who", "Did", "What", "Times", "From")


class AuditList:
    """What `params` of the address ask for; an unknown action or person narrows nothing."""

    def __init__(self, params):
        lines = AuditEvent.objects.all()
        self.action = params.get("action", "") if params.get("action") in audit.ACTIONS else ""
        if self.action:
            lines = lines.filter(action=self.action)
        self.people = list(User.objects.order_by("-role", "name"))
        person = params.get("person", "")
        self.person = next((user for user in self.people if str(user.pk) == person), None)
        self.nobody = person == "nobody"
        if self.person or self.nobody:
            lines = lines.filter(user=self.person)
        self.lines = lines
        self.number = params.get("page")

    @property
    def actions(self):
        return audit.ACTIONS.items()

    def page(self):
        return Paginator(self.lines, SIZE).get_page(self.number)

    def rows(self):
        """The cells of HEADER, all pages."""
        for line in self.lines.iterator(chunk_size=500):
            yield (line.at, line.who, line.did, line.what, line.times, line.address)
