"""What a seller's device keeps to be read without a connection, and the files its shell is made of.

docs/offline.md says where it lies there, for how long, and what wipes it.
"""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.urls import reverse

from accounts.models import Prospect, Standing
from crm.desk import brief, recent, today
from crm.desk.quicklog import at_once
from crm.web import clock
from crm.web.assets import addresses
from crm.web.formats import clock as clock_words
from crm.web.formats import day, money, tel
from crm.web.storage import squeezed_script

MOST_ITEMS, MOST_PEOPLE, MOST_PROSPECTS = 60, 40, 40
GROUPS = dict(today.GROUPS)
# What the shell is drawn from, besides its files.
_TEMPLATES = (
    *("desk/offline_shell.html", "desk/_call_sheet.html", "desk/_call_form.html", "desk/_calls_waiting.html"),
    *("shared/_outbox.html", "shared/_toasts.html", "shared/_toast.html"),
)


def reading(installation):
    """Today's queue, recent people and the briefs of whom these are about, as plain values in the seller's words.

    Days are written out, since "tomorrow" is not the same day when it is read.
    """
    items = today.give_people(today.queue(installation)[:MOST_ITEMS])
    people = recent.people(MOST_PEOPLE)
    ids = list(dict.fromkeys(pk for one in (*items, *people) if (pk := one.prospect_id)))[:MOST_PROSPECTS]
    found = Prospect.objects.in_bulk(ids)
    prospects = [found[pk] for pk in ids if pk in found]
    told = brief.briefs(prospects, audience=Standing.Audience.SELLER, today=clock.today(), installation=installation)
    return {
        "queue": [_item(item) for item in items],
        "people": _people(people, items),
        "briefs": [_brief(one) for one in told],
        "words": at_once.words(),
    }


def _item(item):
    contact = item.contact
    due = ", ".join(part for part in (day(item.due_on) if item.due_on else "", clock_words(item.due_time)) if part)
    return {
        "group": GROUPS[item.group],
        "title": item.title,
        "what": item.what[:1].upper() + item.what[1:],
        "name": ", ".join(who for who in (item.contact_name, item.prospect_name) if who),
        "who": ", ".join(who for who in (item.contact_name, item.prospect_name) if who and who not in item.title),
        "due": due,
        "due_on": item.due_on.isoformat() if item.due_on else None,
        "amount": str(money(item.amount)) if item.amount is not None else "",
        "phone": str(contact.phone) if contact and contact.phone else "",
        "tel": contact.phone.href if contact and contact.phone else "",
        "contact": contact.pk if contact else None,
        "prospect": item.prospect_id,
        "deal": item.deal_id,
        # Theirs are not ticked off by the way.
        "step": item.step_id if item.owner == "me" else None,
    }


def _people(recent, items):
    """Those dealt with lately, then those something is due with, each once."""
    found = {}
    for contact in recent:
        phone = next((phone for phone in contact.phones.all() if not phone.wrong), None)
        found[contact.pk] = _person(contact, contact.prospect_id, contact.prospect.name, phone)
    for item in items:
        if item.contact and item.prospect_id:
            at = (item.prospect_id, item.prospect_name, item.contact.phone)
            found.setdefault(item.contact.pk, _person(item.contact, *at))
    return list(found.values())


def _person(contact, prospect_id, prospect, phone):
    return {
        "id": contact.pk,
        "name": contact.name,
        "prospect": prospect,
        "prospect_id": prospect_id,
        "phone": str(phone) if phone else "",
        "tel": phone.href if phone else "",
    }


def _brief(one):
    lines = [{"label": line.label, "text": line.text, "tone": line.tone, "when": line.exact} for line in one.lines]
    own = one.prospect
    return {"id": own.pk, "prospect": own.name, "lines": lines, "wrong": tel(own.phone) if own.phone_is_wrong else ""}


# The worker --------------------------------------------------------------------------------------


def worker():
    """The service worker's script, with what it keeps: the shell and its files. Another file, another version."""
    return _worker() if not settings.DEBUG else _worker.__wrapped__()


@lru_cache(maxsize=1)
def _worker():
    script = squeezed_script(_text("js/outbox-worker.js"))
    page = reverse("offline_shell")
    kept = {"page": page, "files": _files(), "home": [reverse("today"), reverse("log")]}
    kept["apart"] = reverse("shared_brief", args=["-"]).removesuffix("-/")  # what a link shows is nobody's app
    contents = [
        script,
        json.dumps(kept),
        *((settings.BASE_DIR / "templates" / name).read_text() for name in _TEMPLATES),
    ]
    if settings.DEBUG:
        contents += [_text(name) for name in _named(kept["files"])]
    version = hashlib.sha256("\n".join(contents).encode()).hexdigest()[:12]
    return f"const KEPT = {json.dumps(kept | {'version': version})};\n{script}"


def _files():
    single = ("django_htmx/htmx-2.min.js", "js/tel.js", "js/offline.js", "fonts/instrument-sans.woff2", "img/icons.svg")
    return [*addresses("css"), *addresses("js"), *(static(name) for name in (*single, "img/app-icon.svg"))]


def _named(files):
    names = (address.removeprefix(static("")) for address in files)
    return [name for name in names if name.endswith((".js", ".css"))]


def _text(name):
    path = finders.find(name) if settings.DEBUG or settings.TESTING else staticfiles_storage.path(name)
    return Path(path).read_text()
