"""From the grammar's reading and the seller's choices to a Plan with records in it."""

from crm.web import locale

from .names import directory
from .plan import Plan


def read(text, wall, context=None):
    """The grammar's Reading of a line as of that wall-clock time, with all names on record."""
    from crm.desk.quicklog.parse import parse

    with directory() as names:
        return parse(text, wall, names, context=context, date_order=locale.current().date_order)


def plan(text, wall, context, choices, *, private=False, finish=None):
    """What the line records. Nothing is written."""
    return Plan(text=text, wall=wall, private=private)
