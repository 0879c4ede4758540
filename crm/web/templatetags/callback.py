"""Tags and filters of every template, by `{% load callback %}`: icons, money, days and times, fields, lists, assets."""

import json
from datetime import datetime
from fnmatch import fnmatch
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .. import clock as clocks
from .. import locale
from ..assets import addresses
from ..formats import age_words, ago_words, clock, currency_symbol, day, day_words, iso, mailto, money, tel
from ..kept_html import ShellNode, closed, kept_open

register = template.Library()

# Marks ---------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name):
    """An icon of static/img/icons.svg. It is silent: the word or the aria-label stands beside it."""
    return _icon(name) if not settings.DEBUG else _icon.__wrapped__(name)


@lru_cache(maxsize=256)  # a list has dozens, and the address of a static file is worked out anew each time
def _icon(name):
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("img/icons.svg"), name)


@register.simple_tag
def mark(modifier=""):
    """The handset that is a C."""
    return format_html('<svg class="mark {}" viewBox="4 2 24 28" aria-hidden="true">{}</svg>', modifier, _MARK)


_MARK = SafeString(
    '<path d="M19 6.75h-2a9.25 9.25 0 0 0 0 18.5h2" fill="none" stroke="currentColor" stroke-width="5"/>'
    '<rect x="16" y="2" width="12" height="9" rx="3" fill="currentColor"/>'
    '<rect x="16" y="21" width="12" height="9" rx="3" fill="currentColor"/>'
    '<circle class="mark-dot" cx="22" cy="16" r="3" fill="currentColor"/>'
)


__all__ = ["clock", "currency_symbol", "day", "day_words", "mailto", "money", "register", "tel"]

# Figures, days and times -----------------------------------------------------------------------------

for words in (money, day, day_words, clock, tel, mailto):
    register.filter(words)


@register.simple_tag
def when(on, at=None):
    """`<time>today, 10:00 am</time>` of a day and perhaps a time, or of an instant alone."""
    if on is None:
        return ""
    at = on if at is None and isinstance(on, datetime) else at
    words = ", ".join(part for part in (day_words(on), clock(at)) if part)
    return format_html('<time datetime="{}">{}</time>', iso(on, at), words)


@register.filter
def ago(value):
    """`<time datetime title>2 h ago</time>`: near times in words, far ones as the day."""
    return _relative(value, ago_words)


@register.filter
def age(value):
    """`<time datetime title>2 d</time>`: how old a fact is, for the narrow column beside it."""
    return _relative(value, age_words)


def _relative(value, words):
    if value is None or value == "":
        return ""
    exact = ", ".join(part for part in (day(value), clock(value)) if part)
    if not isinstance(value, datetime):
        return format_html('<time datetime="{}" title="{}">{}</time>', iso(value), exact, words(value))
    kind = "ago" if words is ago_words else "age"
    return format_html('<time datetime="{}" title="{}" data-live="{}">{}</time>', iso(value), exact, kind, words(value))


# Forms -----------------------------------------------------------------------------------------------


@register.simple_tag
def field(bound, **attrs):
    """Label, control, help and error of one bound field, tied together for screen readers.

    `label`, `help`, `optional=False` change the words; every other keyword becomes an attribute of the
    control (`_` → `-`, True → a bare attribute).
    """
    label = attrs.pop("label", bound.label)
    hint = attrs.pop("help", bound.help_text)
    optional = attrs.pop("optional", not bound.field.required)
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "")
    grouped = bound.use_fieldset
    described = [f"{bound.auto_id}-{part}" for part, there in (("help", hint), ("error", bound.errors)) if there]
    attrs = {key.replace("_", "-"): value for key, value in attrs.items()}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    control = bound.as_widget(attrs=attrs)
    if bound.is_hidden:
        return control
    check = kind == "checkbox" and not grouped
    words = {"field": bound, "control": control, "label": label, "hint": hint}
    return get_template("shared/_field.html").render(
        {**words, "optional": optional and not check, "check": check, "grouped": grouped}
    )


@register.simple_tag
def choice(bound):
    """The <select> of a bound choice field without groups, as Django's widget draws it, at a tenth of the time."""
    chosen = "" if bound.value() is None else str(bound.value())
    choices = [("" if value is None else str(value), label) for value, label in bound.field.choices]
    options = format_html_join(
        "", '<option value="{}"{}>{}</option>', ((v, _SELECTED if v == chosen else "", label) for v, label in choices)
    )
    return format_html('<select name="{}" id="{}">{}</select>', bound.html_name, bound.auto_id, options)


