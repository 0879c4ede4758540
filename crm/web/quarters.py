"""The fiscal quarter of a day."""

from . import locale


def quarter_start(day):
    """The first day of the fiscal quarter that `day` lies in."""
    months_in = (day.month - locale.current().fiscal_year_start) % 3
    month = day.month - months_in
    return day.replace(year=day.year if month > 0 else day.year - 1, month=month if month > 0 else month + 12, day=1)
