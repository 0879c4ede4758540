"""Data folders with made-up volume, in the state of a served installation: migrated, static files collected."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SETUP = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
"""


def size(name, default):
    return int(os.environ.get(f"CALLBACK_BENCH_{name}") or default)


class Home:
    def __init__(self, path):
        self.path = Path(path)

    @classmethod
    def made(cls, path):
        """An empty installation."""
        home = cls(path)
        home.path.mkdir(parents=True)
        home.run("-c", _SETUP)
        return home

    @classmethod
    def filled(cls, path, **sizes):
        """One with that much in it; taken as it is where it was made before."""
        if (Path(path) / "callback.sqlite3").exists():
            home = cls(path)
            home.run("-c", _SETUP)
            return home
        home = cls.made(path)
        home.run("manage.py", "generate", *(f"--{name}={number}" for name, number in sizes.items()))
        return home

    def copied(self, path):
        """The same in another folder: what is written there leaves this one as it is."""
        shutil.copytree(self.path, path)
        return Home(path)

    @property
    def environment(self):
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "CALLBACK_DEBUG", "CALLBACK_HTTPS")}
        return kept | {
            "CALLBACK_HOME": str(self.path),
            "DJANGO_SETTINGS_MODULE": "crm.settings",
            "PYTHONPATH": str(ROOT),
        }

    def run(self, *arguments):
        """What a Python process on this folder printed."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout
