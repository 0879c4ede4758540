"""One prospect: who is there, whose move it is, how silent, what is open."""

import zoneinfo
from dataclasses import replace
from decimal import Decimal

from django.db.models import F, Max, Q

from accounts.models import PhoneNumber, Prospect, Standing
from crm.desk import brief, duplicates
from crm.web import clock, days, textindex

SHOWN = 8  # people and deals; the rest is a link away
MOST_STEPS = 20


def about(prospect, user, installation, timeline):
    """What its page shows: the brief, people, deals, open steps, and what happened. Five queries.

    `prospect` as `brief.live.marked` gives it.
    """
    today = clock.today()
    told = brief.brief(prospect, audience=Standing.Audience.of(user), today=today, installation=installation)
    known = [deal.amount for deal in told.deals if deal.is_open and deal.amount is not None]
    people = list(_people(prospect, user)[: SHOWN + 1])
    steps = prospect.steps.open().visible_to(user).by_due().select_related("contact", "deal", "prospect")
    return {
        "prospect": prospect,
        "log_context": f"prospect-{prospect.pk}",
        "brief": told,
        "text": brief.as_text(told),
        "lines": _at_home(told, timeline),
        "timeline": timeline,
        "parked": prospect.parked_until is not None and prospect.parked_until > today,
        "people": [with_local_time(person) for person in people[:SHOWN]],
        "more_people": len(people) > SHOWN,
        "to_call": _to_call(prospect, people),
        "web": _web(prospect.website),
        "deals": _deals(told.deals)[:SHOWN],
        "more_deals": len(told.deals) > SHOWN,
        "open_deals": sum(deal.is_open for deal in told.deals),
        "open_amount": sum(known, Decimal(0)) if known else None,
        "steps": list(steps[:MOST_STEPS]),
        "kept": _kept(told),
    }


def _deals(deals):
    """Open ones first, the nearest close date in front; then the ended ones, the latest in front."""
    opened = [deal for deal in deals if deal.is_open]
    ended = [deal for deal in deals if not deal.is_open]
    opened.sort(key=lambda deal: (deal.close_on is None, str(deal.close_on), deal.pk))
    ended.sort(key=lambda deal: (str(deal.ended_on or ""), -deal.pk), reverse=True)
    return opened + ended


def _at_home(told, timeline):
    """The lines of a brief for the page they lead to: what that page shows already is only an anchor away."""
    page = told.prospect.get_absolute_url()
    shown = {f"#activity-item-{item.handle}" for item in timeline.items}
    lines = []
    for line in told.lines:
        address, _, anchor = line.href.partition("#")
        at_home = address == page or f"#{anchor}" in shown
        lines.append(replace(line, href=f"#{anchor}" if anchor else "") if at_home else line)
    return lines


def _kept(told):
    """The step of theirs, filed under no deal, that the brief names as what they did last: its proof; or None."""
    line = told["buyer"]
    return line if "#step-row-" in line.href else None


def brief_of(prospect, user, installation, as_of=""):
    """What the brief's own page shows. `as_of`: a day as the address has it; what is no past day is now, and said."""
    today = clock.today()
    day, wrong = days.past(as_of.strip()[:100], today)
    how = {"audience": Standing.Audience.of(user), "today": today, "installation": installation}
    told = brief.brief(prospect, as_of=day, **how)
    past = day is not None
    return {
        "prospect": prospect, "brief": told, "text": brief.as_text(told), "today": today, "past": past, "wrong": wrong,
    }  # fmt: skip


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
