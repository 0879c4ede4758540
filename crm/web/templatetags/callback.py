"""Tags and filters of every template, by `{% load callback %}`: icons, money, days and times, fields, lists, assets."""

import json
import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from fnmatch import fnmatch

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .. import clock as clocks
from .. import locale
from ..assets import SCRIPTS, STYLES

register = template.Library()

SYMBOLS = {
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "INR": "₹", "KRW": "₩", "BRL": "R$",
    "AUD": "A$", "CAD": "C$", "NZD": "NZ$", "MXN": "MX$", "SGD": "S$", "HKD": "HK$", "ILS": "₪", "TRY": "₺",
}  # fmt: skip
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


# Marks ---------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name):
    """An icon of static/img/icons.svg. It is silent: the word or the aria-label stands beside it."""
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


# Figures -------------------------------------------------------------------------------------------


@register.filter
def money(value, form=""):
    """Decimal in the installation's currency: "$45,000", "$45,000.50"; form "short": "$45k", "$1.2M".

    None is an unknown amount, not zero: "no amount".
    """
    if value is None or value == "":
        return "no amount"
    value = Decimal(value)
    symbol = currency_symbol()
    sign = "−" if value < 0 else ""
    return f"{sign}{symbol}{_short(abs(value)) if form == 'short' else _full(abs(value))}"


def currency_symbol():
    code = locale.current().currency
    return SYMBOLS.get(code, f"{code}\N{NO-BREAK SPACE}")


def _full(value):
    value = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


def _short(value):
    for size, letter in ((10**9, "B"), (10**6, "M"), (10**3, "k")):
        # 999,950 is 1M rather than 1000k.
        if value >= size * Decimal("0.9995"):
            count = value / size
            rounded = count.quantize(Decimal("0.1") if count < 100 else Decimal("1"), ROUND_HALF_UP)
            return f"{rounded:f}".removesuffix(".0") + letter
    return _full(value)


# Days and times --------------------------------------------------------------------------------------


@register.filter
def day(value, form=""):
    """A day: "Thu Mar 12", "Thu 12 Mar" where days come first; with the year where it is not this one.

    form "short" leaves the weekday out, "long" writes everything: "Thursday, March 12".
    """
    value = _date(value)
    if value is None:
        return ""
    us = locale.current().date_order == "mdy"
    year = "" if value.year == clocks.today().year else value.year
    if form == "long":
        text = f"{value:%A}, {value:%B} {value.day}" if us else f"{value:%A}, {value.day} {value:%B}"
    else:
        month = MONTHS[value.month - 1]
        text = f"{month} {value.day}" if us else f"{value.day} {month}"
        if form != "short":
            text = f"{DAYS[value.weekday()]} {text}"
    return f"{text}{', ' if us else ' '}{year}" if year else text


@register.filter
def day_words(value, form=""):
    """today, tomorrow, yesterday, or the day."""
    value = _date(value)
    if value is None:
        return ""
    away = (value - clocks.today()).days
    return {0: "today", 1: "tomorrow", -1: "yesterday"}.get(away) or day(value, form)


@register.filter
def clock(value):
    """A time of day: "2:30 pm", or "14:30" where days come first. A date without a time has none: ""."""
    if isinstance(value, datetime):
        value = clocks.local(value).time()
    if not isinstance(value, time):
        return ""
    if locale.current().date_order != "mdy":
        return f"{value.hour:02}:{value.minute:02}"
    return f"{value.hour % 12 or 12}:{value.minute:02}\N{NO-BREAK SPACE}{'am' if value.hour < 12 else 'pm'}"


@register.simple_tag
def when(on, at=None):
    """`<time>today, 10:00 am</time>` of a day and perhaps a time, or of an instant alone."""
    if on is None:
        return ""
    at = on if at is None and isinstance(on, datetime) else at
    words = ", ".join(part for part in (day_words(on), clock(at)) if part)
    return format_html('<time datetime="{}">{}</time>', _iso(on, at), words)


