"""Filters of the deals' templates: {% load deals %}."""

from decimal import ROUND_HALF_UP, Decimal

from django import template

register = template.Library()


@register.filter
def whole(value):
    """A weighted figure without cents: it is an estimate."""
    return None if value is None else Decimal(value).quantize(Decimal(1), ROUND_HALF_UP)
