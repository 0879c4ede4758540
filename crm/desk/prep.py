"""What to know before dialling: last touch, promises of both sides, the next step, what is at stake, their time."""

from dataclasses import dataclass, field
from datetime import time

from django.db.models import OuterRef, Subquery

from accounts.models import Activity, Contact, Prospect, Standing, Step
from accounts.numbers import same
from accounts.standing import in_words
from crm.desk import prospect_page
from deals.models import Deal

MOST = 4  # promises a side, and deals


@dataclass
class Prep:
    """Of a contact, or of a prospect alone. `there` is their wall-clock time, None where the zone is not known."""

    prospect: Prospect | None = None
    contact: Contact | None = None
    there: time | None = None
    standing: Standing | None = None
    why: str = ""
    last: Activity | None = None  # not a note; `who` took part
    mine: list = field(default_factory=list)
    theirs: list = field(default_factory=list)
    deals: list = field(default_factory=list)
    wrong: bool = False  # a call said that nobody is reached on that number

    @property
    def next_step(self):
        return self.mine[0] if self.mine else None


def prep(context, number=""):
    """For the seller, who sees private lines; `context` as filing has it, `number` the one to call. Five queries."""
    prospect, contact = context.prospect, context.contact
    if prospect is None:
        return Prep()
    if contact is not None:
        prospect_page.with_local_time(contact)
    steps = list(Step.objects.open().filter(prospect=prospect).by_due().select_related("contact")[:40])
    standing = Standing.objects.filter(prospect=prospect, deal=None, audience=Standing.Audience.SELLER).first()
    return Prep(
        prospect=prospect,
        contact=contact,
        there=contact.there if contact else None,
        standing=standing,
        why=in_words(standing.why) if standing else "",
        last=_last(prospect),
        mine=[step for step in steps if step.owner == Step.Owner.ME][:MOST],
        theirs=[step for step in steps if step.owner == Step.Owner.THEM][:MOST],
        deals=_deals(prospect, context.deal),
        wrong=_wrong(prospect, contact, number),
    )


def _wrong(prospect, contact, number):
    if prospect.phone_is_wrong and same(number, prospect.phone):
        return True
    numbers = contact._read_phones() if contact and number else ()
    return any(wrong and same(number, raw) for raw, _, wrong in numbers)


def _last(prospect):
    who = Contact.objects.filter(activities=OuterRef("pk")).order_by("pk").values("name")[:1]
    rows = Activity.objects.filter(prospect=prospect).exclude(kind="note").annotate(who=Subquery(who))
    return rows.newest_first().first()


def _deals(prospect, chosen):
    """Its open deals, the one the call is about in front."""
    deals = list(Deal.objects.open().filter(prospect=prospect).by_close().select_related("stage")[:MOST])
    return sorted(deals, key=lambda deal: deal != chosen)
