"""Handing one message over: `committing` is called before the dot, and what happens after it is told apart."""

import pytest
from django.core.mail import EmailMessage

from crm.web import mail
from tests import smtp


@pytest.fixture
def inbox(settings):
    with smtp.serving() as (inbox, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
        yield inbox


def message(body="Hello\n.\n..\nbye"):
    return EmailMessage("Größe & Co", body, "Callback <me@here.example>", ["you@there.example"])


def test_arrives_as_it_was_written(inbox):
    seen = []
    mail.hand_over(message(), lambda: seen.append(len(inbox.taken)))

    (got,) = inbox.messages
    assert seen == [0], "the server had taken it before it was committed"
    assert (got["subject"], got["to"]) == ("Größe & Co", "you@there.example")
    assert got.get_content().splitlines() == ["Hello", ".", "..", "bye"]


def test_whoever_raises_in_the_last_moment_has_sent_nothing(inbox):
    def stop():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        mail.hand_over(message(), stop)
    mail.hand_over(message("the second"), lambda: None)
    assert [got.get_content().strip() for got in inbox.messages] == ["the second"]
    assert inbox.begun == 2


@pytest.mark.parametrize(("refuse", "committed"), [("rcpt", 0), ("dot", 1)])
def test_a_server_that_says_no_has_not_taken_it(inbox, refuse, committed):
    inbox.refuse, seen = refuse, []
    with pytest.raises(mail.NotSent, match=r"550 no such user|451 not now"):
        mail.hand_over(message(), lambda: seen.append(1))
    assert not inbox.taken and len(seen) == committed


def test_a_connection_that_breaks_before_the_dot_has_not_taken_it(inbox):
    inbox.hang_up = "data"
    with pytest.raises((mail.NotSent, mail.Unsure)):
        mail.hand_over(message("long " * 500_000), lambda: None)
    assert not inbox.taken


def test_a_connection_that_breaks_after_the_dot_leaves_it_unsure(inbox):
    inbox.hang_up = "dot"
    with pytest.raises(mail.Unsure):
        mail.hand_over(message(), lambda: None)
    assert len(inbox.taken) == 1


def test_nobody_listens(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 5
    with pytest.raises(mail.NotSent, match="refused"):
        mail.hand_over(message(), lambda: pytest.fail("nothing was handed over"))


def test_another_backend_is_asked_to_send(settings, mailoutbox):
    seen = []
    mail.hand_over(message(), lambda: seen.append(len(mailoutbox)))
    assert seen == [0] and len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("backend", "host", "can"),
    [("smtp", "", False), ("smtp", "mail.example", True), ("console", "", True)],
)
def test_whether_mail_can_be_sent(settings, backend, host, can):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    settings.EMAIL_HOST = host
    assert mail.configured() is can


def test_links_lead_to_the_address_that_was_told(settings):
    settings.PUBLIC_URL = "https://crm.example/"
    assert mail.link("/status/") == "https://crm.example/status/"
    settings.PUBLIC_URL = ""
    assert mail.link("/status/") == ""
