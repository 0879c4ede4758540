"""A prospect that was merged into another still goes by its old name, and by the id its file gave it."""

import pytest

from accounts.models import Contact, Prospect
from crm.desk.importing import jobs
from crm.desk.importing.mapping import Choices, Mapping
from crm.desk.importing.reading import open_sheet
from crm.desk.merging import merge
from deals.models import Deal
from tests import make

from .files import write

pytestmark = pytest.mark.django_db

BY_NAME = """prospect,person,email,deal,amount,stage,close_on
Halden Freight,Dana Whitfield,dana@halden.example,Halden rollout,48000,Evaluating,2026-04-30
Halden Logistics,Jo Park,jo@halden.example,Halden portal,95000.50,Proposal,2026-09-30
Halden Group,,,,,,
"""
BY_ID = """Company ID,Company name,City
c-1,Halden Freight,Oakland
c-2,Halden Logistics,Oakland
c-3,Halden Group,Oakland
"""


def bring_in(tmp_path, text):
    path = write(tmp_path, text)
    item = jobs.begun("file.csv", None, Choices())
    jobs.perform(item, str(path), Mapping(open_sheet(path)))


def records():
    return [list(model.objects.order_by("pk").values_list("pk", "name")) for model in (Prospect, Contact, Deal)]


def merged(duplicate, into):
    with make.submission() as entry:
        merge(Prospect.objects.get(name=duplicate), Prospect.objects.get(name=into), entry)
    return entry


@pytest.mark.parametrize("sheet", [BY_NAME, BY_ID], ids=["by name", "by id"])
def test_the_same_file_again_makes_no_duplicate_again(installation, tmp_path, sheet):
    bring_in(tmp_path, sheet)
    merged("Halden Group", "Halden Logistics")
    merged("Halden Logistics", "Halden Freight")
    before = records()
    assert [name for _, name in before[0]] == ["Halden Freight"]

    bring_in(tmp_path, sheet)

    assert records() == before


@pytest.mark.parametrize("sheet", [BY_NAME, BY_ID], ids=["by name", "by id"])
def test_taken_apart_again_each_is_its_own(installation, tmp_path, sheet):
    bring_in(tmp_path, sheet)
    before = records()
    merged("Halden Logistics", "Halden Freight").undo()

    bring_in(tmp_path, sheet)

    assert records() == before