_SELECTED = SafeString(" selected")


@register.inclusion_tag("shared/_form_errors.html")
def form_errors(form, suffix=""):
    """The errors that belong to no field, and those of hidden fields, above the form."""
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    return {"errors": [*form.non_field_errors(), *hidden], "suffix": suffix}


# Lists -----------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def query(context, **changes):
    """The page's own query string with these changes; None or "" takes a parameter away. Resets `page`."""
    params = context["request"].GET.copy()
    params.pop("page", None)
    for key, value in changes.items():
        params.pop(key, None)
        if value not in (None, ""):
            params[key] = value
    return f"?{params.urlencode()}" if params else "?"


@register.simple_tag(takes_context=True)
def rendered(context, template, key, **given):
    """A fragment that was drawn before with the same `key` today, for the same role; else drawn now and kept.

    `key` holds all values that the fragment shows; what changes within a day, or from page to page (tokens, "2 h ago"),
    has no place in it; the tokens of forms are put in afterwards. For rows of lists, where drawing costs more than
    reading.
    """
    request = context["request"]
    key = (template, key, clocks.today(), locale.current(), getattr(request.user, "role", ""))
    drawn = _DRAWN.get(key)
    if drawn is None or settings.DEBUG:
        if len(_DRAWN) >= _MOST_DRAWN:
            _DRAWN.clear()
        drawn = get_template(template).render(kept_open({"today": clocks.today(), **given, "request": request}))
        _DRAWN[key] = drawn
    return closed(context, drawn)


_DRAWN: dict = {}
_MOST_DRAWN = 5000  # about a kilobyte each


@register.inclusion_tag("shared/_sort_header.html", takes_context=True)
def sort_header(context, key, label, number=False, default=""):
    """A `<th>` that sorts by `?sort=key`, then by `-key`. `default`: the order without `?sort`."""
    order = context["request"].GET.get("sort") or default
    down_first = number  # the largest figure is what one looks for
    state = "ascending" if order == key else "descending" if order == f"-{key}" else ""
    other = {"ascending": f"-{key}", "descending": key}.get(state) or (f"-{key}" if down_first else key)
    return {"key": key, "label": label, "number": number, "state": state, "href": query(context, sort=other)}


@register.inclusion_tag("shared/_pagination.html", takes_context=True)
def pagination(context, page, noun="", suffix=""):
    """Numbered links for a Page of django.core.paginator, keeping the query string."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [(n, query(context, page=n) if isinstance(n, int) else "") for n in numbers]
    return {
        "page": page,
        "links": links,
        "noun": noun,
        "suffix": suffix,
        "previous": query(context, page=page.number - 1) if page.has_previous() else "",
        "next": query(context, page=page.number + 1) if page.has_next() else "",
    }


@register.simple_tag(takes_context=True)
def current(context, *names, but=""):
    """`aria-current="page"` where the page's URL name is one of `names` (`deal_*` matches by pattern)."""
    match = getattr(context.get("request"), "resolver_match", None)
    name = (match.url_name if match else "") or ""
    here = any(fnmatch(name, pattern) for pattern in names) and name not in but.split()
    return SafeString('aria-current="page"') if here else ""


HTMX = {
    "allowEval": False,
    "includeIndicatorStyles": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "defaultSwapStyle": "outerHTML",
    # Not `style`: copying what Sortable leaves there would be an inline style, which the policy forbids.
    "attributesToSettle": ["class"],
    # The answers of crm.web.answer: an invalid form (422) and a conflict (409) are redrawn.
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "(2|3)..", "swap": True},
        {"code": "(409|422)", "swap": True, "error": True},
        {"code": "...", "swap": False, "error": True},
    ],
}


@register.simple_tag
def htmx_config():
    return format_html('<meta name="htmx-config" content="{}">', json.dumps(HTMX, separators=(",", ":")))


@register.tag
def shell(parser, token):
    """A part of the base page that is drawn once for each kind of page and reader: see ShellNode."""
    nodelist = parser.parse(("endshell",))
    parser.delete_first_token()
    return ShellNode(nodelist)


# Assets ----------------------------------------------------------------------------------------------


@register.simple_tag
def stylesheets(kind="css"):
    """One bundled sheet where collectstatic made it, otherwise a <link> for each file; "later": crm/web/assets.py."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((url,) for url in addresses(kind)))


@register.simple_tag
def scripts():
    """One bundled module where collectstatic made it, otherwise a <script> for each file."""
    return format_html_join("\n", '<script type="module" src="{}"></script>', ((url,) for url in addresses("js")))