@register.filter
def ago(value):
    """`<time datetime title>2 h ago</time>`: near times in words, far ones as the day."""
    return _relative(value, _ago_words)


@register.filter
def age(value):
    """`<time datetime title>2 d</time>`: how old a fact is, for the narrow column beside it."""
    return _relative(value, _age_words)


def _relative(value, words):
    if value is None or value == "":
        return ""
    exact = ", ".join(part for part in (day(value), clock(value)) if part)
    if not isinstance(value, datetime):
        return format_html('<time datetime="{}" title="{}">{}</time>', _iso(value), exact, words(value))
    kind = "ago" if words is _ago_words else "age"
    return format_html(
        '<time datetime="{}" title="{}" data-live="{}">{}</time>', _iso(value), exact, kind, words(value)
    )


def _ago_words(value):
    days = (_date(value) - clocks.today()).days
    minutes = _minutes(value)
    if minutes is not None and abs(minutes) < 60 * 24 and (abs(minutes) < 60 * 6 or days == 0):
        span = f"{abs(minutes)} min" if abs(minutes) < 60 else f"{abs(minutes) // 60} h"
        return "just now" if abs(minutes) < 1 else f"in {span}" if minutes > 0 else f"{span} ago"
    if -1 <= days <= 1:
        return day_words(value)
    if abs(days) < 14:
        return f"in {days} d" if days > 0 else f"{-days} d ago"
    return day(value, "short")


def _age_words(value):
    days = abs((clocks.today() - _date(value)).days)
    minutes = _minutes(value)
    if minutes is not None and abs(minutes) < 60 * 24 and (abs(minutes) < 60 * 6 or days == 0):
        return f"{abs(minutes)} min" if abs(minutes) < 60 else f"{abs(minutes) // 60} h"
    return "today" if days == 0 else f"{days} d" if days < 100 else f"{days // 30} mo"


def _minutes(value):
    """Whole minutes from now; None for a day without a time."""
    return int((value - clocks.now()).total_seconds() / 60) if isinstance(value, datetime) else None


def _date(value):
    if isinstance(value, datetime):
        return clocks.local(value).date()
    return value if isinstance(value, date) else None


def _iso(on, at=None):
    if isinstance(on, datetime):
        return on.isoformat(timespec="minutes")
    return f"{on.isoformat()}T{at:%H:%M}" if isinstance(at, time) else on.isoformat()


# Telephone -------------------------------------------------------------------------------------------

_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_EXTENSION = re.compile(r"(?:;ext=|ext\.?|extension|#|x)\s*(\d{1,7})\s*$", re.I)


@register.filter
def tel(raw):
    """For `href`: "+44 (0)20 7946 0958 ext 12" → "tel:+442079460958;ext=12"; "" where there is no number to dial."""
    raw = str(raw or "").strip()
    found = _EXTENSION.search(raw)
    number = raw[: found.start()] if found else raw
    if number.lstrip().startswith("+"):
        number = number.replace("(0)", "")
    if sum(c.isdigit() for c in number) < 3:  # words, not a number: "ask at the desk"
        return ""
    digits = re.sub(r"\D", "", number.upper().translate(_KEYPAD))
    plus = "+" if number.lstrip().startswith("+") else ""
    return f"tel:{plus}{digits}" + (f";ext={found[1]}" if found else "")


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


# Assets ----------------------------------------------------------------------------------------------


@register.simple_tag
def stylesheets():
    """One bundled sheet where collectstatic made it, otherwise a <link> for each file."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((url,) for url in _assets("css")))


@register.simple_tag
def scripts():
    """One bundled module where collectstatic made it, otherwise a <script> for each file."""
    return format_html_join("\n", '<script type="module" src="{}"></script>', ((url,) for url in _assets("js")))


def _assets(kind):
    bundle = getattr(staticfiles_storage, "bundles", {}).get(kind)
    if bundle and staticfiles_storage.has_bundle(bundle):
        return [static(bundle)]
    return [static(path) for path in (STYLES if kind == "css" else SCRIPTS)]
