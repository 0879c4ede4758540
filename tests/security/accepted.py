"""A form that is taken, for each address that takes one: what else is tried of an address is tried with this.

What a page shows in its form is sent as it stands; `BODIES` says only what a person would type or press. An address
that takes POST and has no line here fails `test_accepted.py` by its name.
"""

import contextlib
import json
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Batch, Entry
from crm.access import second_factor
from crm.access.models import OneTimeLink, User
from crm.desk.models import DigestMail
from crm.web import clock
from deals.models import Deal
from tests import make
from tests.access import phones
from tests.conventions.routes import urls
from tests.conventions.test_safe_methods import signed_in
from tests.desk import imports

from .grammar import forms_on

NEW_PASSWORD = "a longer one entirely"
SHEET = "prospect,person\nKite & Co,Jo Park\n"


@dataclass(frozen=True)
class Body:
    """`type`: what is filled in or pressed. `page`: where the form stands, if not at its own address; None: no page
    shows it, or a script sends it. `first(world)` makes it possible, and returns the arguments of an address or a body
    that are not known before. `who`: seller, nobody (whoever holds the link), owing (gave a password, owes the code).
    `form`: whose form it is sent with, by another button."""

    type: dict = field(default_factory=dict)
    page: str | None = ""
    first: object = None
    who: str = "seller"
    form: str = ""
    json: bool = False


def _step_is_dropped(world):
    with make.submission() as entry:
        world.step.drop(entry)


def _deal_is_won(world):
    with make.submission() as entry:
        Deal.objects.get(pk=world.deal.pk).win(entry)


def _another_in_the_plan(world):
    make.step(world.prospect, "Sign it", "2026-03-20", deal=world.deal, contact=world.contact)


def _file_waits(world):
    return {"pk": imports.ready(world.seller, SHEET).pk}


def _file_is_in(world):
    return {"pk": imports.imported(world.seller, SHEET).pk}


def _a_colleague(world):
    return make.contact(world.prospect, "Lou Berg") and None


def _sample_is_here(world):
    make.prospect("Sample & Sons", batch=Batch.objects.create(kind=Batch.SAMPLE, label="sample"))


def _mail_failed(world):
    DigestMail.objects.filter(pk=world.digest.pk).update(state="failed")


def _no_seller_yet(world):
    User.objects.update(is_active=False)
    return {"token": OneTimeLink.make(OneTimeLink.SETUP)}


def _phone_begun(world):
    return {"code": phones.code(second_factor.begin(world.seller))}


def _phone(name):
    return lambda world: {name: phones.code(phones.switched_on(world.seller)[0])}


def _another_browser(world):
    signed_in(world.seller).get("/settings/")


def _line_was_logged(world):
    entry = uuid.uuid4()
    signed_in(world.seller).post("/log/", {"text": "called globex, no answer", "uuid": str(entry)})
    assert Entry.objects.filter(uuid=entry).exists()
    return {"uuid": entry}


def _item(world):
    now = clock.now().isoformat()
    fields = {"text": "called dana at halden, no answer", "context": "", "private": False, "choices": []}
    about = {"uuid": str(uuid.uuid4()), "seq": 1, "kind": "log", "zone": "UTC"}
    return {**about, "occurred_at": now, "sent_at": now, "fields": fields}


PASSWORDS = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
TOMORROW = {"when": "tomorrow"}

