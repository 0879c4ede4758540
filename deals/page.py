"""All that a deal's page shows, each part read once and only when it is asked for."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, OuterRef, Subquery
from django.utils.html import format_html

from accounts.models import Step, StepChange
from crm.access.guard import fetch
from crm.web import clock
from crm.web.templatetags.callback import clock as clock_words
from crm.web.templatetags.callback import day

from . import cards, history, stands, timeline, trouble
from .models import Deal, Stage


@dataclass
class StageLine:
    """A stage as the bar and the milestones show it. `on`: the day the deal came into it, if it ever did."""

    stage: Stage
    state: str  # proved (it was there and is past it), here, ahead (not yet, or passed over)
    on: date | None
    milestones: list


class DealPage:
    def __init__(self, request, pk):
        self.request, self.user = request, request.user
        self.installation, self.today = request.installation, clock.today()
        deals = Deal.objects.for_page(self.user)
        deals = trouble.mark(deals, [stage for stage, _ in self.stages], self.installation, self.today)
        (self.deal,) = cards.dress([fetch(request, deals, pk)], self.user, self.installation, self.today)

    @cached_property
    def stages(self):
        """[(stage, its milestones' texts)] in order, in one query."""
        found = {}
        for stage, text in _with_milestones():
            found.setdefault(stage.pk, (stage, []))[1].extend([text] if text else [])
        return list(found.values())

    @cached_property
    def changes(self):
        return list(self.deal.changes.counted())

    @cached_property
    def stage_lines(self):
        visited = history.visited(self.changes)
        here = self.deal.stage.position
        lines = []
        for stage, milestones in self.stages:
            state = "here" if stage.pk == self.deal.stage_id else "proved" if stage.position < here else "ahead"
            if state == "proved" and stage.pk not in visited:
                state = "ahead"
            lines.append(StageLine(stage, state, visited.get(stage.pk), milestones))
        return lines

    @property
    def sentence(self):
        return stands.sentence(self.deal, self.installation, self.today, seller=self.user.is_seller)

    @property
    def slipped(self):
        deal = self.deal
        return f"slipped {stands.times(deal.slips)}, {trouble.days(deal.slipped_days)}" if deal.slips else ""

    @cached_property
    def people(self):
        """The contacts of the deal with their role and numbers, in the order they were added."""
        people = self.deal.people.filter(contact__trashed_at=None).select_related("contact")
        return list(people.prefetch_related("contact__phones", "contact__emails"))

    @property
    def to_call(self):
        """(contact, number) of the next step's contact, or of the first person with a number; None without one."""
        standing = self.deal.standing
        first = standing.next_step.contact_id if standing and standing.next_step else None
        for part in sorted(self.people, key=lambda part: part.contact_id != first):
            numbers = [number for number in part.contact.phones.all() if not number.wrong]
            if numbers:
                return part.contact, numbers[0]
        return None

    @cached_property
    def steps(self):
        """The plan, with `.row` (its state as shown), `.was` (its first date, where it moved) for each step."""
        first = StepChange.objects.filter(step=OuterRef("pk"), due_on__isnull=False).order_by("known_at", "pk")
        steps = self.deal.steps.visible_to(self.user).select_related("contact").in_plan_order()
        found = list(steps.annotate(first_due=Subquery(first.values("due_on")[:1])))
        for step in found:
            step.row = _row(step, self.today)
            step.was = step.first_due if step.first_due != step.due_on else None
            step.when = _when(step)
        return found

    @property
    def plan(self):
        return [step for step in self.steps if step.state != Step.State.DROPPED]

    @property
    def dropped(self):
        return [step for step in self.steps if step.state == Step.State.DROPPED]

    @property
    def done(self):
        return sum(1 for step in self.plan if step.state == Step.State.DONE)

    @cached_property
    def timeline(self):
        names = {stage.pk: stage.name for stage, _ in self.stages}
        told = history.told(self.changes, names)
        asked = self.request.GET
        return timeline.page(self.deal, self.user, told, kind=asked.get("kind", ""), before=asked.get("before", ""))

    @property
    def kinds(self):
        return [("", "All"), *timeline.KINDS, (timeline.HISTORY, "Changes")]


def _with_milestones():
    """Each stage with the text of each of its milestones, or None."""
    stages = Stage.objects.in_order().order_by("position", "pk", "milestones__position", "milestones__pk")
    return [(stage, stage.milestone) for stage in stages.annotate(milestone=F("milestones__text"))]


def _row(step, today):
    """How its row looks: kept, missed (done too late), late, today or open."""
    if step.state == Step.State.DONE:
        return "missed" if step.kept is False else "kept"
    if step.overdue(today):
        return "late"
    return "today" if step.due_on == today else "open"


def _when(step):
    """<time> on the line of the plan: "Mar 12", "Today, 10:00 am"; the day it was done where none was set."""
    on = step.due_on or step.done_on
    if on is None:
        return format_html('<time class="soft">{}</time>', "no day")
    words = "Today" if step.row == "today" else day(on, "short")
    if step.row == "today" and step.due_time:
        words = f"{words}, {clock_words(step.due_time)}"
    return format_html('<time datetime="{}" title="{}">{}</time>', on.isoformat(), day(on), words)
