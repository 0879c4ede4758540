"""What is wrong with an open deal: one reason, the first that holds, and its words.

1. a step of yours is overdue        4. nothing is planned next
2. a step of theirs is overdue       5. they have gone quiet (tries, or days without an answer)
3. its close date has passed         6. it has rested in its stage for longer than the stage allows

`mark` works this out in the database, so that the board can filter by it; `reason` puts it in words. Both
need the deals' standing (`Deal.objects.with_standing`).
"""

from datetime import timedelta

from django.db.models import Case, CharField, Q, Value, When

LATE, THEY_LATE, CLOSE_PASSED, NO_STEP, QUIET, ROTTING = "late", "they-late", "close", "no-step", "quiet", "rotting"


def mark(deals, stages, installation, today):
    """`deals` with `.trouble`: the code of what is wrong, "" when nothing is."""
    tests = conditions(stages, installation, today)
    whens = [When(test, then=Value(code)) for code, test in tests.items()]
    ended = When(~Q(outcome="open"), then=Value(""))
    return deals.annotate(trouble=Case(ended, *whens, default=Value(""), output_field=CharField()))


def conditions(stages, installation, today):
    """{code: Q}, in order of weight."""
    quiet_since = today - timedelta(days=installation.quiet_days)
    rotting = Q(pk=None)
    for stage in stages:
        rotting |= Q(stage=stage, stage_since__lt=today - timedelta(days=stage.rot_days))
    never_answered = Q(standing__last_two_way_on=None, standing__first_attempt_on__lt=quiet_since)
    return {
        LATE: Q(standing__next_due_on__lt=today),
        THEY_LATE: Q(standing__their_due_on__lt=today),
        CLOSE_PASSED: Q(close_on__lt=today),
        NO_STEP: Q(standing__next_step=None, standing__their_step=None),
        QUIET: Q(standing__attempts__gte=installation.silence_budget)
        | Q(standing__last_two_way_on__lt=quiet_since)
        | never_answered,
        ROTTING: rotting,
    }


def reason(deal, installation, today):
    """What is wrong, in the few words that a card has room for; "" when nothing is."""
    standing = deal.standing
    match deal.trouble:
        case "late":
            return f"{days(today - standing.next_due_on)} late"
        case "they-late":
            return f"They are {days(today - standing.their_due_on)} late"
        case "close":
            return "Close date passed"
        case "no-step":
            return "No next step"
        case "quiet" if standing.attempts >= installation.silence_budget:
            return f"Quiet, {standing.attempts} tries"
        case "quiet":
            return f"Quiet for {days(standing.silent_days(today))}"
        case "rotting":
            return f"{days(today - deal.stage_since)} in {deal.stage.name}"
    return ""


def days(count):
    """ "1 day", "5 days", of a number or a timedelta."""
    count = getattr(count, "days", count)
    return "1 day" if count == 1 else f"{count} days"
