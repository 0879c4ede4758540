"""The date grammar: every phrase of the contract and its neighbours; what is no date stays none."""

from datetime import datetime

import pytest

from crm.desk.quicklog import dates
from crm.desk.quicklog.tokens import tokenize

WED = datetime(2026, 3, 11, 9, 30)  # a Wednesday morning


def due(text, at=WED, order="mdy"):
    found = [w for w in dates.find(tokenize(text), order) if not w.vague]
    if len(found) != 1:
        return None if not found else "several"
    got = found[0].due(at)
    return got and got[0].isoformat() + (f" {got[1]:%H:%M}" if got[1] else "")


def been(text, at=WED, order="mdy"):
    found = [w for w in dates.find(tokenize(text), order) if not w.vague]
    if len(found) != 1:
        return None if not found else "several"
    got = found[0].happened(at)
    return got and got[0].isoformat() + (f" {got[1]:%H:%M}" if got[1] else "")


DUE = """
thu | 2026-03-12
wed | 2026-03-18
thu 10am | 2026-03-12 10:00
this fri | 2026-03-13
this wed | 2026-03-11
next fri | 2026-03-20
tuesday week | 2026-03-24
next week | 2026-03-16
end of next week | 2026-03-20
in 2 weeks | 2026-03-25
a fortnight | 2026-03-25
in a fortnight | 2026-03-25
in a month | 2026-04-11
in 3 business days | 2026-03-16
in 20 min | 2026-03-11 09:50
the 14th | 2026-03-14
the 5th | 2026-04-05
mid March | 2026-03-15
before fri | 2026-03-12
eow | 2026-03-13
eom | 2026-03-31
by eoq | 2026-03-31
Q3 | 2026-09-30
tomorrow morning | 2026-03-12 09:00
tomorrow am | 2026-03-12 09:00
first thing monday | 2026-03-16 09:00
by noon friday | 2026-03-13 12:00
thurs pm | 2026-03-12 14:00
fri after lunch | 2026-03-13 14:00
tonight | 2026-03-11 18:00
by eod tomorrow | 2026-03-12 17:00
thurs cob | 2026-03-12 17:00
tomorrow at half 2 | 2026-03-12 14:30
thurs 10ish | 2026-03-12 10:00
at 4 | 2026-03-11 16:00
at 8 | 2026-03-12 08:00
at noon | 2026-03-11 12:00
mon at 12 | 2026-03-16 12:00
3/15 | 2026-03-15
3/9 at 10 | 2027-03-09 10:00
9 March | 2027-03-09
jan 6 | 2027-01-06
the tenth of may | 2026-05-10
a week on tuesday | 2026-03-24
two weeks from friday | 2026-03-27
day after tomorrow | 2026-03-13
wed the 18th | 2026-03-18
fri 3/13 | 2026-03-13
2026-04-01 14:00 | 2026-04-01 14:00
2-3pm thu | 2026-03-12 14:00
next monday at two | 2026-03-16 14:00
"""

BEEN = """
last tue | 2026-03-10
last wed | 2026-03-04
yesterday | 2026-03-10
yesterday 3pm | 2026-03-10 15:00
2 days ago | 2026-03-09
an hour ago | 2026-03-11 08:30
this morning | 2026-03-11 09:00
on friday | 2026-03-06
at 9 | 2026-03-11 09:00
at 11 | 2026-03-10 11:00
12/18 | 2025-12-18
the 2nd | 2026-03-02
last night | 2026-03-10 18:00
"""

NONE = """
may need budget
sat on it since spring
march them through
12 seats
second thoughts
2 of 3 partners
24/7 cover
1/3 of orders
the 3rd option
at 4 sites
in a few weeks
late next week
the other day
fri 3/14
may or may not
v2.5 and the 7 inch kiosks
5/16 bolts
10-speed listings
"""


@pytest.mark.parametrize("row", list(DUE.strip().splitlines()))
def test_due(row):
    text, want = (x.strip() for x in row.split("|"))
    assert due(text) == want


@pytest.mark.parametrize("row", list(BEEN.strip().splitlines()))
def test_happened(row):
    text, want = (x.strip() for x in row.split("|"))
    assert been(text) == want


@pytest.mark.parametrize("text", NONE.strip().splitlines())
def test_no_date(text):
    assert due(text) is None


def test_month_first_unless_set_otherwise():
    assert due("4/3") == "2026-04-03"
    assert due("4/3", order="dmy") == "2027-03-04" if WED.date().isoformat() > "2026-03-04" else "2026-03-04"


def test_friday_at_the_weekend_is_the_coming_one():
    assert due("eow", at=datetime(2026, 3, 13, 9, 0)) == "2026-03-13"
    assert due("eow", at=datetime(2026, 3, 14, 9, 0)) == "2026-03-20"


def test_clipped_to_the_end_of_the_month():
    assert due("in a month", at=datetime(2027, 1, 29, 9, 0)) == "2027-02-28"
    assert due("in a month", at=datetime(2028, 1, 31, 9, 0)) == "2028-02-29"
