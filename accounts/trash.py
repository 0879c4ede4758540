"""What lies in the trash, and how long it stays there.

A *head* is what somebody threw away; what went along with it (`Record.CASCADE`) lies under the same
`trash_id` and comes back with it.
"""

import uuid as uuids
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.apps import apps
from django.db import transaction
from django.db.models import CharField, Count, Exists, F, OuterRef, ProtectedError, Q, Value
from django.db.models.functions import Cast, Coalesce, Left, NullIf

from accounts import standing
from accounts.models import Activity, Effect, Entry, ExternalRef
from accounts.records import Record
from crm.web import clock, textindex

KEPT = timedelta(days=30)
# What the trash page shows; other records (a card put off) come and go with an Undo alone. What hangs on
# others goes first.
KINDS = ("activity", "step", "contact", "deal", "prospect", "stage")
_CHUNK = 500
_TITLES = {
    "activity": Coalesce(NullIf(Left("text", 160), Value("")), F("kind")),
    "step": F("what"),
}


def models():
    """{kind: model} of all that can be thrown away, in KINDS' order."""
    found = {m._meta.model_name: m for m in apps.get_models() if issubclass(m, Record)}
    return {kind: found[kind] for kind in sorted(found, key=lambda k: KINDS.index(k) if k in KINDS else len(KINDS))}


def kinds():
    """[(kind, its plural)] of what the page shows, the weightiest first."""
    return [(kind, plural(kind)) for kind in reversed(KINDS)]


def plural(kind):
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


@dataclass(frozen=True)
class Row:
    """A head as the trash page shows it; `uuid` is for the submission that would bring it back."""

    kind: str
    pk: int
    title: str
    trashed_at: datetime
    along: str
    uuid: uuids.UUID = field(default_factory=uuids.uuid4)

    @property
    def purged_on(self):
        """The day after which it is gone for good."""
        return clock.day_of(self.trashed_at + KEPT)


def rows(user, found):
    """Some of `heads` as Rows, each with what went along with it in words."""
    found = list(found)
    along = sizes(user, {trash_id for *_, trash_id in found})
    return [
        Row(kind, pk, title, trashed_at, _in_words(along[trash_id] - Counter([kind])))
        for kind, pk, title, trashed_at, trash_id in found
    ]


def _in_words(counts):
    parts = [f"{n} {kind if n == 1 else many}" for kind, many in kinds() if (n := counts[kind])]
    return ", ".join(parts)


def heads(user, kind=""):
    """Rows of (kind, id, title, trashed_at, trash_id) that this user may see, newest first, as a queryset."""
    first, *others = (_heads_of(name, user) for name in KINDS if kind in ("", name))
    return first.union(*others, all=True).order_by("-trashed_at", "-pk")


def _heads_of(kind, user):
    model = models()[kind]
    rows = model.everything.visible_to(user).exclude(trashed_at=None).order_by()
    for parent in model.parent_fields():
        rows = rows.exclude(**{f"{parent.name}__trash_id": F("trash_id")})
    title = Cast(_TITLES.get(kind, F("name")), CharField(max_length=200))
    rows = rows.annotate(sort=Value(kind, CharField()), words=title)
    return rows.values_list("sort", "pk", "words", "trashed_at", "trash_id")


def sizes(user, trash_ids):
    """{trash_id: Counter of kinds} of all that lies under these ids."""
    counts = defaultdict(Counter)
    shown = {kind: model for kind, model in models().items() if kind in KINDS}
    first, *others = (
        model.everything.visible_to(user)
        .filter(trash_id__in=list(trash_ids))
        .order_by()
        .values(sort=Value(kind, CharField()))
        .annotate(n=Count("pk"))
        .values_list("trash_id", "sort", "n")
        for kind, model in shown.items()
    )
    for trash_id, kind, n in first.union(*others, all=True):
        counts[trash_id][kind] = n
    return counts


def purge(now):
    """Destroy what has lain here for 30 days at that instant; returns {kind: how many}. Again does nothing.

    The words of a submission go with the last record it made; its UUID stays, so that sending it again
    still stores nothing. What something else still hangs on stays until that goes too.
    """
    return Counter({kind: n for kind in models() if (n := _purge_kind(kind, now - KEPT))})


def _purge_kind(kind, before):
    model, gone = models()[kind], 0
    rows = model.everything.filter(trashed_at__lte=before).order_by("pk")
    for name in model.CASCADE:
        relation = model._meta.get_field(name)
        children = relation.related_model.everything.filter(**{relation.field.name: OuterRef("pk")})
        rows = rows.exclude(Exists(children))
    last = 0
    while ids := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:_CHUNK]):
        last = ids[-1]
        with transaction.atomic():
            gone += _destroy(kind, model, ids)
    return gone


def _destroy(kind, model, ids):
    named = _standings_naming(ids) if kind == "contact" else None
    try:
        with transaction.atomic():
            model.everything.filter(pk__in=ids).delete()
    except ProtectedError as error:
        # A stage that the history of a deal names stays, out of sight.
        kept = {row.stage_id for row in error.protected_objects} if kind == "stage" else set(ids)
        ids = [pk for pk in ids if pk not in kept]
        model.everything.filter(pk__in=ids).delete()
    forget(model, ids)
    if named:
        standing.refresh(*named)
    return len(ids)


def _standings_naming(contacts):
    """(prospect ids, deal ids) whose reason in words may name one of these contacts."""
    Step = apps.get_model("accounts.Step")
    rows = [
        *Activity.objects.filter(contacts__in=contacts).values_list("prospect_id", "deal_id"),
        *Step.objects.filter(contact__in=contacts).values_list("prospect_id", "deal_id"),
    ]
    return {p for p, _ in rows if p}, {d for _, d in rows if d}


def forget(model, ids):
    """Take what still speaks of destroyed records: effects, references, the words that made them."""
    kind = model._meta.model_name
    effects = Effect.objects.filter(record_type=model._meta.label_lower, record_id__in=ids)
    entries = set(effects.values_list("entry_id", flat=True))
    effects.delete()
    ExternalRef.objects.filter(record_type=kind, record_id__in=ids).delete()
    Entry.objects.filter(Q(pk__in=entries) & ~Exists(Effect.objects.filter(entry=OuterRef("pk")))).update(
        text="", summary="", pending={}, result={}
    )
    if kind in textindex.KINDS:
        textindex.drop((kind, pk) for pk in ids)
