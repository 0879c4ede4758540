"""The tables of the page as files: all rows, where the page shows the first."""

from dataclasses import dataclass

from crm.desk.brief import LABELS

from .pipeline import OUTCOMES


@dataclass
class Sheet:
    name: str
    header: tuple
    rows: object


ACCOUNTS = (
    "Prospect", "Needs attention", "Open deals", "Amount", "Weighted", "Closes", "Stage", *LABELS.values(),
    "Last from them on", "Move since", "Next due",
)  # fmt: skip
CHANGES = ("What", "Prospect", "Deal", "In words", "Before", "After", "On")
ENDED = ("Outcome", "Prospect", "Deal", "Amount", "Ended", "Reason")
PIPELINE = ("By", "Name", "Deals", "Amount", "Weighted", "Without amount")


def of(status, part=""):
    """The Sheet of a part: changes, ended or pipeline; the accounts for any other."""
    make = {"changes": _changes, "ended": _ended, "pipeline": _pipeline}.get(part)
    suffix = f"-as-of-{status.asked.as_of}" if status.asked.as_of else ""
    if make is None:
        return Sheet(f"status{suffix}", ACCOUNTS, _accounts(status))
    return Sheet(f"status-{part}{suffix}", *make(status))


def _accounts(status):
    for one in status.every_account()[0]:
        brief = one.brief
        stages = ", ".join(dict.fromkeys(row.stage.name for row in one.rows))
        need = brief.attention.words if brief.attention else ""
        yield (
            one.prospect.name, need, len(one.rows), one.amount, one.weighted, one.close_on, stages,
            *(line.text for line in brief.lines), brief["buyer"].on, brief["move"].on, brief["step"].on,
        )  # fmt: skip


def _changes(status):
    return CHANGES, ((one.kind.one, one.name, one.deal, one.words, one.old, one.new, one.on) for one in status.changes)


def _ended(status):
    names = {outcome: name for outcome, name, _ in OUTCOMES}
    return ENDED, (
        (names[row.outcome], row.prospect and row.prospect.name, row.name, row.amount, row.ended_on, row.reason)
        for one in status.ended
        for row in one.rows
    )


def _pipeline(status):
    return PIPELINE, (
        (by, one.name, one.count, one.total, round(one.weighted, 2), one.unknown)
        for by, sums in (("Stage", status.stages), ("Month", status.months))
        for one in sums
    )
