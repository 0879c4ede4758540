"""When a digest is due, what it says, and that each is sent once."""

import os
import random
import re
import subprocess
import sys
import time
from datetime import date
from datetime import time as clock_time
from decimal import Decimal

import pytest
import time_machine

from crm.access.models import AuditEvent
from crm.desk import digest
from crm.desk.digest.due import due_on
from crm.desk.models import DigestMail, DigestPlan
from crm.web import clock
from tests import dice, make, smtp

from .homes import ROOT, Home

MORNING = "2026-03-11 08:30+00:00"  # a Wednesday
KILLS = int(os.environ.get("CALLBACK_DIGEST_KILLS", "6"))


@pytest.fixture(autouse=True)
def _utc(request):
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("installation")
        make.installation(time_zone="UTC")


def plan(user, rhythm="daily", at=clock_time(8), since="2026-01-01", weekday=2):
    since = clock.instant(date.fromisoformat(since), clock_time())
    return DigestPlan.objects.create(user=user, rhythm=rhythm, at=at, weekday=weekday, since=since)


@pytest.fixture
def inbox(settings):
    with smtp.serving() as (inbox, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
        yield inbox


@pytest.mark.django_db
class TestDue:
    @pytest.mark.parametrize(
        ("rhythm", "now", "on"),
        [
            ("daily", "2026-03-11 07:59", "2026-03-10"),
            ("daily", "2026-03-11 08:00", "2026-03-11"),
            ("workdays", "2026-03-15 12:00", "2026-03-13"),  # on Sunday, Friday's
            ("weekly", "2026-03-11 08:00", "2026-03-11"),
            ("weekly", "2026-03-11 07:59", "2026-03-04"),
            ("weekly", "2026-03-17 23:00", "2026-03-11"),
            ("off", "2026-03-11 08:00", None),
        ],
    )
    def test_the_last_one_before_now(self, morgan, rhythm, now, on):
        with time_machine.travel(f"{now}+00:00", tick=False):
            assert due_on(plan(morgan, rhythm)) == (on and date.fromisoformat(on))

    def test_nothing_from_before_it_was_asked_for(self, morgan):
        with time_machine.travel(MORNING, tick=False):
            one = plan(morgan)
            one.since = clock.now()
            assert due_on(one) is None

    def test_the_hour_that_spring_skips_is_the_one_after(self, morgan):
        make.installation(time_zone="Europe/Berlin")
        one = plan(morgan, at=clock_time(2, 30))
        with time_machine.travel("2026-03-29 00:59+00:00", tick=False):
            assert due_on(one) == date(2026, 3, 28)
        with time_machine.travel("2026-03-29 01:30+00:00", tick=False):  # 03:30 there
            assert due_on(one) == date(2026, 3, 29)


@pytest.mark.django_db(transaction=True)
class TestSending:
    def test_one_a_day_to_whom_it_is_for(self, morgan, inbox):
        plan(morgan)
        with time_machine.travel(MORNING, tick=False) as at:
            assert digest.send_due() == "1 sent"
            assert digest.send_due() is None
            at.move_to("2026-03-12 07:59+00:00")
            assert digest.send_due() is None
            at.move_to("2026-03-12 08:00+00:00")
            assert digest.send_due() == "1 sent"
        assert [message["to"] for message in inbox.messages] == [morgan.email] * 2
        assert len({message["message-id"] for message in inbox.messages}) == 2
        assert AuditEvent.objects.filter(action="digest_sent", user=morgan).count() == 2

    def test_a_machine_that_slept_sends_one_not_three(self, morgan, inbox):
        plan(morgan)
        with time_machine.travel("2026-03-14 09:00+00:00", tick=False):
            digest.send_due()
        assert DigestMail.objects.get().due_on == date(2026, 3, 14)

    def test_nobody_who_is_let_in_no_more(self, morgan, inbox):
        plan(morgan)
        morgan.is_active = False
        morgan.save()
        digest.send_due()
        assert not inbox.taken and not DigestMail.objects.exists()

    def test_without_a_server_nothing_is_made(self, morgan, settings):
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", ""
        plan(morgan)
        assert digest.send_due() is None
        assert not DigestMail.objects.exists()

    def test_a_server_that_says_no_is_asked_again_and_then_no_more(self, morgan, inbox):
        plan(morgan)
        inbox.refuse = "dot"
        with time_machine.travel(MORNING, tick=False) as at:
            digest.send_due()
            row = DigestMail.objects.get()
            assert (row.state, row.tries, row.handed_at) == ("waiting", 1, None) and "451" in row.error
            digest.send_due()
            assert inbox.begun == 1, "it waits a minute first"
            for _ in range(6):
                at.shift(6 * 3600)
                DigestMail.objects.exclude(pk=row.pk).delete()
                digest.send_due()
            row.refresh_from_db()
            assert row.state == "failed"
            inbox.refuse = ""
            assert digest.send_again(row)
            digest.send_due()
        row.refresh_from_db()
        assert row.state == "sent"
        assert [message["message-id"].strip() for message in inbox.messages].count(row.message_id) == 1

    def test_perhaps_sent_is_not_sent_again_by_itself(self, morgan, inbox):
        plan(morgan)
        inbox.hang_up = "dot"
        with time_machine.travel(MORNING, tick=False):
            digest.send_due()
            digest.send_due()
        assert DigestMail.objects.get().state == "unsure"
        assert len(inbox.taken) == 1

    def test_of_two_at_once_one_sends(self, morgan, inbox, monkeypatch):
        plan(morgan)
        from crm.desk.digest import sending

        message, inner = sending._message, []

        def meanwhile(row):
            if not inner:
                inner.append(1)
                assert digest.send_due() == "1 sent"
            return message(row)

        monkeypatch.setattr(sending, "_message", meanwhile)
        with time_machine.travel(MORNING, tick=False):
            assert digest.send_due() is None
        assert len(inbox.taken) == 1 and inbox.begun == 2
        assert DigestMail.objects.get().state == "sent"


@pytest.mark.django_db(transaction=True)
def test_what_it_says(sam, morgan, inbox, settings):
    settings.PUBLIC_URL = "https://crm.example/"
    with time_machine.travel("2026-03-10 12:00+00:00", tick=False):
        halden = make.prospect("Halden <b>Freight</b>")
        make.deal(halden, "Halden rollout", amount=Decimal(45000), close_on=date(2026, 3, 20))
        make.step(halden, "Send the price", date(2026, 3, 10))
        make.activity(halden, "note", text="seventh seal", private=True)
        make.step(halden, "Seventh seal", date(2026, 3, 9), private=True)
    plan(morgan)
    plan(sam)
    with time_machine.travel(MORNING, tick=False):
        digest.send_due()

    assert {message["to"] for message in inbox.messages} == {sam.email, morgan.email}
    for message in inbox.messages:
        text, html = (message.get_body([kind]).get_content() for kind in ("plain", "html"))
        assert "1 new" in message["subject"]
        for part in (text, html):
            assert "$45,000" in part and "Send the price" in part and "https://crm.example/status/" in part
            assert "seventh" not in part.casefold()
        assert "Halden <b>Freight</b>" in text
        assert "Halden &lt;b&gt;Freight&lt;/b&gt;" in html and "<b>Freight" not in html
        assert not re.search(r"<img|<script|style=|src=", html)


_READER = """
import django; django.setup()
from datetime import date, timedelta
from crm.access.models import Installation, User
from crm.desk.models import DigestMail, DigestPlan
Installation.objects.create()
User(pk=1, email="m@x.example", name="M").save()
DigestPlan.objects.create(user_id=1, rhythm="off")
for n in range({days}):
    DigestMail.objects.create(user_id=1, due_on=date(2026, 1, 1) + timedelta(n), message_id="<%d@x>" % n)
"""


def test_each_is_sent_once_whatever_is_killed(tmp_path):
    """`manage.py tick` killed with -9 at random moments while it sends 40; CALLBACK_DIGEST_KILLS for a longer run."""
    seed = dice.seed("CALLBACK_SEED")
    chance, home, days = random.Random(seed), Home.made(tmp_path / "home"), max(40, 3 * KILLS)
    print(f"seed {seed}, {KILLS} kills, {days} digests")
    home.python(_READER.format(days=days))
    with smtp.serving() as (inbox, port):
        environment = home.environment | {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port)}
        command = [sys.executable, "manage.py", "tick"]
        for _ in range(KILLS):
            begun = inbox.begun
            running = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
            while inbox.begun == begun and running.poll() is None:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.1))
            running.kill()
            running.wait()
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        home.sql("UPDATE desk_digestmail SET handed_at = datetime('now', '-1 hour') WHERE state = 'waiting'")
        home.sql("DELETE FROM desk_lease")
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        got = [message["message-id"] for message in inbox.messages]

    rows = dict(home.sql("SELECT message_id, state FROM desk_digestmail"))
    unsure = {key for key, state in rows.items() if state == "unsure"}
    print(f"{len(got)} arrived, {len(unsure)} perhaps sent, {len(unsure - set(got))} of them did not arrive")
    assert len(rows) == days and set(rows.values()) <= {"sent", "unsure"}
    assert len(got) == len(set(got)), "one was sent twice"
    assert rows.keys() - set(got) <= unsure, "one that is marked as sent did not arrive"
    assert len(unsure) <= KILLS
