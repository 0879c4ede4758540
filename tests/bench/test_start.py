"""How long from the command to the first page, once everything is set up; needs .venv and a quiet machine."""

import os
import subprocess
import sys
import time

import pytest

from crm.bootstrap import LOCK, ROOT, in_venv, installed

from ..bootstrap.test_serve import get, port_in, started

BUDGET_SECONDS = 2


@pytest.mark.bench
@pytest.mark.skipif(not (in_venv() and installed([LOCK])), reason="needs the .venv that `start` made")
def test_second_start(tmp_path, capsys):
    with started(tmp_path) as first:
        first.process.terminate()
        first.process.wait()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    took = []
    for _ in range(5):
        began = time.monotonic()
        process = subprocess.Popen(
            [sys._base_executable, ROOT / "manage.py", "start", "--port", "0", "--no-browser"],
            env={**environment, "CALLBACK_HOME": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert get(port_in(process.stdout.readline())) == 200
            took.append(time.monotonic() - began)
        finally:
            process.terminate()
            process.wait()
            process.stdout.close()
    with capsys.disabled():
        print(f"\nsecond start to first page: median {sorted(took)[2]:.2f} s, slowest {max(took):.2f} s")
    assert sorted(took)[2] < BUDGET_SECONDS
