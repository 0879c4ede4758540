"""Markup in every text field of every model: `python -m tests.security.hostile` fills the database of CALLBACK_HOME.

It writes pages.json beside it: {"seller": [addresses], "manager": […], "link": […], "nobody": […]}.
"""

import json
import os
import re
from pathlib import Path

from django.apps import apps
from django.db import models

OURS = {"accounts", "deals", "desk", "access"}
# A value that the code chooses itself, or that is looked up by.
KEPT = {
    ("access", "user", "email"), ("access", "user", "password"), ("access", "user", "role"),
    ("access", "installation", "currency"), ("access", "installation", "time_zone"),
    ("access", "onetimelink", "email"),
}  # fmt: skip
KEPT_NAMES = {
    "token_hash", "folded", "stored", "rejected", "session_key", "session_data", "time_zone", "zone", "e164", "kind",
    "outcome", "owner", "record_type", "state", "key", "secret", "address", "name_hash", "purpose", "action",
}  # fmt: skip
# Each fits into 60 characters and tries another way out of where it stands. canary() is defined by the test's page.
MARKUP = (
    '<img src=x onerror=canary()><x-canary>',
    '"><script>canary()</script><x-canary>',
    "'><svg onload=canary()><x-canary>",
    '</title></textarea><script>canary()</script>',
    '" autofocus onfocus=canary() x-canary="',
    "' autofocus onfocus='canary()' x-canary='",
    "javascript:canary()//<x-canary>",
    '<b hx-get=/canary/ hx-trigger=load><x-canary>',
    '--><style>@import"/canary/"</style><x-canary>',
    '</script><script>canary()</script>',
    '<a href="javascript:canary()">x-canary</a>',
    "{{constructor.constructor('canary()')()}}",
    '<iframe srcdoc="<script>parent.canary()</script>">',
    '<form action=/canary/><button autofocus>x-canary',
    '<base href=/canary/><link rel=stylesheet href=a>',
    "\u2028<meta http-equiv=refresh content=0;/canary/>",
)  # fmt: skip


def text_fields():
    """(model, field) of everything that holds words."""
    for model in apps.get_models():
        if model._meta.app_label not in OURS or not model._meta.managed:
            continue
        for field in model._meta.local_fields:
            place = (model._meta.app_label, model._meta.model_name, field.name)
            wanted = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.UUIDField)
            if (
                wanted
                and not field.choices
                and not field.primary_key
                and place not in KEPT
                and field.name not in KEPT_NAMES
            ):
                yield model, field


def fill(values):
    """Write each of `values` in turn into every text field of every row. Returns the fields as "app.model.field"."""
    filled, turn = [], 0
    for model, field in text_fields():
        for pk in list(model._base_manager.order_by("pk").values_list("pk", flat=True)):
            value = values[turn % len(values)]
            turn += 1
            if field.unique:
                value += f" {turn}"
            if not isinstance(field, models.TextField):
                value = value[: field.max_length]
            model._base_manager.filter(pk=pk).update(**{field.name: value})
        filled.append(f"{model._meta.label_lower}.{field.name}")
    return filled


def town():
    """A Town with each kind of line, an uploaded file full of markup, and everything filled."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from crm.desk.importing import uploads
    from tests import make
    from tests.conventions.test_safe_methods import signed_in
    from tests.security.world import Town

    make.installation()
    world = Town()
    client = signed_in(world.seller)
    for n, markup in enumerate(MARKUP):
        for kind in ("call", "email", "meeting", "note"):
            make.activity(world.prospect, kind=kind, deal=world.deal, contacts=[world.contact], text=f"{kind} {n}")
        make.step(world.prospect, f"step {n}", "2026-03-11", deal=world.deal, contact=world.contact)
        make.deal(world.prospect, f"deal {n}", "Proposal")
        person = make.contact(make.prospect(f"p{n}"), f"c{n}", emails=[f"a{n}@b.example"], phones=[f"415 555 01{n:02}"])
        make.step(person.prospect, "call", "2026-03-11", kind="call", contact=person)
        answer = client.post("/log/", {"text": f"called {markup} at {markup}, {markup}. next: send {markup} friday"})
        assert answer.status_code in (200, 303), answer.status_code
    rows = "\r\n".join(",".join(_cell(m) for m in (MARKUP * 2)[n : n + 4]) for n in range(len(MARKUP)))
    book = f"Company,Name,Email,{_cell(MARKUP[0])}\r\n{rows}\r\n".encode()
    upload = uploads.receive(
        SimpleUploadedFile(f"{MARKUP[0]}.csv".replace("/", "-"), book), make.uuids.uuid4(), world.seller
    )
    fill(MARKUP)
    return world, upload


def _cell(text):
    return '"' + text.replace('"', '""') + '"'


def pages():
    """Fill the database and write down what to look at."""
    from django.core.management import call_command

    from crm.desk.digest.content import compose
    from crm.desk.models import DigestMail, DigestPlan
    from crm.web import clock
    from tests.conventions.test_safe_methods import signed_in
    from tests.security.grammar import Grammar

    call_command("migrate", verbosity=0)
    world, upload = town()
    grammar = Grammar(world, deep=False)
    looked = sorted({address for found in grammar.addresses.values() for address in found} | grammar.asked)
    looked += [f"/imports/{upload.pk}/", "/search/?q=canary", "/search/?q=%3Cimg", "/prospects/?q=canary"]
    skip = ("/logout/", "/backups/", "/export/")
    looked = [
        address
        for address in looked
        if not address.startswith((*skip, "/s/", "/invitation/", "/password/")) and "/export/" not in address
    ]
    tokens = world.tokens
    found = {
        "seller": [*looked, "/password/"],
        "manager": [*looked, "/password/"],
        "link": [f"/s/{tokens['share']}/", f"/s/{tokens['status']}/", f"/s/{world.dead['expired']}/"],
        "nobody": [
            "/login/",
            f"/invitation/{tokens['invitation']}/",
            f"/password/{tokens['password']}/",
            "/nothing/<x-canary>/",
        ],
    }
    DigestPlan.objects.get_or_create(user=world.manager, defaults={"rhythm": "weekly"})
    row = DigestMail.objects.filter(user=world.manager)[0]
    DigestMail.objects.filter(pk=row.pk).update(due_on=clock.today())
    subject, _, html = compose(DigestMail.objects.select_related("user").get(pk=row.pk))
    assert "canary" in html
    assert "\n" not in subject
    (Path(os.environ["CALLBACK_HOME"]) / "digest.html").write_text(html)
    for who in ("seller", "manager"):
        kinds = {}
        for address in found[who]:
            kinds.setdefault(re.sub(r"\d+|=.*", "", address), []).append(address)
        found[who] = [address for same in kinds.values() for address in same[:3]]
    for who, user in (("seller", world.seller), ("manager", world.manager)):
        client = signed_in(user, headers={"Host": "127.0.0.1"})
        found[who] = [address for address in found[who] if _is_page(client.get(address))]
    (Path(os.environ["CALLBACK_HOME"]) / "pages.json").write_text(json.dumps(found))


def _is_page(answer):
    return not answer.streaming and "html" in answer.get("Content-Type", "") and len(answer.content) > 0


if __name__ == "__main__":
    os.environ["CALLBACK_HOSTS"] = "testserver,127.0.0.1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "crm.settings"
    import django

    django.setup()
    pages()
