"""Where a line was typed: the page's record fills in what the line leaves out."""

from dataclasses import dataclass

from accounts.models import Contact, Prospect, Step
from deals.models import Deal


@dataclass
class Context:
    prospect: object = None
    contact: object = None
    deal: object = None

    @property
    def ids(self):
        """{"prospect_id": …, "contact_id": …, "deal_id": …}, as the grammar takes it."""
        return {f"{name}_id": row.pk for name in ("prospect", "contact", "deal") if (row := getattr(self, name))}


_MODELS = {"prospect": Prospect, "contact": Contact, "deal": Deal, "step": Step}


def context_named(name):
    """The context of a form's hidden field: "prospect-12", "deal-5", "contact-9", "step-3"; empty when unknown."""
    kind, _, pk = (name or "").partition("-")
    model = _MODELS.get(kind)
    if model is None or not pk.isdecimal() or len(pk) > 18:
        return Context()
    row = model.objects.filter(pk=int(pk)).first()
    return context_of_record(row) if row else Context()


def context_of_record(row):
    if isinstance(row, Prospect):
        return Context(prospect=row)
    if isinstance(row, Contact):
        return Context(prospect=row.prospect, contact=row)
    if isinstance(row, Deal):
        return Context(prospect=row.prospect, deal=row)
    return Context(prospect=row.prospect, contact=row.contact, deal=row.deal)


def context_of(item):
    """The context of an item of Today's queue: its step's, its deal's or its prospect's."""
    for kind, pk in (("step", item.step_id), ("deal", item.deal_id), ("prospect", item.prospect_id)):
        if pk:
            return context_named(f"{kind}-{pk}")
    return Context()


def open_step(pk):
    """The open step with that id, or None."""
    return Step.objects.open().filter(pk=pk).first() if pk else None
