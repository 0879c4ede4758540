"""One prospect: who is there, whose move it is, how silent, what is open."""

import zoneinfo

from django.db.models import Case, Count, F, Max, Q, Sum, When, Window

from accounts.models import PhoneNumber, Prospect
from accounts.standing import in_words
from crm.desk import duplicates
from crm.desk.prospects import tries
from crm.web import clock, textindex
from deals.models import Deal

SHOWN = 8  # people and deals; the rest is a link away
MOST_STEPS = 20


def about(prospect, user):
    """What its page shows, but for the timeline: standing, people, deals, open steps. Five queries."""
    today = clock.today()
    deals, opened = _deals(prospect)
    people = list(_people(prospect, user)[: SHOWN + 1])
    steps = prospect.steps.open().visible_to(user).by_due().select_related("contact", "deal", "prospect")
    return {
        "prospect": prospect,
        "log_context": f"prospect-{prospect.pk}",
        "standing": prospect.standing,
        "why": in_words(prospect.standing.why) if prospect.standing else "",
        "silent": prospect.standing.silent_days(today) if prospect.standing else None,
        "tries": tries(prospect.standing),
        "parked": prospect.parked_until is not None and prospect.parked_until > today,
        "people": [with_local_time(person) for person in people[:SHOWN]],
        "more_people": len(people) > SHOWN,
        "to_call": _to_call(prospect, people),
        "web": _web(prospect.website),
        "deals": deals[:SHOWN],
        "more_deals": len(deals) > SHOWN,
        "open_deals": opened.n if opened else 0,
        "open_amount": opened and opened.total,
        "steps": list(steps[:MOST_STEPS]),
    }


def _deals(prospect):
    """(the first deals, open ones by close date in front; the first open one, or None).

    Each carries `n` and `total` of all with its outcome: how many, and the sum of their known amounts.
    """
    of_outcome = {"partition_by": [F("outcome")]}
    shown = ("name", "amount", "close_on", "outcome", "ended_on", "end_reason", "prospect", "stage__name")
    deals = (
        prospect.deals.select_related("stage")
        .only(*shown)
        .annotate(n=Window(Count("pk"), **of_outcome), total=Window(Sum("amount"), **of_outcome))
    )
    ended = Case(When(outcome=Deal.Outcome.OPEN, then=0), default=1)
    deals = deals.order_by(ended, F("ended_on").desc(nulls_last=True), F("close_on").asc(nulls_last=True), "pk")
    deals = list(deals[: SHOWN + 1])
    return deals, deals[0] if deals and deals[0].is_open else None


def _people(prospect, user):
    """With their addresses; who was dealt with last stands in front."""
    latest = Max("activities__on", filter=_seen(user, "activities"))
    people = prospect.contacts.annotate(latest=latest).order_by(F("latest").desc(nulls_last=True), "folded", "pk")
    return people.only("name", "title", "time_zone", "prospect").with_addresses()


def _seen(user, activities):
    """The condition that keeps of a relation to activities what this user may see: an order tells of them as well."""
    seen = Q(**{f"{activities}__trashed_at": None})
    return seen if user.is_seller else seen & Q(**{f"{activities}__private": False})


def _web(website):
    """The address a browser can open; "" for what is none (a scheme of its own never runs here)."""
    if not duplicates.domain(website):
        return ""
    if website.casefold().startswith(("http://", "https://")):
        return website
    return "" if ":" in website.split("/")[0] else f"https://{website}"


def with_local_time(person):
    """The contact with `there`: the wall-clock time (naive) where it is, None where the zone is not known."""
    try:
        zone = zoneinfo.ZoneInfo(person.time_zone) if person.time_zone else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        zone = None
    person.there = clock.now().astimezone(zone).time() if zone else None
    return person


def _to_call(prospect, people):
    """(first name, number) of whom a call goes to: the next step's person first; None without a number."""
    step = prospect.standing and prospect.standing.next_step
    people = sorted(people, key=lambda person: not (step and step.contact_id == person.pk))
    for person in people:
        for phone in person.phones.all():
            if not phone.wrong:
                return person.first_name, phone
    return None


def merged_into(pk):
    """The live prospect that a merged one is part of now; None for any other."""
    gone = Prospect.everything.filter(pk=pk).exclude(trashed_at=None).select_related("merged_into").first()
    stays = gone and gone.merged_into
    return stays if stays is not None and stays.trashed_at is None else None


def number_to_call(prospect, user, person=None):
    """The number to call there, with its contact: that person's, or that of whom was dealt with last; or None."""
    numbers = PhoneNumber.objects.filter(contact__prospect=prospect, contact__trashed_at=None, wrong=False)
    if person is not None:
        numbers = numbers.filter(contact=person)
    latest = Max("contact__activities__on", filter=_seen(user, "contact__activities"))
    latest = numbers.annotate(latest=latest).select_related("contact")
    return latest.order_by(F("latest").desc(nulls_last=True), "contact", "position").first()


def like(prospect, text=""):
    """Likenesses of a prospect, or those that a text finds, for choosing which one stays."""
    if not text:
        found = duplicates.prospects_like(
            prospect.name, website=prospect.website, phone=prospect.phone, but=prospect.pk
        )
        return found
    keys = [pk for _, pk in textindex.find(text, kinds=("prospect",), limit=20) if pk != prospect.pk]
    rows = Prospect.objects.in_bulk(keys)
    return [duplicates.Likeness(rows[pk], rows[pk].city) for pk in keys if pk in rows]
