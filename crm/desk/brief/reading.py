"""What the readers of the present and of the past have in common. Nothing in here knows which one asks."""

from django.db.models import Exists, OuterRef

from accounts.models import Activity, Standing
from deals.models import DealContact

from .facts import Act

DECIDE = ("decides", "pays")
_ACT = ("pk", "kind", "on", "at", "direction", "outcome", "text", "subject", "deal_id")


def visible(rows, audience):
    """What that audience may see of activities or steps."""
    return rows.all() if audience == Standing.Audience.SELLER else rows.public()


def handle_of(audience):
    """The field that names an activity or a step on that audience's pages."""
    return "pk" if audience == Standing.Audience.SELLER else "uuid"


def give_changes(deals, changes, stages):
    """Gives each deal when it changed last; returns {entry that moved it into its stage: deal}.

    `changes`: a queryset of those that count, oldest first; `stages`: {deal: its stage's id}.
    """
    by_id, entered = {deal.pk: deal for deal in deals}, {}
    rows = changes.filter(deal__in=by_id).values_list("deal_id", "stage_id", "on", "at", "entry_id")
    for pk, stage, on, at, entry in rows:
        deal = by_id[pk]
        deal.changed_on, deal.changed_at = on, at
        if stage == stages[pk] and on == deal.stage_since:
            entered.setdefault(pk, entry)
    return {entry: by_id[pk] for pk, entry in entered.items() if entry}


def tell_acts(activities, proving, handle, edits=None):
    """{id: Act} of these activities; those of an entry in `proving` ({entry: deal}) prove that deal's milestone.

    `edits`: {id: {field: its value before}} of what was changed since the day that is told.
    """
    found, edits = {}, edits or {}
    rows = activities.newest_first().values_list(handle, "entry_id", "private", *_ACT)
    for name, entry, _private, pk, *row in rows:
        was = dict(zip(_ACT[1:], row, strict=True)) | edits.get(pk, {})
        what = was["subject"] or was["text"]
        found[pk] = act = Act(
            name, was["kind"], was["on"], was["at"], was["direction"], was["outcome"], what, deal_id=was["deal_id"]
        )
        if entry in proving:
            proving[entry].proof = proving[entry].proof or act
    through = Activity.contacts.through.objects.filter(activity__in=found)
    for pk, name in through.order_by("contact__folded", "contact").values_list("activity", "contact__name"):
        found[pk].names.append(name)
    for act in found.values():
        act.names.sort(key=str.casefold)
    return found


def give_unmet(deals, activities, people=None):
    """Gives open deals the person who decides or pays, where nobody who does took part in any of these activities.

    `people`: {deal: [(contact id, role)]} of deals whose people were others on the day that is told.
    """
    by_id, people = {deal.pk: deal for deal in deals if deal.is_open}, people or {}
    if not by_id:
        return
    talks = activities.filter(two_way=True, contacts=OuterRef("contact"))
    rows = DealContact.objects.filter(deal__in=by_id, role__in=DECIDE, contact__trashed_at=None).order_by("pk")
    met, columns = set(), ("deal_id", "contact", "contact__name", "role")
    for deal, contact, name, role, talked in rows.values_list(*columns, Exists(talks)):
        if deal in people and (contact, True) not in {(pk, role in DECIDE) for pk, role in people[deal]}:
            continue
        if talked:
            met.add(deal)
        by_id[deal].unmet = by_id[deal].unmet or f"{name} {role}"
    for deal in met:
        by_id[deal].unmet = ""
