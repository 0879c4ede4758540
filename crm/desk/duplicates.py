"""What a new prospect or contact looks like: records that may be the same, and why we think so.

It only ever warns. Names are compared folded and without legal forms; addresses by domain, numbers in E.164.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from accounts.models import Contact, EmailAddress, PhoneNumber, Prospect
from accounts.numbers import e164
from crm.web.text import fold

LEGAL = frozenset((
    "the", "and", "co", "company", "corp", "corporation", "inc", "incorporated", "llc", "llp", "ltd", "limited",
    "plc", "lp", "gmbh", "mbh", "ag", "kg", "ohg", "ug", "se", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "ab",
    "as", "asa", "oy", "aps", "a", "s", "kk", "pty", "pte", "holding", "holdings", "group",
))  # fmt: skip
# Everybody's mail lives there, so a shared domain says nothing.
FREE_MAIL = frozenset((
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com",
    "aol.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "proton.me", "protonmail.com", "mail.com",
))  # fmt: skip
SHOWN = 5
_NAMES_READ = 20_000  # more names than this are not compared letter by letter
_ALIKE = 87  # of 100; one letter in eight may differ


@dataclass
class Likeness:
    """A record that may be the same one, and why, in words."""

    record: object
    why: str


def core(name):
    """A company's name folded, without legal forms: "Halden Freight, Inc." → "halden freight"."""
    words = fold(name.replace("&", " ")).split()
    return " ".join([word for word in words if word not in LEGAL] or words)


def domain(address):
    """The domain of a website or an e-mail address, without www; "" where there is none of one's own."""
    address = (address or "").strip().casefold()
    if "@" in address and "/" not in address:
        host = address.rpartition("@")[2]
    else:
        try:
            host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
        except ValueError:
            return ""
    host = host.removeprefix("www.").strip(".")
    return host if re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) and host not in FREE_MAIL else ""


def prospects_like(name, *, website="", phone="", but=None):
    """At most SHOWN Likenesses of live prospects, the surest first."""
    found = {}
    rows = list(Prospect.objects.exclude(pk=but).values_list("pk", "name", "website", "phone")[:_NAMES_READ])
    _by_name(core(name), [(pk, core(theirs)) for pk, theirs, _, _ in rows], found)
    if site := domain(website):
        for pk, _, theirs, _ in rows:
            if theirs and domain(theirs) == site:
                found.setdefault(pk, "same website")
        mails = EmailAddress.objects.filter(folded__endswith=f"@{site}", contact__trashed_at=None)
        for pk in mails.exclude(contact__prospect=but).values_list("contact__prospect", flat=True)[:SHOWN]:
            found.setdefault(pk, f"people there write from {site}")
    if number := e164(phone) if phone else "":
        for pk, _, _, theirs in rows:
            if theirs and e164(theirs) == number:
                found.setdefault(pk, "same phone number")
        lines = PhoneNumber.objects.filter(e164=number, contact__trashed_at=None).exclude(contact__prospect=but)
        for pk in lines.values_list("contact__prospect", flat=True)[:SHOWN]:
            found.setdefault(pk, "somebody there has this number")
    return _likenesses(Prospect.objects.all(), found)


def _by_name(name, names, found):
    if not name:
        return
    for pk, theirs in names:
        if theirs == name:
            found.setdefault(pk, "same name")
    for pk, theirs in names:
        short, long = sorted((name, theirs), key=len)
        if len(short) > 3 and long.startswith(f"{short} "):
            found.setdefault(pk, "name begins the same")
    alike = process.extract(name, dict(names), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=SHOWN)
    for _, _, pk in alike:
        found.setdefault(pk, "similar name")


def contacts_like(prospect, name, *, emails=(), phones=(), but=None):
    """At most SHOWN Likenesses of live contacts: by address or number anywhere, by name at that prospect first."""
    found = {}
    people = Contact.objects.exclude(pk=but)
    addresses = [mail.strip().casefold() for mail in emails if mail.strip()]
    for pk, mail in people.filter(emails__folded__in=addresses).values_list("pk", "emails__raw")[:SHOWN]:
        found.setdefault(pk, f"same address, {mail}")
    numbers = [number for raw in phones if raw.strip() and (number := e164(raw))]
    for pk, number in people.filter(phones__e164__in=numbers).values_list("pk", "phones__raw")[:SHOWN]:
        found.setdefault(pk, f"same number, {number}")
    folded = fold(name)
    if folded and prospect is not None:
        there = dict(people.filter(prospect=prospect).values_list("pk", "folded")[:_NAMES_READ])
        for _, score, pk in process.extract(folded, there, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=SHOWN):
            found.setdefault(pk, "same name here" if score == 100 else "similar name here")
    if folded:
        for pk in people.filter(folded=folded).exclude(prospect=prospect).values_list("pk", flat=True)[:SHOWN]:
            found.setdefault(pk, "same name")
    return _likenesses(people.select_related("prospect"), found)


def _likenesses(records, found):
    keys = list(found)[:SHOWN]
    records = records.in_bulk(keys)
    return [Likeness(records[pk], found[pk]) for pk in keys if pk in records]
