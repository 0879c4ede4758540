"""All addresses of the URLconf, each with sample arguments, so that a test can go through every one."""

import re
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from inspect import unwrap
from pathlib import Path

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from crm.access.models import OneTimeLink
from crm.desk.models import DigestMail, Import, ShareLink
from crm.web import clock
from tests import make

ROOT = Path(__file__).resolve().parents[2]
APPS = ("desk", "deals", "accounts", "access", "web")


@dataclass(frozen=True)
class Route:
    """One line of a urls.py."""

    name: str
    pattern: str  # as written: "deals/<int:pk>/stage/"
    view: object
    parameters: tuple
    callback: object = None

    def says(self, mark, default=False):
        """What a decorator marked it with: its mark may be on the view or on what another decorator made of it."""
        return getattr(self.callback, mark, default)

    @property
    def app(self):
        """The floor that the view lives on, as templates/ and tests/ call it."""
        return app_of(self.view.__module__)

    def __str__(self):
        return f"{self.name or '(no name)'} (/{self.pattern})"


def app_of(module):
    parts = module.split(".")
    return parts[1] if parts[0] == "crm" and len(parts) > 1 else parts[0]


def walk():
    """Every route, in the URLconf's order."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns, prefix):
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            view = unwrap(entry.callback)
            yield Route(entry.name, route, view, tuple(entry.pattern.converters), entry.callback)
        else:
            yield from _walk(entry.url_patterns, route)


class World:
    """One of everything, and what stands for the arguments of an address.

    `by_place` is looked up by the words before the argument ("deals/<int:pk>/stage/" → "deals"),
    `by_name` by the route's name, for what that does not fit.
    """

    def __init__(self):
        self.seller = make.user("Sam Porter", "seller")
        self.manager = make.user("Morgan Vale", "manager")
        self.disabled = make.user("Drew Gone", "manager")
        self._records()
        self.by_place = {
            "prospects": {"pk": self.prospect.pk},
            "contacts": {"pk": self.contact.pk},
            "deals": {"pk": self.deal.pk},
            "stages": {"pk": self.deal.stage_id},
            "activities": {"pk": self.activity.pk},
            "steps": {"pk": self.step.pk},
            "imports": {"pk": self.upload.pk},
            "undo": {"uuid": self.entry.uuid},
            "entries": {"uuid": self.entry.uuid},
            "trash": {"kind": "prospect", "pk": self.thrown.pk},
            "people": {"pk": self.manager.pk},
            "invitations": {"pk": OneTimeLink.objects.get(purpose=OneTimeLink.INVITATION).pk},
            "invitation": {"token": self.invitation},
            "password": {"token": self.new_password},
            "digests": {"pk": self.digest.pk},
            "setup": {"token": "0" * 43},
            "shares": {"pk": self.share.pk},
            "s": {"token": self.token},
        }
        self.by_name = {
            "deal_field": {"pk": self.deal.pk, "field": "amount"},
            "deal_contact_edit": {"pk": self.deal.pk, "contact": self.contact.pk},
            "deal_contact_delete": {"pk": self.deal.pk, "contact": self.contact.pk},
        }

        # Where an address answers nothing without a question.
        self.queries = {"search_names": "?prospect=hal"}

    def _records(self):
        self.invitation = OneTimeLink.make(OneTimeLink.INVITATION, email="kim@callback.example", name="Kim Ode")
        self.new_password = OneTimeLink.make(OneTimeLink.PASSWORD, user=self.manager)
        today = date(2026, 3, 11)
        self.prospect = make.prospect("Halden Freight", website="halden.example", phone="+14155550100")
        self.other = make.prospect("Globex")
        self.contact = make.contact(self.prospect, emails=["dana@halden.example"], phones=["+1 415 555 0142"])
        self.deal = make.deal(self.prospect, amount=Decimal(45000), close_on=today + timedelta(days=20))
        self.activity = make.activity(self.prospect, contacts=[self.contact], deal=self.deal, text="called dana")
        make.activity(self.prospect, kind="note", text="seventh seal", private=True)
        self.step = make.step(self.prospect, "Send the price", today, deal=self.deal, contact=self.contact)
        make.step(self.prospect, "Seventh seal", today, private=True)
        self.upload = Import.objects.create(uuid=uuid.uuid4(), name="book.csv", author=self.seller)
        self.digest = DigestMail.objects.create(user=self.manager, due_on=today, state="sent")
        self.thrown = make.prospect("Thrown Away")
        share = {"uuid": uuid.uuid4(), "prospect": self.prospect, "author": self.seller, "days": 7}
        self.share, self.token = ShareLink.make(**share)
        # Opened just now, so that opening it again in the next hour is not counted.
        opened = clock.now() + timedelta(hours=1)
        ShareLink.objects.filter(pk=self.share.pk).update(last_opened_at=opened, open_count=1)
        with make.submission(author=self.seller) as entry:
            self.thrown.trash(entry)
        with make.submission(author=self.seller, kind="quicklog", text="halden moved to diagnosed") as self.entry:
            self.deal.move_to(make.stage("Diagnosed"), self.entry)
        with make.submission() as entry:
            self.deal.write(entry, people=[[self.contact.pk, "champion"]])

    def arguments(self, route):
        """What stands for the arguments of the route, by name; {} where nothing does."""
        return self.by_name.get(route.name) or self.by_place.get(route.pattern.split("<")[0].strip("/"), {})

    def url(self, route):
        """The route's address with sample arguments; raises AssertionError that says what to add."""
        question = self.queries.get(route.name, "")
        if not route.parameters:
            return reverse(route.name) + question
        kwargs = self.arguments(route)
        assert kwargs and set(route.parameters) <= set(kwargs), (
            f"{route} has no sample arguments: add some to by_place or by_name of World in tests/conventions/routes.py,"
            f" for {', '.join(route.parameters)}"
        )
        return reverse(route.name, kwargs={name: kwargs[name] for name in route.parameters}) + question


def urls(world, failures):
    """(route, address) of each route; those without sample arguments go to `failures`."""
    for route in walk():
        try:
            yield route, world.url(route)
        except AssertionError as error:
            failures.append(str(error).split("\n")[0])


def report(failures):
    """Fail with one line each."""
    assert not failures, "\n" + "\n".join(f"- {failure}" for failure in failures)


def templates():
    """{"desk/today.html": its text} of all templates."""
    folder = ROOT / "templates"
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*.html"))}


def fragments():
    """{"desk/_queue_row.html": "queue-row"} of all fragments."""
    return {name: hyphened(name) for name in templates() if Path(name).name.startswith("_")}


def hyphened(name):
    return Path(name).stem.lstrip("_").replace("_", "-")


def sources(*folders):
    """{"deals/board.py": its text} of our own code, without migrations."""
    found = {}
    for folder in folders or ("crm", "accounts", "deals"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                found[str(path.relative_to(ROOT))] = path.read_text()
    return found


def without_comments(text):
    return re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", text, flags=re.S)
