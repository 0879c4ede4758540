"""Data folders of their own, worked on by real `manage.py` processes: what keeps files cannot be tested in memory."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SETUP = (
    "import django; django.setup();"
    "from django.core.management import call_command; call_command('migrate', verbosity=0, skip_checks=True)"
)


class Home:
    """One data folder."""

    def __init__(self, path):
        self.path = Path(path)
        self.database = self.path / "callback.sqlite3"

    @classmethod
    def made(cls, path):
        home = cls(path)
        home.path.mkdir()
        home.python(_SETUP)
        return home

    def copied(self, path):
        shutil.copytree(self.path, path)
        return Home(path)

    @property
    def environment(self):
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "CALLBACK_TEST_DATABASE")}
        return kept | {
            "CALLBACK_HOME": str(self.path),
            "DJANGO_SETTINGS_MODULE": "crm.settings",
            "PYTHONPATH": str(ROOT),
        }

    def python(self, code):
        return subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def manage(self, *arguments):
        """The finished process."""
        command = [sys.executable, "manage.py", *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)

    def done(self, *arguments):
        """What a command that must work printed as JSON."""
        finished = self.manage(*arguments, "--json")
        assert finished.returncode == 0, finished.stderr
        return json.loads(finished.stdout)

    def refused(self, *arguments):
        """The sentence with which a command refused; nothing on standard output, one line, exit code 1."""
        finished = self.manage(*arguments)
        assert finished.returncode == 1, finished.stdout
        assert not finished.stdout
        assert len(finished.stderr.strip().splitlines()) == 1, finished.stderr
        return finished.stderr

    def sql(self, statement, *values, path=None):
        with closing(sqlite3.connect(path or self.database)) as connection:
            rows = connection.execute(statement, values).fetchall()
            connection.commit()
        return rows

    def count(self, table="accounts_activity", path=None):
        return self.sql(f"SELECT count(*) FROM {table}", path=path)[0][0]
