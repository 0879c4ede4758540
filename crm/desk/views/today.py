"""Today, and what can be done with its Next! card."""

from functools import partial

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import later
from accounts.models import Entry, Step
from crm.desk import filing
from crm.desk import today as desk
from crm.desk.forms.next import NextDoneForm, NextLaterForm, NextSkipForm
from crm.desk.models import Deferral
from crm.web import answer

# Presses of Next! on one item after which it asks why.
ASK_WHY = 3
EVENTS = ("step-changed", "activity-logged", "deal-changed")


@require_safe
def today(request):
    """What do I do next? A manager, who has no day here, is sent to the status of it all."""
    if not request.user.may_write:
        return redirect("status")
    asked = {name: request.GET.get(name, "")[:40] for name in ("key", "all", "panel", "pick")}
    shown = partial(_shown, request.installation, asked)
    return answer.kept(request, "desk/today.html", shown, fragment="desk/_today_desk.html")


def _shown(installation, asked):
    items = desk.queue(installation)
    item = next((item for item in items if item.key == asked["key"]), items[0] if items else None)
    groups = desk.grouped([other for other in items if other is not item], whole=asked["all"])
    best = [] if items else desk.best_to_call()
    desk.give_people([row for group in groups for row in group.items] + ([item] if item else best))
    return {
        "card": desk.card(item, items, installation) if item else None,
        "panel": asked["panel"],
        "asking": bool(item and item.skips >= ASK_WHY),
        "pick": bool(asked["pick"]),
        "later": later.choices(),
        "groups": groups,
        "schedule": desk.schedule(items),
        "logged": desk.logged_today(),
        "week": desk.week_counts(),
        "best": best,
    }


@require_POST
def next_done(request):
    """Done: the step is kept, and what is typed about it goes through the quick log."""
    form = NextDoneForm(request.POST)
    item = form.item(request)
    if item is None:
        return answer.refused(request, reverse("today"), "That is not in your queue any more. Nothing was changed.")
    entry = filing.record(
        form.cleaned_data["text"],
        uuid=form.cleaned_data["uuid"],
        author=request.user,
        context=filing.context_of(item),
        finish=filing.open_step(item.step_id),
        private=form.cleaned_data["private"],
    )
    return answer.saved(request, reverse("today"), toast=f"Done: {item.what}", undo=entry, events=EVENTS)


@require_POST
def next_later(request):
    """Later: your own step gets the new day (its history keeps the old one); anything else rests until then."""
    form = NextLaterForm(request.POST)
    item = form.item(request)
    chosen = later.choose(form.cleaned_data.get("when"), form.cleaned_data.get("on"))
    if item is None or chosen is None:
        why = "Pick a day after desk." if item else "That is not in your queue any more."
        return answer.refused(request, reverse("today"), f"{why} Nothing was changed.")
    with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
        if not entry.replayed:
            if item.step_id and item.owner == "me":
                Step.objects.get(pk=item.step_id).reschedule(entry, *chosen)
            Deferral.of(item.key).put_off(entry, *chosen)
    return answer.saved(request, reverse("today"), toast=f"Later: {item.what}", undo=entry, events=EVENTS)


@require_POST
def next_skip(request):
    """Next!: not now. It goes to the end of the queue and comes back; three skips ask why."""
    form = NextSkipForm(request.POST)
    item = form.item(request)
    if item is None:
        return answer.refused(request, reverse("today"), "That is not in your queue any more.")
    with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
        if not entry.replayed:
            Deferral.of(item.key).skip(entry)
    return answer.saved(request, reverse("today"), events=("step-changed",))
