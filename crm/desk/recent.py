"""Whom the seller is likely to talk about next: those dealt with lately, and those something is due with."""

from datetime import timedelta

from accounts.models import Activity, Contact, Standing, Step
from crm.web import clock
from crm.web.templatetags.callback import clock as clock_words
from crm.web.templatetags.callback import day_words

# Activities looked at for their people; somebody dealt with longer ago is no longer recent.
_LOOKED_AT = 60


def people(limit=8):
    """Contacts of the latest activities, newest first, with their numbers; three queries whatever the volume."""
    latest = list(Activity.objects.newest_first().values_list("pk", flat=True)[:_LOOKED_AT])
    place = {pk: n for n, pk in enumerate(latest)}
    pairs = Activity.contacts.through.objects.filter(activity_id__in=latest).values_list("activity_id", "contact_id")
    ids = []
    for _activity, contact in sorted(pairs, key=lambda pair: place[pair[0]]):
        if contact not in ids:
            ids.append(contact)
    found = Contact.objects.select_related("prospect").prefetch_related("phones").in_bulk(ids[: limit * 2])
    return [found[pk] for pk in ids if pk in found][:limit]


def likely(recent, limit=10):
    """With whom something of yours is due by tomorrow, earliest first, then the `recent` ones; one query."""
    soon = Step.objects.open().mine().filter(due_on__lte=clock.today() + timedelta(days=1), contact__trashed_at=None)
    due = [step.contact for step in soon.by_due().select_related("contact__prospect").exclude(contact=None)[:limit]]
    # What was left lying for weeks is not what is talked about next: half of the places are for those of lately.
    found = list(dict.fromkeys([*due[: limit // 2], *recent, *due]))
    return found[:limit]


def with_news(contacts):
    """The same contacts, each with `news`: the one thing to know of where it stands; one query."""
    rows = Standing.objects.filter(
        audience=Standing.Audience.SELLER, deal=None, prospect__in={contact.prospect_id for contact in contacts}
    )
    standings = {row.prospect_id: row for row in rows.select_related("next_step", "their_step")}
    for contact in contacts:
        contact.news = _news(standings.get(contact.prospect_id), clock.today())
    return contacts


def _news(standing, today):
    if standing is None:
        return ""
    theirs, mine = standing.their_step, standing.next_step
    if theirs and theirs.due_on and theirs.due_on < today:
        return f"owes you: {theirs.what}"
    if mine and mine.due_on and mine.due_on <= today:
        when = clock_words(mine.due_time) if mine.due_on == today and mine.due_time else day_words(mine.due_on)
        return f"{mine.what}, {when}"
    days = standing.silent_days(today)
    return f"{days} d silent" if days else ""
