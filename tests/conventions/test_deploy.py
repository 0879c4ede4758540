"""Served by https, the settings satisfy Django's own checks, and refuse what is not safe."""

import os
import subprocess
import sys

import pytest

from .routes import ROOT


def manage(home, *args, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *args],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "CALLBACK_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_check_deploy_is_clean(tmp_path):
    done = manage(
        tmp_path, "check", "--deploy", "--fail-level", "WARNING", CALLBACK_HTTPS="1", CALLBACK_HOSTS="sales.example"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr
    assert "WARNINGS" not in done.stderr


def test_check_deploy_is_clean_where_this_machine_alone_is_answered(tmp_path):
    """Nothing travels; what is left out are the four findings about https, and nothing else."""
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues (4 silenced)" in done.stdout + done.stderr


def test_check_deploy_finds_plain_http_under_any_other_name(tmp_path):
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", CALLBACK_HOSTS="localhost,192.168.1.5")
    assert done.returncode != 0
    for finding in ("W004", "W008", "W012", "W016", "4 issues (0 silenced)"):
        assert finding in done.stderr


def test_check_deploy_finds_the_debugger(tmp_path):
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", CALLBACK_DEBUG="1")
    assert done.returncode != 0
    assert "W018" in done.stderr


def test_check_is_clean_on_this_machine_alone(tmp_path):
    done = manage(tmp_path, "check", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_key_too_short_is_refused_in_words(tmp_path):
    done = manage(tmp_path, "check", CALLBACK_SECRET_KEY="secret")
    assert done.returncode != 0
    assert "too short to be secret" in done.stderr


def test_the_key_file_is_nobody_elses(tmp_path):
    manage(tmp_path, "check")
    key = tmp_path / "secret_key"
    assert len(key.read_text()) >= 50
    assert key.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("host", ["sales.example", "evil.example"])
def test_only_named_hosts_are_answered(client, settings, host, db):
    settings.ALLOWED_HOSTS = ["sales.example"]
    assert client.get("/login/", headers={"Host": host}).status_code == (200 if host == "sales.example" else 400)


@pytest.mark.parametrize("model", ["accounts", "deals", "access", "web"])
def test_every_change_of_a_model_has_its_migration(model, db):
    from django.core.management import call_command

    call_command("makemigrations", model, check=True, dry_run=True, verbosity=0)
