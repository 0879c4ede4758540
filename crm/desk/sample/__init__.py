"""A believable year of one seller, relative to today: loaded and removed as one batch.

`load()` twice loads once; `remove()` leaves every real record as it was, but for links to what went.
"""

from django.apps import apps
from django.db import transaction

from accounts import standing, trash
from accounts.models import Activity, Batch, Contact, Entry, NameChange, Prospect, Step
from crm.access.models import Installation
from crm.web import clock, locale
from deals.models import Deal, Stage

from . import year
from .store import Writer


class NoStage(Exception):
    """There is no stage to put the sample's deals in."""


def batches():
    return Batch.objects.filter(kind=Batch.SAMPLE)


def loaded():
    """Whether sample records are here."""
    return batches().exists()


def load():
    """Load the year before today. Returns how many of each, or None when it was here already.

    Raises NoStage.
    """
    with transaction.atomic():
        list(Installation.objects.select_for_update())  # one load at a time
        if loaded():
            return None
        if not Stage.objects.exists():
            raise NoStage("The board has no stage; add one in settings first.")
        today = clock.today()
        batch = Batch.objects.create(kind=Batch.SAMPLE, label=_label())
        return Writer(year.tell(today), batch, today).write()


def follow_zone(installation):
    """Lay the year anew where it was laid for another time zone and nobody has written anything since.

    It is loaded before the seller says where they are; their calls belong in their working hours.
    """
    locale.activate(installation.locale())
    if loaded() and not batches().filter(label=_label()).exists() and not Entry.objects.exists():
        with transaction.atomic():
            remove()
            load()


def _label():
    return f"Sample data of {clock.today()}, {locale.current().zone}"


def remove():
    """Take out all sample records, those in the trash too. Returns how many of each, and `kept`.

    A real record that hung on a sample one stays, without that link; a sample prospect that a real
    contact belongs to becomes real, as a contact needs one (`kept` names these).
    """
    with transaction.atomic():
        marked = list(batches().select_for_update().values_list("pk", flat=True))
        if not marked:
            return None
        kept = _keep(marked)
        prospects, deals = _unlink(marked)
        gone = {}
        for model in (Step, Activity, Deal, Contact, Prospect):
            rows = model.everything.filter(batch__in=marked)
            ids = list(rows.values_list("pk", flat=True))
            kind = model._meta.model_name
            rows.delete()
            trash.forget(model, ids)
            gone["activities" if kind == "activity" else f"{kind}s"] = len(ids)
        for model in apps.get_models():
            # Whatever else carries the mark (a stage made along with it) becomes an ordinary record.
            if model not in (Step, Activity, Deal, Contact, Prospect) and hasattr(model, "everything"):
                model.everything.filter(batch__in=marked).update(batch=None)
        Batch.objects.filter(pk__in=marked).delete()
        standing.refresh(prospects, deals)
        NameChange.objects.create(record_type="*")
    return {**gone, "kept": kept}


def _keep(marked):
    """Sample prospects that real contacts belong to become real; their names."""
    homes = Prospect.everything.filter(
        batch__in=marked, pk__in=Contact.everything.exclude(batch__in=marked).values("prospect")
    )
    names = list(homes.values_list("name", flat=True))
    homes.update(batch=None)
    return names


def _unlink(marked):
    """Take the links to sample records off real ones, so that they stay.

    Returns the real (prospects, deals) that sample activities and steps hung on: they stand anew without.
    """
    for model in (Activity, Step, Deal):
        real = model.everything.exclude(batch__in=marked)
        real.filter(prospect__batch__in=marked).update(prospect=None)
        if model is not Deal:
            real.filter(deal__batch__in=marked).update(deal=None)
    prospects, deals = set(), set()
    for model in (Activity, Step):
        rows = model.everything.filter(batch__in=marked)
        prospects.update(rows.exclude(prospect__batch__in=marked).values_list("prospect_id", flat=True))
        deals.update(rows.exclude(deal__batch__in=marked).values_list("deal_id", flat=True))
    return prospects - {None}, deals - {None}
