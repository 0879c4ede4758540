"""The order of a deal's steps: its plan. Position first, then the due date; made so that new steps fall in by date."""

from .models import Step


def reorder(steps, entry):
    """Number these steps (in their new order) anew; writes only those that move."""
    for position, step in enumerate(steps, start=1):
        if step.position != position:
            step.position = position
            step.write(entry)


def moved(steps, step, *, up=None, before=None):
    """The list with `step` one place up (`up` True) or down (False), or just before the step with id `before`.

    `before` 0 is the end. What makes no sense leaves the order as it is.
    """
    rest = [one for one in steps if one.pk != step.pk]
    if up is not None:
        at = [one.pk for one in steps].index(step.pk) + (-1 if up else 1)
        at = max(0, min(at, len(rest)))
    elif before:
        at = next((n for n, one in enumerate(rest) if one.pk == before), None)
        if at is None:
            return list(steps)
    else:
        at = len(rest)
    return [*rest[:at], step, *rest[at:]]


def of(step):
    """The steps of the plan that this one belongs to, in order; a step without a deal has no plan."""
    return list(Step.objects.filter(deal=step.deal_id).exclude(state=Step.State.DROPPED).in_plan_order())
