"""What forms of a call offer, by `{% load desk %}`: the same on a page and in the sheet every page carries."""

from django import template

from crm.desk import outcomes
from crm.web import clock

register = template.Library()


@register.simple_tag
def call_outcomes():
    """The six, in their order."""
    return outcomes.OUTCOMES


@register.simple_tag
def call_days():
    """(name, label, day) of the ready answers to "when next?"."""
    days = outcomes.days(clock.today())
    return [(name, label, days[name]) for name, label in outcomes.WHEN]


@register.filter
def value(form, name):
    """What a form's field holds, as text; "" without a form."""
    held = form[name].value() if form else None
    return "" if held is None else str(held)


@register.filter
def split(words):
    return words.split()
