"""What a file is about and what its columns mean, from its header.

A vendor's export is recognised by the names only it uses; any other header is read by the words below.
Whatever is chosen here can be changed column by column.
"""

import hashlib
import re
from dataclasses import dataclass, field

from crm.web.text import fold

from .fields import ACTIVITIES, CONTACTS, DEALS, EXTRA, FIELDS, HISTORY, IGNORE, PROSPECTS
from .reading import Unreadable
from .vendors import vendor_of

SHAPES = (PROSPECTS, CONTACTS, DEALS, ACTIVITIES)
# The columns that our own file of refused rows adds; they are nobody's data.
LINE, WHY = "Line", "Why it was left out"


class Doubtful(Unreadable):
    """It cannot be told what the file is about; the seller can say."""


@dataclass
class Shape:
    """`about`: one of SHAPES or HISTORY; `source` names where ids come from; `fields` holds a field, EXTRA or
    IGNORE for each column, in order; `labels` what kind of e-mail or phone a column holds: a word, or the number of
    the column that says it."""

    about: str
    source: str
    vendor: str
    fields: list
    labels: dict = field(default_factory=dict)
    constants: dict = field(default_factory=dict)  # what every row says without a column for it

    def makes(self):
        """The kinds of record that a row can make."""
        mapped = {FIELDS[name].record for name in self.fields if name in FIELDS and name != "known_email"}
        names = set(self.fields)
        if ("deal" in mapped and not names & _DEAL_SIGNS) or self.about == ACTIVITIES:
            mapped.discard("deal")
        if "activity" in mapped and not names & _ACTIVITY_SIGNS:
            mapped.discard("activity")
        if "contact" in mapped and not names & _PERSON_SIGNS:
            mapped.discard("contact")
        return [kind for kind in ("prospect", "contact", "deal", "activity") if kind in mapped]


_PERSON_SIGNS = {"person", "first_name", "last_name", "email", "person_id"}
_DEAL_SIGNS = {"deal", "deal_id", "amount", "stage", "outcome"}
_ACTIVITY_SIGNS = {"kind", "subject", "text", "step", "activity_id"}

