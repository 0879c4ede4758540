"""Lines as sellers type them, with what a careful reader makes of each."""

from datetime import datetime

import pytest

from crm.desk.quicklog import parse

from . import seller

KNOWN = seller.directory()


@pytest.mark.parametrize("line", seller.corpus(), ids=lambda x: x["text"][:60])
def test_line(line):
    got = parse(line["text"], datetime.fromisoformat(line["at"]), KNOWN).as_json()
    assert got == line["expect"]
