"""What the tags and filters of `{% load callback %}` write."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from crm.web import locale
from crm.web.locale import Locale
from crm.web.templatetags import callback as tags

NOW = datetime(2026, 3, 11, 16, 32, tzinfo=UTC)  # Wednesday, 9:32 am in Los Angeles


@pytest.fixture(autouse=True)
def wednesday():
    before = locale.current()
    locale.activate(Locale(zone="America/Los_Angeles"))
    with time_machine.travel(NOW, tick=False):
        yield
    locale.activate(before)


@pytest.fixture
def british():
    locale.activate(Locale(currency="GBP", date_order="dmy", zone="Europe/London"))


def draw(text, **context):
    return Template("{% load callback %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("value", "full", "short"),
    [
        (Decimal("45000"), "$45,000", "$45k"),
        (Decimal("45000.50"), "$45,000.50", "$45k"),
        (Decimal("1234.5"), "$1,234.50", "$1.2k"),
        (Decimal("950"), "$950", "$950"),
        (Decimal("999950"), "$999,950", "$1M"),
        (Decimal("1250000"), "$1,250,000", "$1.3M"),
        (Decimal("0"), "$0", "$0"),
        (Decimal("-300"), "−$300", "−$300"),
        (None, "no amount", "no amount"),
    ],
)
def test_money(value, full, short):
    assert tags.money(value) == full
    assert tags.money(value, "short") == short


def test_money_of_other_currencies(british):
    assert tags.money(Decimal("1000")) == "£1,000"
    locale.activate(Locale(currency="CHF"))
    assert tags.money(Decimal("1000")) == "CHF\N{NO-BREAK SPACE}1,000"


def test_day():
    assert tags.day(date(2026, 3, 12)) == "Thu Mar 12"
    assert tags.day(date(2027, 3, 12)) == "Fri Mar 12, 2027"
    assert tags.day(date(2026, 3, 12), "short") == "Mar 12"
    assert tags.day(date(2026, 3, 12), "long") == "Thursday, March 12"
    assert tags.day(datetime(2026, 3, 12, 5, 0, tzinfo=UTC)) == "Wed Mar 11"  # still Wednesday for the seller
    assert tags.day(None) == ""


def test_day_first(british):
    assert tags.day(date(2026, 3, 12)) == "Thu 12 Mar"
    assert tags.day(date(2025, 3, 12), "long") == "Wednesday, 12 March 2025"
    assert tags.clock(time(14, 30)) == "14:30"


def test_day_words():
    today = date(2026, 3, 11)
    said = [tags.day_words(today + timedelta(days=n)) for n in (-1, 0, 1, 2)]
    assert said == ["yesterday", "today", "tomorrow", "Fri Mar 13"]


def test_clock_and_when():
    assert tags.clock(time(14, 30)) == "2:30\N{NO-BREAK SPACE}pm"
    assert tags.clock(time(0, 5)) == "12:05\N{NO-BREAK SPACE}am"
    assert tags.clock(NOW) == "9:32\N{NO-BREAK SPACE}am"
    assert tags.clock(date(2026, 3, 11)) == ""
    assert tags.when(date(2026, 3, 12), time(10, 0)) == (
        '<time datetime="2026-03-12T10:00">tomorrow, 10:00\N{NO-BREAK SPACE}am</time>'
    )
    assert tags.when(None) == ""


@pytest.mark.parametrize(
    ("away", "ago", "age"),
    [
        (timedelta(seconds=-20), "just now", "0 min"),
        (timedelta(minutes=-5), "5 min ago", "5 min"),
        (timedelta(minutes=28), "in 28 min", "28 min"),
        (timedelta(hours=-2), "2 h ago", "2 h"),
        (timedelta(hours=-20), "yesterday", "1 d"),
        (timedelta(days=-3), "3 d ago", "3 d"),
        (timedelta(days=5), "in 5 d", "5 d"),
        (timedelta(days=-40), "Jan 30", "40 d"),
    ],
)
def test_relative(away, ago, age):
    def inner(html):
        return re.fullmatch(r"<time [^>]*>(.*)</time>", html)[1]

    assert inner(tags.ago(NOW + away)) == ago
    assert inner(tags.age(NOW + away)) == age


def test_relative_names_the_exact_time_and_says_whether_it_moves():
    assert 'title="Wed Mar 11, 9:32\N{NO-BREAK SPACE}am" data-live="ago"' in tags.ago(NOW)
    assert "data-live" not in tags.age(date(2026, 3, 1))


@pytest.mark.parametrize(
    ("raw", "href"),
    [
        ("(415) 555-0142", "tel:4155550142"),
        ("+44 (0)20 7946 0958 ext 12", "tel:+442079460958;ext=12"),
        ("1-800-FLOWERS", "tel:18003569377"),
        ("415.555.0142 x7", "tel:4155550142;ext=7"),
        ("ask at the desk", ""),
        ("–", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_tel(raw, href):
    assert tags.tel(raw) == href


class Form(forms.Form):
    name = forms.CharField(help_text="As they write it")
    size = forms.IntegerField(required=False)
    private = forms.BooleanField(required=False)
    how = forms.ChoiceField(choices=[("a", "Mail")], widget=forms.RadioSelect)
    uuid = forms.CharField(widget=forms.HiddenInput)


def test_field_ties_its_parts_together():
    html = draw('{% field form.name autofocus=True data_x="1" %}', form=Form({}))
    assert '<div class="field" id="field-name">' in html
    assert 'aria-describedby="id_name-help id_name-error"' in html and 'aria-invalid="true"' in html
    assert 'id="id_name-help"' in html and 'id="id_name-error"' in html and '<label for="id_name">Name' in html
    assert " autofocus" in html and 'data-x="1"' in html


def test_field_kinds():
    form = Form()
    assert "optional" in draw("{% field form.size %}", form=form)
    assert "optional" not in draw("{% field form.name %}{% field form.private %}", form=form)
    assert 'role="group" aria-labelledby="id_how-label"' in draw("{% field form.how %}", form=form)
    assert draw("{% field form.uuid %}", form=form).startswith('<input type="hidden"')


def test_form_errors_show_those_of_hidden_fields():
    assert "This field is required" in draw("{% form_errors form %}", form=Form({}))
    assert "<ul>" not in draw("{% form_errors form %}", form=Form())


def request(address):
    return RequestFactory().get(address)


def test_query_keeps_what_is_asked_and_forgets_the_page():
    html = draw("{% query sort='-name' q=None %}", request=request("/?q=x&stage=3&page=4"))
    assert html == "?stage=3&amp;sort=-name"
    assert draw("{% query q=None %}", request=request("/?q=x")) == "?"


def test_sort_header():
    text = '{% sort_header "amount" "Amount" number=True default="-close" %}'
    assert "?sort=-amount" in draw(text, request=request("/"))
    assert 'aria-sort="descending"' in draw(text, request=request("/?sort=-amount"))
    assert "?sort=amount" in draw(text, request=request("/?sort=-amount"))
    assert 'aria-sort="ascending"' in draw('{% sort_header "close" "Closes" default="close" %}', request=request("/"))


def test_pagination():
    page = Paginator(range(240), 25).page(4)
    html = draw('{% pagination page "deals" %}', page=page, request=request("/?q=x&page=4"))
    assert "76 to 100 of 240 deals" in html
    assert '<span aria-current="page">4</span>' in html and 'href="?q=x&amp;page=5" rel="next"' in html
    assert "hidden" in draw("{% pagination page %}", page=Paginator(range(3), 25).page(1), request=request("/"))
