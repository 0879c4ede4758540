"""The shared lines and their scorer, where they are at hand: a measure, not a model."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from crm.desk.quicklog import parse

from .seller import directory

LINES = Path(__file__).resolve().parents[4] / "shared/data/quicklog"


@pytest.mark.skipif(not LINES.is_dir(), reason="the shared lines are not beside this checkout")
def test_nearly_every_line_is_wholly_right(tmp_path):
    known = directory(LINES / "directory.csv")
    made = tmp_path / "predictions.jsonl"
    with open(LINES / "lines.jsonl", encoding="utf-8") as f, open(made, "w", encoding="utf-8") as out:
        for x in map(json.loads, f):
            got = parse(x["text"], datetime.fromisoformat(x["at"]), known).as_json()
            out.write(json.dumps(got, ensure_ascii=False) + "\n")
    command = [sys.executable, str(LINES / "score.py"), str(made), str(LINES / "lines.jsonl"), "--json"]
    total = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)["overall"]
    assert total["right"] >= 0.97 * total["lines"]
    assert total["wrong"] <= 1