# Words that mean the same in every file. Folded; the first name is the one that exports use here.
_WORDS = {
    "prospect": "prospect|prospect name|company|company name|account|account name|organization|organisation"
    "|organization name|organisation name|organization 1 name|customer|customer name|client|client name|employer"
    "|deal organization|firma|unternehmen|societe|empresa|kunde|associated company|primary company|business name",
    "prospect_id": "prospect id|company id|account id|accountid|organization id|account name id|associated company id",
    "domain": "domain|company domain|company domain name|associated company domain|email domain",
    "website": "website|website url|web site|web page|web page 1|website 1 value|url|homepage|company website",
    "prospect_phone": "prospect phone|company phone|company main phone|account phone|organization phone",
    "address": "prospect address|company address|organization address|billing street|billingstreet|head office",
    "city": "prospect city|company city|billing city|billingcity",
    "country": "prospect country|company country|billing country|billingcountry|office location",
    "about": "prospect about|industry|sector|branche",
    "parked_until": "parked until",
    "person": "person|person name|contact|contact name|contact person|deal contact person|full name|display name"
    "|file as|ansprechpartner|e mail display name|name of contact",
    "person_id": "person id|contact id|contactid",
    "first_name": "first name|firstname|given name|person first name|vorname|prenom|forename|nombre",
    "middle_name": "middle name|additional name|middlename",
    "last_name": "last name|lastname|family name|surname|person last name|nachname|nom|apellido",
    "prefix": "name prefix|salutation|anrede",
    "suffix": "name suffix",
    "title": "job title|title|position|job|organization 1 title|organization title|contact title|funktion|person title",
    "email": "email|e mail|email address|e mail address|mail|primary email|work email|person email|person email work"
    "|person email home|home email|secondary email|email 2|contact email|e mail 1 value|business email|email 1"
    "|emailadresse",
    "phone": "phone|phone number|telephone|tel|mobile|mobile phone|mobile phone number|cell|cell phone|work phone"
    "|business phone|person phone|direct phone|contact phone|phone 1 value|telefon|telefonnummer|handy|mobile number",
    "time_zone": "time zone|timezone",
    "deal": "deal|deal name|deal title|opportunity|opportunity name|dealname|opportunity title",
    "deal_id": "deal id|opportunity id|opp id|oppid|opportunityid|dealid",
    "amount": "amount|value|deal value|deal amount|opportunity amount|close value|total value|contract value|acv|arr"
    "|revenue amount|betrag|montant|importe|deal size|price",
    "stage": "stage|deal stage|stage name|opportunity stage|sales stage|pipeline stage|phase|etappe",
    "outcome": "outcome|deal status|deal outcome|won lost",
    "close_on": "close on|close date|closedate|closing date|expected close|expected close date|deal expected close date"
    "|forecast close date|abschlussdatum|closing|close",
    "ended_on": "ended on|won time|deal won time|won date|lost date|deal lost time|closed on|date won|closed date",
    "opened_on": "opened on|deal created|engage date|opportunity created date|open date|date opened|deal created date",
    "end_reason": "end reason|lost reason|closed lost reason|loss reason|deal lost reason|reason",
    "deal_source": "deal source",
    "role": "role|part in the deal",
    "kind": "activity type|kind|type of activity|activity kind",
    "activity_id": "activity id|engagement id",
    "on": "activity date|date of activity|happened on",
    "result": "call outcome|meeting outcome|call result|result",
    "subject": "activity subject|call meeting title subject",
    "text": "notes description|note content|activity note|call notes|note",
    "direction": "direction|call direction",
    "minutes": "minutes|duration minutes|duration (minutes)|call duration",
    "done": "activity done",
    "due_on": "task due date|activity due date",
    "step": "next step",
    "owner": "whose step",
    "private": "private note",
    "others": "also there|other attendees|attendees|participants",
    "step_kind": "step kind",
}
# Words whose meaning depends on what the file is about.
_BY_SHAPE = {
    PROSPECTS: {
        "prospect": "name",
        "prospect_id": "id|record id",
        "prospect_phone": "phone|phone number|telephone|tel",
        "address": "address|street|street address",
        "city": "city|town",
        "country": "country|office location",
        "source": "source|lead source|leadsource|origin",
        "prospect_made_on": "created|created date|createddate|create date|created at|date created",
        "about": "description|about",
    },
    CONTACTS: {
        "person": "name",
        "person_id": "id|record id",
        "phone": "phone 2 value|phone 3 value|phone 4 value|phone 5 value|phone 6 value|phone 7 value|home phone"
        "|home phone 2|business phone 2|car phone|other phone|primary phone|work number|mobile phone 2",
        "email": "e mail 2 value|e mail 3 value|e mail 4 value|e mail 2 address|e mail 3 address|secondary email"
        "|person email home|home email|email 2|additional email",
        "source": "source|lead source|leadsource|origin",
        "person_made_on": "created|created date|createddate|create date|created at",
        "person_about": "notes|note|about|description",
        "suffix": "suffix",
    },
    DEALS: {
        "deal": "name|title|product",
        "deal_id": "id|record id",
        "deal_source": "source|lead source|leadsource|origin",
        "opened_on": "created|created date|createddate|create date|created at|date created",
        "outcome": "status",
    },
    ACTIVITIES: {
        "activity_id": "id|record id",
        "kind": "type",
        "on": "date|on|start|start date|created date|created|createddate|created at|when",
        "time": "time|activity due time|start time",
        "subject": "subject|name",
        "text": "text|description|notes|comments|body|words|content",
        "result": "outcome|status|activity outcome",
        "due_on": "due date|activitydate",
        "done": "done",
        "minutes": "duration",
    },
    HISTORY: {"changed_on": "created date|createddate|date|changed on|changed at|last modified", "deal_id": "id"},
}
# Which names alone say what a file is about; a name may be in a column's own words of `_WORDS` only.
_SIGNS = {
    ACTIVITIES: ("kind", "activity_id", "subject"),
    DEALS: ("deal", "deal_id", "stage", "amount", "close_on"),
    CONTACTS: ("person", "first_name", "last_name", "email", "person_id"),
    PROSPECTS: ("prospect", "domain", "website", "about", "prospect_id"),
}
_LABELS = [
    ("mobile", "mobile"),
    ("cell", "mobile"),
    ("handy", "mobile"),
    ("home fax", "home fax"),
    ("fax", "fax"),
    ("work", "work"),
    ("business", "work"),
    ("home", "home"),
    ("main", "main"),
    ("other", "other"),
    ("car", "car"),
]


