"""Letting somebody look in, and no more."""

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse

from crm.web import mail

from . import sessions
from .models import OneTimeLink, User

log = logging.getLogger(__name__)
INVITED = timedelta(days=7)
NEW_PASSWORD = timedelta(days=1)


def invite(email, name):
    """The path of a one-time link for that address. An earlier one for it stops working."""
    token = OneTimeLink.make(OneTimeLink.INVITATION, INVITED, email=email, name=name)
    return reverse("invitation_accept", args=[token])


def waiting():
    """Invitations that nobody has accepted yet, newest first."""
    return OneTimeLink.objects.working(OneTimeLink.INVITATION).order_by("-created_at", "-pk")


def invitation(token):
    """The invitation, or None when it is unknown, used, taken back or run out (all look the same)."""
    link = OneTimeLink.find(OneTimeLink.INVITATION, token)
    if link is None or User.objects.filter(email=link.email).exists():
        return None
    return link


@transaction.atomic
def join(link, name, password):
    """The manager that the invitation makes, once. Raises ValidationError; nothing is stored then."""
    try:
        with transaction.atomic():
            if not link.use():
                raise ValidationError("Somebody has just used this link.")
            return User.objects.create_user(link.email, name, password, User.MANAGER)
    except IntegrityError:
        raise ValidationError("Somebody has just used this link.") from None


def new_password(user):
    """The path of a one-time link by which `user` sets a new password."""
    token = OneTimeLink.make(OneTimeLink.PASSWORD, NEW_PASSWORD, user=user)
    return reverse("password_reset", args=[token])


def password_link(token):
    """The link for a new password, or None when it is unknown, used, run out, or its user may not come in."""
    link = OneTimeLink.find(OneTimeLink.PASSWORD, token)
    return link if link and link.user and link.user.is_active else None


@transaction.atomic
def remove(person):
    """Let somebody in no more: their browsers are signed out now, and no link of theirs works."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    sessions.end(person)
    OneTimeLink.objects.filter(user=person, used_at=None).delete()


def let_in(person):
    """Let somebody in again whom `remove` kept out; they sign in as before."""
    person.is_active = True
    person.save(update_fields=["is_active"])


def first_page():
    """Where somebody who looks in begins: what they are to know of every account, if this installation has it."""
    try:
        return reverse("status")
    except NoReverseMatch:
        return "/"


def mail_invitation(request, email, name, path):
    """Send the link, too. Returns "sent", "failed", or "" where no mail can be sent from here."""
    words = {"name": name, "seller": request.user.name, "days": INVITED.days}
    return _mail(email, f"{request.user.name} lets you look in", "access/mail_invitation.txt", words, path)


def mail_password(request, person, path):
    """Send the link, too. Returns as `mail_invitation`."""
    words = {"name": person.name, "seller": request.user.name, "hours": 24}
    return _mail(person.email, "A new password for Callback", "access/mail_password.txt", words, path)


def _mail(to, subject, template, words, path):
    url = mail.link(path) if mail.configured() else ""
    if not url:
        return ""
    text = render_to_string(template, words | {"url": url})
    try:
        mail.hand_over(EmailMessage(" ".join(subject.split()), text, to=[to]), committing=lambda: None)
    except (mail.NotSent, mail.Unsure) as error:
        log.warning("The link could not be mailed: %s", error)
        return "failed"
    return "sent"
