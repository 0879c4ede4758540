"""The command: one line or many, as JSON or as words; records only where it is not a dry run."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Activity, Entry
from tests import make

pytestmark = pytest.mark.django_db

KEYS = ["prospect", "people", "deal", "activity", "more_activities", "next_steps", "deal_changes", "unsure"]
LINE = "called Dana at Acme, left vm, call back thu 10am"


@pytest.fixture(autouse=True)
def acme(installation):
    prospect = make.prospect("Acme Corp")
    make.contact(prospect, "Dana Whitfield")
    make.deal(prospect, "Acme Corp rollout")
    return prospect


def run(*args, **options):
    out = StringIO()
    call_command("quicklog", *args, stdout=out, **options)
    return out.getvalue()


def test_one_line_as_the_contract_has_it():
    shown = json.loads(run(LINE, at="2026-03-11T09:30", dry_run=True, json=True))
    assert sorted(shown) == sorted(KEYS)
    assert (shown["prospect"], shown["people"], shown["deal"]) == ("Acme Corp", ["Dana Whitfield"], "Acme Corp rollout")
    assert shown["activity"] == {
        "kind": "call",
        "direction": "out",
        "outcome": "left_voicemail",
        "at": "2026-03-11T09:30",
        "minutes": None,
    }
    assert [(s["owner"], s["kind"], s["due_on"], s["due_time"]) for s in shown["next_steps"]] == [
        ("me", "call", "2026-03-12", "10:00")
    ]
    assert shown["deal_changes"] == {"amount": None, "close_on": None, "stage": None, "outcome": None}
    assert shown["unsure"] == []


def test_a_dry_run_stores_nothing_and_a_run_stores_once():
    before = Entry.objects.count()
    run(LINE, at="2026-03-11T09:30", dry_run=True, json=True)
    assert Entry.objects.count() == before and not Activity.objects.exists()
    run(LINE, at="2026-03-11T09:30")
    assert Activity.objects.get().on.isoformat() == "2026-03-11"


def test_a_batch_answers_each_line_in_its_order(tmp_path):
    lines = tmp_path / "lines.jsonl"
    texts = ["called Dana, no answer", "", "acme now 45k", "good day"]
    lines.write_text("\n".join(json.dumps({"at": "2026-03-11T09:30", "text": text}) for text in texts))
    shown = [json.loads(line) for line in run(batch=str(lines), dry_run=True, json=True).splitlines()]
    assert [s["activity"]["outcome"] for s in shown] == ["no_answer", None, None, None]
    assert [s["deal_changes"]["amount"] for s in shown] == [None, None, "45000.00", None]


def test_words_for_a_reader():
    assert "prospect: Acme Corp" in run(LINE, dry_run=True)


@pytest.mark.parametrize(
    ("args", "options", "why"),
    [
        ([], {}, "Give either a line"),
        (["a line"], {"batch": "x.jsonl"}, "Give either a line"),
        (["a line"], {"at": "yesterday"}, "is no local time"),
        (["a line"], {"at": "0001-01-01T00:00"}, "is no local time"),
        ([], {"batch": "/nowhere/lines.jsonl"}, "cannot be read"),
    ],
)
def test_what_makes_no_sense_is_said_in_one_sentence(args, options, why):
    with pytest.raises(CommandError, match=why):
        run(*args, **options)


@pytest.mark.parametrize(
    "line", ["no json", "[]", '{"at": "2026-03-11T09:30"}', '{"text": "x", "at": "0001-01-01T00:00"}']
)
def test_a_line_of_another_shape_is_named(tmp_path, line):
    lines = tmp_path / "lines.jsonl"
    lines.write_text(line)
    with pytest.raises(CommandError):
        run(batch=str(lines), dry_run=True)