def key(name):
    """A column's name for comparing: "Deal - Title*" → "deal title"; camel case is parted."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return fold(parted)


def recognise(header, about=None):
    """The Shape of a file with these column names. `about` settles it where the header does not.

    Raises Unreadable for a file that is about nothing kept here.
    """
    keys = [key(name) for name in header]
    flat = [k.replace(" ", "") for k in keys]
    _refuse(flat, keys)
    vendor = vendor_of(flat)
    about = about or (vendor and vendor[1]) or _about(keys, flat)
    if about is None:
        shown = f"{', '.join(header[:8])}{'…' if len(header) > 8 else ''}"
        raise Doubtful(
            f"It is not clear what this file is about: no column is named after a company, a person, a deal or an"
            f" activity. The columns are {shown}."
        )
    source, label = (vendor[0], vendor[2]) if vendor else (f"csv:{signature(header)[:12]}", "")
    shape = Shape(about, source, label, [EXTRA] * len(header))
    for n, name in _assigned(keys, flat, about, vendor[3] if vendor else {}):
        shape.fields[n] = name
        if name in ("email", "phone"):
            shape.labels[n] = next((label for word, label in _LABELS if word in keys[n]), "")
    if source == "olist" and about == DEALS:
        shape.constants = {"outcome": "won"}
    _labels_beside(shape, keys)
    _settle(shape, keys)
    if WHY in header:
        shape.fields = [IGNORE if name in (LINE, WHY) else f for name, f in zip(header, shape.fields, strict=True)]
    return shape


def _assigned(keys, flat, about, vendor):
    """(column, field) pairs. Where two columns want a field, the one that means nothing else has it."""
    tables = [_squeezed(table) for table in (vendor, _words(_BY_SHAPE.get(about, {})), _words(_WORDS))]
    wishes = []
    for n, squeeze in enumerate(flat):
        wanted = [table[squeeze] for table in tables if table.get(squeeze)]
        wanted = wanted or [_numbered(keys[n])]
        rank = 0 if squeeze in tables[0] else 1 if keys[n].replace(" ", "_") == wanted[0] else 1 + len(wanted)
        wishes.append((rank, n, wanted[:1] if squeeze in tables[0] else wanted))
    taken = set()
    for _, n, wanted in sorted(wishes, key=lambda wish: wish[:2]):
        for name in wanted:
            if name in FIELDS and (name not in taken or FIELDS[name].many):
                taken.add(name)
                yield n, name
                break
            if name in (EXTRA, IGNORE):
                break


def _words(table):
    """{column name: field} from {field: "name|name"}; the field's own name is one of them."""
    return {word: name for name, words in table.items() for word in [name.replace("_", " "), *words.split("|")]}


def _squeezed(table):
    """The same without spaces, as "STAGENAME" and "Stage Name" mean one thing."""
    return {word.replace(" ", ""): name for word, name in table.items() if word}


def _numbered(name):
    """ "E-mail 5 - Value", "Phone 9 - Value" of Google's export, however many there are."""
    found = re.fullmatch(r"(e mail|phone) \d+ value", name)
    return found and {"e mail": "email", "phone": "phone"}[found[1]]


def _labels_beside(shape, keys):
    """Google writes what a number is for in a column of its own: "Phone 1 - Type" beside "Phone 1 - Value"."""
    at = {name: n for n, name in enumerate(keys)}
    for n, name in enumerate(keys):
        base = name.removesuffix(" value")
        beside = at.get(f"{base} type", at.get(f"{base} label")) if base != name else None
        if beside is not None and shape.fields[n] in ("email", "phone"):
            shape.labels[n] = beside
            shape.fields[beside] = IGNORE


def _settle(shape, keys):
    """What depends on which other columns there are."""
    fields = shape.fields
    if shape.about == DEALS and "deal" not in fields and "product" in keys:
        fields[keys.index("product")] = "deal"
    if shape.about == DEALS and "product" in keys and fields.count("deal") > 1:
        fields[keys.index("product")] = EXTRA
    if shape.about == DEALS and not {"first_name", "last_name", "person", "person_id"} & set(fields):
        # Somebody's address beside a deal says whose deal it is; a person needs a name.
        for n, name in enumerate(fields):
            if name == "email":
                fields[n] = "known_email"
    if shape.about == ACTIVITIES and not {"first_name", "last_name", "person", "person_id"} & set(fields):
        for n, name in enumerate(fields):
            if name == "email":
                fields[n] = "known_email"


def _about(keys, flat):
    """What the file is about: the record furthest down that the header names by itself."""
    table = _squeezed(_words(_WORDS))
    found = {table.get(f) for f in flat}
    bare = len(keys) <= 6 and not found & {"deal", "amount", "prospect", "close_on"}
    if bare and {"deal_id", "stage"} <= found and any("date" in k for k in keys):
        return HISTORY
    if found & {"kind", "activity_id"} or {"subject", "on"} <= found:
        return ACTIVITIES
    if len(found & set(_SIGNS[DEALS])) >= 2 or found & {"deal", "deal_id"}:
        return DEALS
    for about in (CONTACTS, PROSPECTS):
        if found & set(_SIGNS[about]):
            return about
    if "name" in keys and found & {"prospect_phone", "city", "country", "address"}:
        return PROSPECTS
    return None


def _refuse(flat, keys):
    """Files that look like records and are none."""
    there = set(flat)
    if "error" in there and ("id" in there or len(there) > 3):
        raise Unreadable(
            "These are rows that Salesforce refused (there is an ERROR column). Import the file they came from."
        )
    if there == {"id"}:
        raise Unreadable("There is nothing but ids in this file: it lists records to delete, and says nothing of them.")
    if {"ticketid", "ticketname"} & there:
        raise Unreadable("Those are support tickets. Import companies, contacts, deals or activities.")
    if {"dealid", "changedon", "knownsince"} <= there:
        raise Unreadable("Those are the changes of deals. Import deals.csv, which says how they stand.")
    if {"body", "parentid"} <= there:
        raise Unreadable("Those are attachments, which are not kept here.")


def signature(header):
    """The same for two files with the same columns, in whatever order."""
    ours = (LINE, WHY) if WHY in header else ()
    names = sorted(key(name) for name in header if name not in ours)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()
