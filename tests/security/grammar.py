"""What can be asked of Callback, learned from itself: the addresses of the URLconf, the fields its pages show.

Nothing is listed by hand, so that a new page is tried by being there.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tests.conventions.routes import urls
from tests.conventions.test_safe_methods import signed_in


@dataclass
class Form:
    """A form as a page shows it. `data`: what a browser would send; `choices`: what else it offers by field."""

    action: str
    page: str
    data: list = field(default_factory=list)
    choices: dict = field(default_factory=dict)
    files: list = field(default_factory=list)
    multipart: bool = False

    @property
    def route(self):
        """The name of the address it is sent to; None for one that is not ours."""
        return name_of(self.action)

    def names(self):
        return {name for name, _ in self.data} | set(self.choices) | set(self.files)


def name_of(address):
    try:
        return resolve(urlsplit(address).path).url_name
    except Resolver404:
        return None


class _Reader(HTMLParser):
    """Forms that post, links with questions, hx- addresses."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.page, self.forms, self.links, self.open, self.select, self.area = page, [], [], None, None, None
        self.asks, self.ids = [], {}

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        for name in ("href", "hx-get", "hx-post", "action", "formaction"):
            if a.get(name, "").startswith("/"):
                self.links.append(a[name])
        if tag == "form":
            self.open = Form(a.get("action") or a.get("hx-post") or self.page, self.page)
            self.open.multipart = a.get("enctype") == "multipart/form-data"
            (self.forms if a.get("method", "get").lower() == "post" else self.asks).append(self.open)
            if a.get("id"):
                self.ids[a["id"]] = self.open
            return
        form = self.ids.get(a["form"]) if a.get("form") else self.open
        name = a.get("name")
        if form is None or not name or "disabled" in a:
            return
        if tag in ("input", "button"):
            kind = a.get("type", "submit" if tag == "button" else "text")
            value = a.get("value") or ("on" if kind in ("checkbox", "radio") else "")
            if kind == "file":
                form.files.append(name)
            elif kind in ("submit", "button") or (kind in ("checkbox", "radio") and "checked" not in a):
                form.choices.setdefault(name, []).append(value)
            else:
                form.data.append((name, value))
        elif tag == "select":
            self.select = (form, name, [])
        elif tag == "textarea":
            self.area = (form, name, [])

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_data(self, text):
        if self.area:
            self.area[2].append(text)

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "textarea" and self.area:
            form, name, text = self.area
            form.data.append((name, "".join(text).lstrip("\n")))
            self.area = None
        elif tag == "select" and self.select:
            form, name, options = self.select
            if options:
                form.data.append((name, next((value for value, chosen in options if chosen), options[0][0])))
                form.choices.setdefault(name, []).extend(value for value, _ in options)
            self.select = None


class _Options(_Reader):
    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "option" and self.select:
            self.select[2].append((a.get("value", ""), "selected" in a))
            return
        super().handle_starttag(tag, attrs)


def forms_on(html, page):
    """The forms of a page that are sent by POST."""
    reader = _Options(page)
    reader.feed(html)
    return reader.forms


class Grammar:
    """Walks every page and fragment as the seller, the manager and a stranger; `deep` follows links with questions."""

    def __init__(self, world, *, deep=True):
        self.forms, self.questions = {}, {}
        seen, self.addresses = set(), {}
        for route, url in urls(world, []):
            self.addresses.setdefault(route.name, set()).add(url)
        for what, route in (
            ("invitation", "invitation_accept"),
            ("password", "password_reset"),
            ("share", "shared_brief"),
        ):
            self.addresses.setdefault(route, set()).add(reverse(route, args=[world.tokens[what]]))
        todo = [url for found in self.addresses.values() for url in sorted(found)]
        stranger = Client(raise_request_exception=False)
        for client in (signed_in(world.seller), signed_in(world.manager), stranger):
            for htmx in (False, True):
                for url in todo:
                    self._read(client, url, htmx, seen)
        self.asked = seen - set(todo)
        for url in sorted(self.asked) if deep else ():
            self._read(signed_in(world.seller), url, False, set())

    def _read(self, client, url, htmx, seen):
        answer = client.get(url, headers={"HX-Request": "true"} if htmx else {})
        if answer.streaming or "html" not in answer.get("Content-Type", ""):
            return
        reader = _Options(url)
        reader.feed(answer.content.decode())
        for form in reader.forms:
            if form.route:
                self.forms.setdefault(form.route, {}).setdefault((form.action, tuple(sorted(form.names()))), form)
        for form in reader.asks:
            pairs = [*form.data, *((name, value) for name, values in form.choices.items() for value in values)]
            self.questions.setdefault(form.route or "", set()).update(pairs)
        for link in reader.links:
            name = name_of(link)
            if name:
                self.questions.setdefault(name, set()).update(parse_qsl(urlsplit(link).query, keep_blank_values=True))
                self.addresses.setdefault(name, set()).add(urlsplit(link).path)
                if urlsplit(link).query:
                    seen.add(re.sub(r"#.*", "", link))

    def forms_of(self, route):
        return list(self.forms.get(route, {}).values())

    def every_form(self):
        return [form for found in self.forms.values() for form in found.values()]

    def every_name(self):
        """All names of fields and questions, wherever they were seen."""
        asked = {name for pairs in self.questions.values() for name, _ in pairs}
        return sorted(asked | {name for form in self.every_form() for name in form.names()})


_kept = {}


def grammar_of(world):
    """The Grammar, learned once: the next world's records have the same ids; what is drawn anew is put in its place."""
    key = (world.prospect.pk, world.deal.pk, world.step.pk, world.manager.pk)
    drawn = [str(world.entry.uuid), *world.tokens.values(), *world.dead.values()]
    if key not in _kept:
        _kept[key] = (drawn, Grammar(world))
    before, grammar = _kept[key]
    new = dict(zip(before, drawn, strict=True))

    def anew(text):
        return _DRAWN.sub(lambda found: new.get(found[0], found[0]), text)

    if before != drawn:
        grammar.addresses = {name: {anew(address) for address in found} for name, found in grammar.addresses.items()}
        for form in grammar.every_form():
            form.action = anew(form.action)
            form.data = [(name, anew(value)) for name, value in form.data]
        _kept[key] = (drawn, grammar)
    return grammar


# A UUID or a token.
_DRAWN = re.compile(r"[\w-]{36,43}")