BODIES = {
    # The desk
    "next_done": Body({"text": "called, left a voicemail"}, "/?panel=done"),
    "next_later": Body(TOMORROW, "/?panel=later"),
    "next_skip": Body(page="/"),
    "log": Body({"text": "called globex, left a voicemail"}),
    "log_preview": Body({"text": "called globex, left a voicemail"}, None),
    "outbox_create": Body(page=None, json=True, first=_item),
    "entry_edit": Body(first=_line_was_logged),
    "prospect_create": Body({"name": "Initech"}),
    "prospect_edit": Body({"name": "Halden Freight Inc."}),
    "prospect_park": Body({"parked_until": "2099-01-01"}),
    "prospect_merge": Body({"into": "{other}"}, "/prospects/{pk}/merge/?q=globex"),
    "prospect_delete": Body(page="/prospects/{pk}/"),
    "call_create": Body({"outcome": "left_voicemail", "contact": "{contact}"}),
    "contact_create": Body({"name": "Jo Park", "prospect": "Globex"}),
    "contact_edit": Body({"title": "Owner"}),
    "contact_delete": Body(page="/contacts/{pk}/"),
    "activity_create": Body({"text": "Dana asked for the price", "prospect": "Halden Freight"}),
    "activity_edit": Body({"text": "Dana asked for the price"}),
    "activity_private": Body({"private": "1"}, "/prospects/{prospect}/"),
    "activity_delete": Body(page="/activities/{pk}/edit/"),
    "status_seen": Body({"by_hand": "1"}, "/status/"),
    "settings_digest": Body({"rhythm": "daily"}),
    "person_digest": Body({"rhythm": "daily"}),
    "digest_resend": Body(page="/people/{person}/digest/", first=_mail_failed),
    "share_create": Body({"days": "7", "prospect": "{prospect}"}, "/shares/create/?prospect={prospect}"),
    "share_delete": Body(page="/shares/"),
    "export_create": Body(),
    "backup_create": Body(page="/export/"),
    "sample_load": Body(page="/export/"),
    "sample_remove": Body(page="/export/", first=_sample_is_here),
    "import_create": Body({"file": SHEET}),
    "import_edit": Body({"about": "contacts"}, "/imports/{pk}/", _file_waits, form="import_run"),
    "import_run": Body(page="/imports/{pk}/", first=_file_waits),
    "import_undo": Body(page="/imports/{pk}/", first=_file_is_in),
    "import_delete": Body(page="/imports/{pk}/", first=_file_waits, form="import_run"),
    # Deals
    "deal_create": Body({"name": "Globex portal", "prospect": "Globex", "amount": "1200"}),
    "deal_edit": Body({"name": "Halden portal"}),
    "deal_field": Body({"amount": "46000"}),
    "deal_delete": Body(page="/deals/{pk}/"),
    "deal_stage": Body({"stage": "4"}),
    "deal_outcome": Body({"outcome": "lost", "end_reason": "too dear"}),
    "deal_reopen": Body(page="/deals/{pk}/", first=_deal_is_won),
    "deal_contact_create": Body({"contact": "2", "role": "decides"}, first=_a_colleague),
    "deal_contact_edit": Body({"role": "pays"}),
    "deal_contact_delete": Body(page="/deals/{pk}/contacts/{contact}/edit/"),
    "stage_create": Body({"name": "Pilot", "milestones": "They try it"}),
    "stage_edit": Body({"chance": "40"}),
    "stage_delete": Body({"successor": "1"}),
    "stage_order": Body({"to": "left"}, "/settings/stages/"),
    # Steps, entries, the trash
    "step_create": Body({"what": "Call Dana", "due_on": "2099-01-01"}),
    "step_reschedule_many": Body({**TOMORROW, "step": "{step}"}, "/?pick=1&all=overdue"),
    "step_edit": Body({"what": "Send the prices"}),
    "step_done": Body(page="/deals/{deal}/"),
    "step_drop": Body(page="/steps/{pk}/edit/"),
    "step_reopen": Body(page="/deals/{deal}/", first=_step_is_dropped),
    "step_reschedule": Body(TOMORROW),
    "step_order": Body({"to": "down"}, "/deals/{deal}/", _another_in_the_plan),
    "step_delete": Body(page="/steps/{pk}/edit/"),
    "entry_undo": Body(first=_line_was_logged),
    "trash_restore": Body(page="/trash/"),
    # Who may come in
    "login": Body({"username": "morgan@callback.example", "password": make.PASSWORD}, who="nobody"),
    "login_code": Body(first=_phone("code"), who="owing"),
    "logout": Body(page="/"),
    "setup": Body(
        {"name": "Alex First", "email": "alex@callback.example", "password": NEW_PASSWORD}, "", _no_seller_yet, "nobody"
    ),
    "password_edit": Body({"old_password": make.PASSWORD, **PASSWORDS}),
    "password_reset": Body(PASSWORDS, who="nobody"),
    "invitation_create": Body({"email": "gil@callback.example", "name": "Gil"}, "/settings/people/"),
    "invitation_delete": Body(page="/settings/people/"),
    "invitation_accept": Body({"name": "New Comer", "password": NEW_PASSWORD}, who="nobody"),
    "person_access": Body({"let": "out"}, "/settings/people/"),
    "person_password": Body(page="/settings/people/"),
    "settings_profile": Body({"name": "Sam P."}),
    "settings_cadence": Body({"quiet_days": "15"}),
    "settings_shortcuts": Body({"shortcuts": ""}),
    "settings_theme": Body({"theme": "dark"}, "/settings/"),
    "settings_sessions": Body(first=_another_browser),
    "settings_second_factor": Body(first=_phone_begun),
    "second_factor_create": Body(page="/settings/second-factor/"),
    "second_factor_delete": Body({"off-password": make.PASSWORD}, "/settings/second-factor/", _phone("off-code")),
    "recovery_code_create": Body({"new-password": make.PASSWORD}, "/settings/second-factor/", _phone("new-code")),
}  # fmt: skip


