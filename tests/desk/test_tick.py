"""manage.py tick: each job once, whoever asks, and again after a death."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.models import NameChange, Prospect
from crm.access.models import OneTimeLink, Session
from crm.desk import jobs
from crm.desk.jobs import Job, Lease
from crm.desk.keeping import backup
from crm.web import clock
from tests import make

from .homes import ROOT, Home

NOW = "2026-03-11 14:00+00:00"


@pytest.fixture
def counted(monkeypatch):
    """One job that counts how often it ran."""
    runs = []
    monkeypatch.setattr(jobs, "JOBS", [Job("count", timedelta(hours=1), lambda: runs.append(1))])
    return runs


@pytest.mark.django_db
class TestLease:
    def test_one_holds_it(self):
        hour = timedelta(hours=1)
        assert Lease.take("a", every=hour, length=hour)
        assert Lease.take("a", every=hour, length=hour) is None
        assert Lease.take("b", every=hour, length=hour)

    def test_done_is_done_until_it_is_due_again(self, counted):
        with time_machine.travel(NOW, tick=False) as at:
            assert jobs.tick() == ([("count", "nothing to do")], [])
            assert jobs.tick() == ([], [])
            at.shift(timedelta(minutes=59))
            jobs.tick()
            assert len(counted) == 1
            at.shift(timedelta(minutes=1))
            jobs.tick()
            assert len(counted) == 2

    def test_it_lapses_when_its_holder_dies(self, counted):
        with time_machine.travel(NOW, tick=False) as at:
            dead = Lease.take("count", every=timedelta(hours=1), length=jobs.LEASE)
            jobs.tick()
            assert not counted
            at.shift(jobs.LEASE)
            jobs.tick()
            assert counted
            assert dead.done() is False  # come back from the dead, it changes nothing

    def test_a_failure_waits_and_stops_no_other_job(self, monkeypatch, capsys):
        def broken():
            raise ValueError("no")

        other = []
        monkeypatch.setattr(
            jobs,
            "JOBS",
            [Job("bad", timedelta(hours=1), broken), Job("good", timedelta(hours=1), lambda: other.append(1))],
        )
        with time_machine.travel(NOW, tick=False) as at:
            with pytest.raises(CommandError, match="bad failed: no"):
                call_command("tick", "--json")
            assert json.loads(capsys.readouterr().out) == {"done": {"good": "nothing to do"}, "failed": {"bad": "no"}}
            call_command("tick")  # too early for either
            at.shift(timedelta(hours=1))
            with pytest.raises(CommandError):
                call_command("tick", verbosity=0)
        assert len(other) == 2


@pytest.mark.django_db
class TestJobs:
    @pytest.fixture(autouse=True)
    def _zone(self, installation):
        pass

    def test_trash_after_thirty_days(self):
        with time_machine.travel(NOW, tick=False) as at:
            row = make.prospect("Acme")
            with make.submission() as entry:
                row.trash(entry)
            at.shift(timedelta(days=29))
            assert jobs.purge_trash() is None and Prospect.everything.exists()
            at.shift(timedelta(days=1))
            assert jobs.purge_trash() == "1 prospect"
            assert not Prospect.everything.exists()
            assert jobs.purge_trash() is None

    def test_sessions_and_links_that_ran_out(self):
        with time_machine.travel(NOW, tick=False) as at:
            Session.objects.create(session_key="old", expire_date=clock.now() - timedelta(days=1))
            Session.objects.create(session_key="new", expire_date=clock.now() + timedelta(days=1))
            OneTimeLink.make("setup")
            jobs.clear_sessions()
            assert jobs.clear_links() is None
            at.shift(timedelta(days=9))
            assert jobs.clear_links() == "1 one-time links"
        assert [s.session_key for s in Session.objects.all()] == ["new"]

    def test_names_keep_the_last(self, monkeypatch):
        monkeypatch.setattr(jobs, "NAME_CHANGES_KEPT", 10)
        NameChange.objects.bulk_create(NameChange(record_type="deal", record_id=n) for n in range(25))
        last = NameChange.objects.order_by("-pk").first().pk
        jobs.trim_name_changes()
        assert sorted(NameChange.objects.values_list("pk", flat=True)) == list(range(last - 9, last + 1))
        assert jobs.trim_name_changes() is None


@pytest.mark.django_db(transaction=True)
def test_daily_backup_and_the_last_seven(installation, tmp_path, settings):
    settings.HOME = tmp_path
    with time_machine.travel(NOW, tick=False) as at:
        for _ in range(9):
            assert backup.daily().exists()
            assert backup.daily() is None
            at.shift(timedelta(days=1))
    names = sorted(path.name for path in (tmp_path / "backups").iterdir())
    assert names == [f"2026-03-{n}-daily.callback" for n in range(13, 20)]


def test_processes_at_once_do_each_job_once(tmp_path):
    home = Home.made(tmp_path / "home")
    command = [sys.executable, "manage.py", "tick", "--json"]
    running = [
        subprocess.Popen(command, cwd=ROOT, env=home.environment, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    told = [json.loads(process.communicate()[0]) for process in running]
    done = [name for one in told for name in one["done"]]
    leased = sorted(job.name for job in jobs.JOBS if job.lease)
    assert sorted(name for name in done if name != "digests") == leased  # those claim each mail (test_digest.py)
    assert not any(one["failed"] for one in told)
    assert len(list((home.path / "backups").iterdir())) == 1


def test_after_kill_the_next_takes_over(tmp_path):
    home = Home.made(tmp_path / "home")
    code = (
        "import django; django.setup(); from crm.desk import jobs; from datetime import timedelta; import time;"
        "stuck = lambda: print('on', flush=True) or time.sleep(600);"
        "jobs.JOBS = [jobs.Job('daily backup', timedelta(hours=1), stuck)]; jobs.tick()"
    )
    stuck = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=home.environment, stdout=subprocess.PIPE, text=True
    )
    stuck.stdout.readline()
    stuck.kill()
    stuck.wait()
    assert "daily backup" not in home.done("tick")["done"]
    home.sql("UPDATE desk_lease SET until = datetime('now', '-1 second') WHERE name = 'daily backup'")
    assert list(home.done("tick")["done"]) == ["daily backup"]
