"""What is on record already, in memory, and how a row's people, companies and deals are found in it.

Identity, in this order: the id the file's source gave it (ExternalRef); for people an e-mail address with
the same name, or the name within a prospect; for prospects and deals the name, folded.
"""

import hashlib
import re
from collections import defaultdict
from functools import lru_cache

from accounts.models import Activity, Contact, EmailAddress, ExternalRef, Prospect, Step
from crm.web.text import fold
from deals.models import Deal

from .vendors import CALLBACK


@lru_cache(maxsize=50_000)
def folded(name):
    """`name` for comparing; what is all punctuation is compared as it is."""
    return fold(name)[:200] or name.casefold()[:200]


def domain_of(website):
    return re.sub(r"^[a-z]+://", "", website.strip().lower()).split("/")[0].split("?")[0].removeprefix("www.")


def digest(*parts):
    return hashlib.sha256("\x1f".join("" if p is None else str(p) for p in parts).encode()).hexdigest()[:40]


def _merged():
    """{id of a prospect that was merged: id of the one that stayed in the end}."""
    into = dict(Prospect.everything.exclude(merged_into=None).values_list("pk", "merged_into"))
    found = {}
    for pk in into:
        to, seen = into[pk], {pk}
        while to in into and to not in seen:
            seen.add(to)
            to = into[to]
        found[pk] = to
    return found


class Book:
    """All names on record, kept up to date with what this import adds.

    Trashed records are not in it; a prospect that was merged into another goes by both names.
    """

    def __init__(self, source):
        self.source = source
        self.refs = {}  # (kind, key) → record id
        self.versions = {}  # (record type, id) → the version that an import left it in
        self.keyed = defaultdict(set)  # record type → ids that this source has given an id of its own
        self.stays = _merged()
        rows = ExternalRef.objects.filter(source=source)
        for kind, key, record_type, pk, version in rows.values_list(
            "kind", "key", "record_type", "record_id", "version"
        ):
            if record_type == "prospect":
                pk = self.stays.get(pk, pk)
            self.refs[kind, key] = pk
            self.versions.setdefault((record_type, pk), version)
            if not key.startswith("~"):
                self.keyed[record_type].add(pk)
        self._load()

    def _load(self):
        self.prospects, self.domains, self.names = {}, {}, {}
        for pk, name, website in Prospect.objects.order_by("pk").values_list("pk", "name", "website"):
            self.add_prospect(pk, name, website)
        for pk, name in Prospect.everything.filter(pk__in=self.stays).order_by("pk").values_list("pk", "name"):
            if self.stays[pk] in self.names:
                self.prospects.setdefault(folded(name), self.stays[pk])
        self.people, self.person, self.emails = {}, {}, defaultdict(list)
        for pk, name, prospect in Contact.objects.order_by("pk").values_list("pk", "name", "prospect_id"):
            self.add_contact(pk, name, prospect, ())
        for pk, address in EmailAddress.objects.order_by("pk").values_list("contact_id", "folded"):
            if pk in self.person:
                self.emails[address].append(pk)
                self.person[pk][2].add(address)
        self.deals, self.deal = defaultdict(list), {}
        for pk, name, prospect in Deal.objects.order_by("pk").values_list("pk", "name", "prospect_id"):
            self.add_deal(pk, name, prospect)
        self.uuids = {}
        if self.source == CALLBACK:
            for model in (Activity, Step):
                for pk, uuid in model.everything.values_list("pk", "uuid"):
                    self.uuids[model._meta.model_name, str(uuid)] = pk
        self.live = {"prospect": self.names, "contact": self.person, "deal": self.deal}

    def add_prospect(self, pk, name, website=""):
        self.prospects.setdefault(folded(name), pk)
        self.names[pk] = name
        if website:
            self.domains.setdefault(domain_of(website), pk)

    def add_contact(self, pk, name, prospect, emails):
        name = folded(name)
        self.people.setdefault((prospect, name), pk)
        self.person[pk] = (prospect, name, set(emails))
        for address in emails:
            self.emails[address].append(pk)

    def add_deal(self, pk, name, prospect):
        self.deals[prospect, folded(name)].append(pk)
        self.deal[pk] = (prospect, folded(name))

    def add_ref(self, record_type, kind, key, pk):
        self.refs[kind, key] = pk
        if not key.startswith("~"):
            self.keyed[record_type].add(pk)

    def ref(self, kind, key, name=None):
        """The live record of that key, or None. `gone` tells whether it lies in the trash.

        An id in our own export may be that of the very record, if it has that `name` too.
        """
        pk = self.refs.get((kind, key))
        if pk is None and self.source == CALLBACK and name and key.isdigit():
            own = int(key)
            return own if own in self.live[kind] and self._name(kind, own) == folded(name) else None
        return pk if pk is None or kind not in self.live or pk in self.live[kind] else None

    def _name(self, kind, pk):
        if kind == "prospect":
            return folded(self.names[pk])
        return self.person[pk][1] if kind == "contact" else self.deal[pk][1]

    def gone(self, kind, key):
        return (kind, key) in self.refs and self.ref(kind, key) is None

    # Finding ---------------------------------------------------------------------------------------

    def find_prospect(self, key, name, domain):
        if key and (pk := self.ref("prospect", key, name)):
            return pk
        pk = self.prospects.get(folded(name)) if name else None
        if pk is None and domain and not name:
            pk = self.domains.get(domain)
        # A namesake that the source knows by another id is another company.
        return None if pk and key and pk in self.keyed["prospect"] else pk

    def find_contact(self, key, name, emails, prospect):
        if key and (pk := self.ref("contact", key, name)):
            return pk
        found = self.people.get((prospect, folded(name))) if name and prospect else None
        if found is None:
            found = next((pk for e in emails for pk in self.emails.get(e, ()) if self._same(pk, name)), None)
        if found is None and name and prospect is None:
            # Somebody without a company stands under a prospect of their own name.
            own = self.people.get((self.prospects.get(folded(name)), folded(name)))
            if own and not (emails and self.person[own][2]):
                found = own
        return None if found and key and found in self.keyed["contact"] else found

    def _same(self, pk, name):
        return not name or self.person[pk][1] == folded(name)

    def find_by_email(self, address):
        found = self.emails.get(address)
        return found[0] if found else None

    def find_deal(self, key, name, prospect, natural, met):
        """The deal, or None. `natural` identifies a deal without an id; `met` holds ids met in this file."""
        pk = self.ref("deal", key or natural, name)
        if pk:
            return pk
        namesakes = self.deals.get((prospect, folded(name)), ())
        if key:
            namesakes = [pk for pk in namesakes if pk not in self.keyed["deal"]]
        else:
            namesakes = [pk for pk in namesakes if pk not in met]
        return namesakes[0] if len(namesakes) == 1 else None
