"""Mail: whether there is a server for it, and handing one message over so that a crash does not send it twice.

Everything is sent with Django's own mail settings (docs/install.md). Nothing here waits longer than `TIMEOUT`.
"""

import smtplib
from contextlib import contextmanager

from django.conf import settings
from django.core import mail
from django.core.mail.backends.smtp import EmailBackend

_SMTP = "django.core.mail.backends.smtp.EmailBackend"


class NotSent(Exception):
    """The message was certainly not taken; it may be tried again."""


class Unsure(Exception):
    """The connection broke after the last byte: it may have been taken or not."""


def configured():
    """Whether mail can be sent at all: a server is named, or another backend than Django's SMTP."""
    return settings.EMAIL_BACKEND != _SMTP or bool(settings.EMAIL_HOST)


def link(path):
    """The whole address of a path of ours, for a mail; "" where nobody has told under which name we are reached.

    Never from a request's Host header, which whoever sends the request chooses.
    """
    return settings.PUBLIC_URL.rstrip("/") + path if settings.PUBLIC_URL else ""


def hand_over(message, committing):
    """Send one message to one recipient; `committing()` is called in the last moment it can still be stopped.

    With SMTP that moment is before the dot that ends the message: a server that never gets the dot throws away
    what it has. So a process that dies before `committing()` has stored anything has sent nothing, and one that
    dies after it has as good as certainly sent everything. With other backends it is before sending.

    Raises NotSent (also when `committing` was called: then the server said no), and Unsure.
    """
    try:
        connection = mail.get_connection(fail_silently=False)
        if not isinstance(connection, EmailBackend):
            committing()
            return _otherwise(connection, message)
        with _opened(connection) as server:
            _smtp(server, message, committing)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(_words(error)) from error


def _otherwise(connection, message):
    """Nobody knows what another backend has done when it fails."""
    try:
        connection.send_messages([message])
    except Exception as error:
        raise Unsure(_words(error)) from error


@contextmanager
def _opened(connection):
    connection.timeout = settings.EMAIL_TIMEOUT
    connection.open()
    try:
        yield connection.connection
    finally:
        connection.close()


def _smtp(server, message, committing):
    """MAIL, RCPT, DATA and the text; then `committing`, then the dot."""
    server.ehlo_or_helo_if_needed()
    _expect(server.mail(_address(message.from_email)), 250)
    _expect(server.rcpt(message.to[0]), 250, 251)
    _expect(server.docmd("DATA"), 354)
    lines = message.message().as_bytes(linesep="\r\n").split(b"\r\n")
    # A line of one dot would end the message early (RFC 5321, 4.5.2).
    server.send(
        b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines).rstrip(b"\r\n") + b"\r\n"
    )
    committing()
    try:
        server.send(b".\r\n")
        answer = server.getreply()
    except Exception as error:
        raise Unsure(_words(error)) from error
    _expect(answer, 250)


def _address(sender):
    """The bare address of "Callback <callback@example.org>"."""
    return mail.message.sanitize_address(sender, "utf-8").rpartition("<")[2].rstrip(">")


def _expect(answer, *codes):
    code, words = answer
    if code not in codes:
        raise smtplib.SMTPResponseException(code, words)


def _words(error):
    """What a mail server or the network said, in one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return f"{error.smtp_code} {' '.join(said.split())}"[:200]
    return (str(error) or type(error).__name__)[:200]
