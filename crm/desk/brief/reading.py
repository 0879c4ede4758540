"""What the readers of the present and of the past have in common. Nothing in here knows which one asks."""

from django.db.models import Aggregate, Exists, JSONField, OuterRef, Subquery

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


class List(Aggregate):
    """The values of a group as a JSON list."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)


def names():
    """The names of an activity's contacts as a JSON list, null without any."""
    with_whom = Activity.contacts.through.objects.filter(activity=OuterRef("pk")).order_by()
    return Subquery(with_whom.values("activity").annotate(names=List("contact__name")).values("names"))


def tell_acts(activities, proving, handle, edits=None):
    """{id: Act} of these activities; those of an entry in `proving` ({entry: deal}) prove that deal's milestone.

    `edits`: {id: {field: its value before}} of what was changed since the day that is told.
    """
    found, edits = {}, edits or {}
    rows = activities.newest_first().annotate(names=names()).values_list(handle, "entry_id", "names", *_ACT)
    for name, entry, who, pk, *row in rows:
        was = dict(zip(_ACT[1:], row, strict=True)) | edits.get(pk, {})
        found[pk] = act = Act(
            name, was["kind"], was["on"], was["at"], was["direction"], was["outcome"], was["subject"] or was["text"],
            sorted(who or (), key=str.casefold), deal_id=was["deal_id"],
        )  # fmt: skip
        if entry in proving:
            proving[entry].proof = proving[entry].proof or act
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