@dataclass
class Sent:
    """A form ready to go. `shown`: the fields that it has on its page, typed or not."""

    route: object
    url: str
    data: dict
    shown: set
    key: str  # of forms, as its page has it
    body: Body
    client: Client  # of whom it is for

    def post(self, client, more=None, *, url=None, data=None, **extra):
        """Send it, with `more` fields (that do not replace its own) or with other `data`."""
        data = {**(more or {}), **(self.data if data is None else data)}
        if self.body.json:
            # In the fields of the item as well, which are read apart from it.
            data["fields"] = {**(more or {}), **data["fields"]}
            return client.post(url or self.url, json.dumps(data, default=str), "application/json", **extra)
        if "file" in data:
            data["file"] = SimpleUploadedFile("book.csv", data["file"].encode())
        return client.post(url or self.url, data, **extra)


def takes_post(world):
    """The routes that answer POST with something else than 405."""
    client = signed_in(world.seller)
    session = client.cookies["session"].value
    for route, url in urls(world, []):
        with undone():
            taken = client.post(url).status_code != 405
        client.cookies["session"] = session
        if taken:
            yield route


@contextlib.contextmanager
def undone():
    """What happens inside is taken back, in the folder of files as well."""
    before = _files()
    with transaction.atomic():
        point = transaction.savepoint()
        yield
        transaction.savepoint_rollback(point)
    for path in _files().keys() - before.keys():
        path.unlink()
    for path in before.keys() - _files().keys():
        path.write_bytes(before[path])


def _files():
    return {path: path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def browser(world, who, **how):
    """Of whom the form is for."""
    if who == "seller":
        return signed_in(world.seller, **how)
    client = Client(raise_request_exception=False, **how)
    if who == "owing":
        client.handler.enforce_csrf_checks = False  # how one comes to owe it is tried elsewhere
        client.post("/login/", {"username": world.seller.email, "password": make.PASSWORD})
        client.handler.enforce_csrf_checks = how.get("enforce_csrf_checks", False)
    return client


def ready(world, route, **how):
    """The form of that route, filled in, and the browser it is filled in with; raises AssertionError where no page
    shows it."""
    body = BODIES[route.name]
    known = {"prospect": world.prospect.pk, "other": world.other.pk, "contact": world.contact.pk, "deal": world.deal.pk}
    known |= {"step": world.step.pk, "person": world.manager.pk, **world.arguments(route)}
    given = (body.first and body.first(world)) or {}
    known |= given
    client = browser(world, body.who, **how)
    url = reverse(route.name, kwargs={name: known[name] for name in route.parameters})
    typed = {name: value.format(**known) for name, value in body.type.items()}
    typed |= {name: value for name, value in given.items() if name not in route.parameters}
    if body.page is None:
        return Sent(route, url, typed, set(typed), client.get("/outbox/").json()["token"], body, client)
    page = body.page.format(**known) or url
    to = reverse(body.form, kwargs={"pk": known["pk"]}) if body.form else url
    shown = client.get(page)
    forms = [form for form in forms_on(shown.content.decode(), page) if urlsplit(form.action).path == to]
    assert forms, f"{page} ({shown.status_code}) has no form for {route}"
    form = max(forms, key=lambda form: len(form.names() & set(typed)))
    data = dict(form.data)
    key = data.pop("csrfmiddlewaretoken", "")
    return Sent(route, url, data | typed, form.names(), key, body, client)
