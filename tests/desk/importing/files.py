"""Where other people's files lie, if they are here, and a helper that imports a made-up one."""

import os
from pathlib import Path

import pytest

from crm.desk.importing.mapping import Choices
from crm.desk.importing.running import run

DATA = Path(os.environ.get("CALLBACK_SAMPLES") or Path(__file__).resolve().parents[4] / "shared" / "data")


def sample(name):
    """The path of one of the samples; skips the test where they are not on this machine."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the sample files are not here ({name})")
    return path


def write(tmp_path, text, name="file.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def bring_in(tmp_path, text, name="file.csv", *, dry=False, **choices):
    """Import made-up text. Returns the Result."""
    return run(str(write(tmp_path, text, name)), Choices(**choices), label=name, dry=dry)
