"""All that the page shows, each part worked out when it is asked for. Its files, links and digests read it here too."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from accounts.models import Standing
from crm.desk.models import StatusMark
from crm.web import clock

from . import accounts, changed, past, periods, pipeline, rows, silent
from .asked import CHANGES, ENDED, FIRST, LOOKED_AT, MOST, SINCE, SORTS

FIRST_LOOK = timedelta(days=7)


@dataclass
class Since:
    """What the list of changes begins after. `kind`: mark, first, days or before (the week before a past day)."""

    kind: str
    at: object
    change: int | None = None


class Status:
    """`asked`: an Asked; `audience`: Standing.Audience (OTHERS: no private lines); `user`: whose mark counts."""

    def __init__(self, installation, audience, asked, *, user=None):
        self.installation, self.audience, self.asked = installation, audience, asked
        self.today, self.now = clock.today(), clock.now()
        self.day = asked.as_of or self.today
        self.period = periods.period(asked.period, self.day)
        self.mark, self.last = None, 0
        if asked.as_of:
            self.rows = past.rows(asked.as_of, self.period)
        else:
            # First up to where has been read: what is recorded meanwhile is then not taken for read.
            self.mark, self.last = StatusMark.of(user), rows.last_change()
            self.rows = rows.live(self.period)
        self.open = [row for row in self.rows if row.outcome == "open"]

    @classmethod
    def of(cls, request, asked):
        """For who is signed in at `request`."""
        return cls(request.installation, Standing.Audience.of(request.user), asked, user=request.user)

    # The pipeline, and what ended ----------------------------------------------------------------------

    @cached_property
    def whole(self):
        return pipeline.whole(self.open)

    @cached_property
    def stages(self):
        return pipeline.by_stage(self.open)

    @cached_property
    def months(self):
        return pipeline.by_month(self.open, self.day)

    @cached_property
    def ended(self):
        return pipeline.ended(self.rows, self.period)

    @cached_property
    def ended_rows(self):
        """[(Ended, Row)], the latest first, as many as the page shows."""
        rows = [(one, row) for one in self.ended for row in one.rows]
        rows.sort(key=lambda pair: (pair[1].ended_on, pair[1].pk), reverse=True)
        return rows[: MOST if self.asked.every_end else ENDED]

    @property
    def more_ended(self):
        return sum(one.count for one in self.ended) - len(self.ended_rows)

    @property
    def periods(self):
        return periods.choices(self.day)

    # What changed --------------------------------------------------------------------------------------

    @cached_property
    def since(self):
        if self.asked.as_of:
            return Since("before", self.end - FIRST_LOOK)
        if self.asked.since:
            return Since("days", self.now - timedelta(days=int(self.asked.since)))
        at, change = self.mark.start if self.mark else (None, None)
        return Since("first", self.now - FIRST_LOOK) if at is None else Since("mark", at, change)

    @property
    def end(self):
        """The instant that the day is over."""
        return clock.day_bounds(self.day)[1]

    @cached_property
    def changes(self):
        """[Told], the newest first."""
        since = self.since
        until = self.end if self.asked.as_of else None
        told = changed.changed((since.at, since.change), until=until, reasons=until is None)
        told += silent.gone_silent(self.open, self.silences, since.at, self.day, self.installation)
        return sorted(told, key=lambda one: one.sort, reverse=True)

    @cached_property
    def silences(self):
        """{prospect: Silence} of the open accounts: of all, or where that is enough of those that may be silent."""
        if self.asked.as_of:
            return past.silences(self.open, self.day, self.audience, self.installation)
        since = None if self.asked.sort == "heard" else self.since.at
        return silent.stored(self.audience, self.installation, self.today, since)

    @property
    def shown_changes(self):
        return self.changes if self.asked.every_change else self.changes[:CHANGES]

    @cached_property
    def several(self):
        """The prospects with more than one deal here: only theirs need naming."""
        homes = Counter(row.prospect.pk for row in self.rows if row.prospect)
        return {pk for pk, count in homes.items() if count > 1}

    @property
    def more_changes(self):
        return len(self.changes) - len(self.shown_changes)

    @property
    def summary(self):
        return changed.summary(self.changes)

    @property
    def unread(self):
        """Whether there is anything that the reader's mark does not cover yet."""
        if self.mark is None:
            return True
        return self.last > self.mark.seen_change or any(one.sort[0] > self.mark.seen_at for one in self.changes)

    @property
    def ranges(self):
        return SINCE.items()

    # The accounts --------------------------------------------------------------------------------------

    @property
    def accounts(self):
        """[Account] that the address asks for, those that need most first; where there are many, of the first."""
        return self.looked_at[0]

    @property
    def left(self):
        """How many more fit, which were not looked at."""
        return self.looked_at[1]

    @cached_property
    def looked_at(self):
        return self.every_account(most=max(LOOKED_AT, self.asked.shown))

    def every_account(self, most=None):
        """([Account], how many more)"""
        return accounts.listed(
            self.open,
            self.asked,
            most,
            self.silences if self.asked.sort == "heard" else {},
            audience=self.audience,
            today=self.today,
            installation=self.installation,
            as_of=self.asked.as_of,
        )

    @cached_property
    def groups(self):
        return accounts.grouped(self.accounts, self.asked.shown)

    @property
    def more(self):
        """How many accounts are not shown yet."""
        return max(0, len(self.accounts) - self.asked.shown) + self.left

    @property
    def next_shown(self):
        return self.asked.shown + 2 * FIRST

    @property
    def needing(self):
        return sum(1 for one in self.accounts if one.attention != "none")

    @cached_property
    def open_accounts(self):
        """How many there are in all, whatever the address asks for."""
        return len({row.prospect.pk for row in self.open if row.prospect})

    @property
    def homeless(self):
        """How many open deals belong to no account."""
        return sum(1 for row in self.open if row.prospect is None)

    @property
    def needs(self):
        return accounts.needs()

    @property
    def sorts(self):
        return SORTS.items()
