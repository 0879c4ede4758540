"""The index: beginnings of words, names best first, everything else newest first."""

import pytest

from crm.web import textindex

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def documents(db):
    textindex.put(
        [
            ("prospect", 1, False, "North Halden", "Oakland"),
            ("prospect", 2, False, "Halden Freight", "Oakland"),
            ("prospect", 3, False, "Acme", "near Halden"),
            ("contact", 1, False, "Dana Çelik", "dana@halden.example +14155550142"),
            ("activity", 7, False, "", "called halden"),
            ("activity", 8, True, "", "called halden again"),
            ("step", 1, False, "Call Halden", ""),
        ]
    )


def test_names_best_first():
    assert textindex.find("hald", kinds=("prospect",)) == [("prospect", 2), ("prospect", 1), ("prospect", 3)]
    assert textindex.find("hald", kinds=("prospect",), limit=1) == [("prospect", 2)]


def test_newest_first_and_private_only_where_asked():
    assert textindex.find("halden", kinds=("activity",)) == [("activity", 7)]
    assert textindex.find("halden", kinds=("activity",), private=True) == [("activity", 8), ("activity", 7)]


def test_all_words_must_begin_so_in_any_order():
    assert textindex.find("oak hal", kinds=("prospect",)) == [("prospect", 1), ("prospect", 2)]
    assert textindex.find("oak zzz") == []
    assert textindex.find("CELIK") == [("contact", 1)]


def test_several_kinds_in_one_question():
    assert {kind for kind, _ in textindex.find("halden")} == {"prospect", "contact", "activity", "step"}


def test_put_replaces_and_drop_takes_out():
    textindex.put([("prospect", 2, False, "Zebra", "")])
    assert textindex.find("freight") == []
    assert textindex.find("zeb") == [("prospect", 2)]
    textindex.drop([("prospect", 2), ("activity", 7), ("activity", 99)])
    assert textindex.find("zeb") == []
    assert textindex.find("again", private=True) == [("activity", 8)]
    textindex.clear()
    assert textindex.find("dana") == textindex.find("again", private=True) == []


@pytest.mark.parametrize("text", ["", " ", '"', "*", "AND", "title:", "^", "(", "a" * 2000, "-", "NEAR(a b)"])
def test_operators_are_plain_characters(text):
    assert isinstance(textindex.find(text), list)


def test_all_matches_are_there_when_many_are_wanted():
    textindex.put(("prospect", n, False, f"Many {n}", "") for n in range(100, 1600))
    assert len(textindex.find("many", kinds=("prospect",), limit=20_000)) == 1500
