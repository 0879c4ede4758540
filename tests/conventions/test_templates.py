"""Fragments, htmx and the strict policy, by reading the templates."""

import re
from html.parser import HTMLParser
from pathlib import Path

from .routes import fragments, report, templates, without_comments

_TAG = re.compile(r"{%.*?%}", re.S)
_VARIABLE = re.compile(r"{{.*?}}|{%\s*(?:url|static|query)\b.*?%}", re.S)
# A loop or a condition without another inside.
_BLOCK = re.compile(r"{%\s*(if|for)\b[^%]*%}((?:(?!{%\s*(?:if|for|endif|endfor)\b).)*){%\s*end\1\s*%}", re.S)
_ELSE = re.compile(r"{%\s*(?:else|elif|empty)\b.*?%}", re.S)
_VOID = set("area base br col embed hr img input link meta source track wbr use path rect circle option".split())
_EVENT = re.compile(r"\s(on[a-z]+|hx-on[:\w-]*|style)\s*=", re.I)


class Elements(HTMLParser):
    """Every start tag as (name, attributes, depth, enclosing forms)."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.found, self.stack = [], []
        self.feed(plain(text))
        self.close()

    def handle_starttag(self, tag, attrs):
        forms = [attributes for name, attributes in self.stack if name == "form"]
        self.found.append((tag, dict(attrs), len(self.stack), forms))
        if tag not in _VOID:
            self.stack.append((tag, dict(attrs)))

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs), len(self.stack), []))

    def handle_endtag(self, tag):
        names = [name for name, _ in self.stack]
        if tag in names:
            del self.stack[len(names) - 1 - names[::-1].index(tag) :]


def plain(text):
    """The template as HTML: comments and tags taken out, variables as X, of each condition its first case."""
    text = without_comments(text)
    while (shorter := _BLOCK.sub(lambda block: _ELSE.split(block[2])[0], text)) != text:
        text = shorter
    return _TAG.sub("", _VARIABLE.sub("X", text)).strip()


def test_a_fragment_is_one_element_named_after_its_file():
    failures, texts = [], templates()
    for name, expected in fragments().items():
        elements = Elements(texts[name]).found
        roots = [element for element in elements if element[2] == 0]
        if not roots:
            failures.append(f"templates/{name} has no element")
            continue
        identity = roots[0][1].get("id", "")
        if identity != expected and not identity.startswith(f"{expected}-"):
            failures.append(f'templates/{name}: its root has id="{identity}", not "{expected}" or "{expected}-…"')
        if len(roots) > 1:
            failures.append(f"templates/{name} has {len(roots)} roots: {', '.join(root[0] for root in roots)}")
    report(failures)


def test_a_target_is_a_fragment_or_an_id_that_exists():
    texts = templates()
    known = set(fragments().values())
    for text in texts.values():
        known |= set(re.findall(r'\bid="([a-z0-9-]+)', text))
    known = {identity.rstrip("-") for identity in known}
    failures = []
    for name, text in texts.items():
        for target in re.findall(r'hx-target="#([^"]*)"', without_comments(text)):
            stem = _TAG.sub("", _VARIABLE.sub("", target)).rstrip("-")
            if stem not in known and not any(stem.startswith(f"{identity}-") for identity in known):
                failures.append(f"templates/{name}: nothing has the id of hx-target #{target}")
    report(failures)


def test_everything_works_without_scripts():
    failures = []
    for name, text in templates().items():
        for tag, attributes, _, forms in Elements(text).found:
            where = f"templates/{name}: <{tag} …>"
            if tag == "a" and "hx-get" in attributes and not attributes.get("href"):
                failures.append(f"{where} has hx-get and no href")
            if tag == "form" and "hx-post" in attributes:
                if attributes.get("method") != "post" or not attributes.get("action"):
                    failures.append(f"{where} has hx-post, but no method=post or no action")
            elif "hx-post" in attributes and not forms:
                failures.append(f"{where} has hx-post outside a form: nothing happens without scripts")
            if tag not in ("a", "form") and "hx-get" in attributes and "hx-trigger" not in attributes and not forms:
                failures.append(f"{where} has hx-get and is no link; only what re-gets itself may be none")
    report(failures)


def test_every_form_that_writes_carries_its_key():
    failures = []
    for name, text in templates().items():
        for form in re.findall(r"<form\b[^>]*?(?:>|/>).*?</form>", without_comments(text), re.S | re.I):
            opening = form[: form.index(">") + 1]
            if re.search(r'method="post"', opening, re.I) and "{% csrf_token %}" not in form:
                failures.append(f"templates/{name}: a form without {{% csrf_token %}}: {opening[:80]}")
    report(failures)


def test_nothing_is_inline():
    failures = []
    for name, text in templates().items():
        html = plain(text)
        for opening in re.findall(r"<[a-z][^>]*>", html, re.I):
            if _EVENT.search(re.sub(r'"[^"]*"', '""', opening)):
                failures.append(f"templates/{name}: {opening[:100]}")
        if re.search(r"<style|<script(?![^>]*\bsrc=)", html, re.I):
            failures.append(f"templates/{name} has a style or script of its own")
        if re.search(r"""(?:href|src|action)=["']javascript:""", html, re.I):
            failures.append(f"templates/{name} has a javascript: address")
        if re.search(r'<link[^>]+href="https?://|<(?:script|img)[^>]+src="https?://', html):
            failures.append(f"templates/{name} loads something from elsewhere")
    report(failures)


def test_templates_stay_short():
    report(
        [
            f"templates/{name} has {lines} lines: split it by meaning (about 80)"
            for name, text in templates().items()
            if (lines := text.count("\n")) > 100 and Path(name).name != "icons.html"
        ]
    )
