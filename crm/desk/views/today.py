"""Today, and what can be done with its Next! card."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts import later
from accounts.models import Entry
from crm.desk import filing
from crm.desk import today as desk
from crm.desk.forms.next import NextDoneForm, NextLaterForm, NextSkipForm
from crm.desk.models import Deferral
from crm.web import answer

# Presses of Next! on one item after which it asks why.
ASK_WHY = 3
EVENTS = ("step-changed", "activity-logged", "deal-changed")


@require_GET
def today(request):
    """What do I do next? A manager, who has no day here, is sent to the board."""
    if not request.user.may_write:
        return redirect("deal_board")
    return answer.page(request, "desk/today.html", _desk(request), fragment="desk/_today_desk.html")


def _desk(request):
    items = desk.queue(request.installation)
    wanted = request.GET.get("key")
    card = next((item for item in items if item.key == wanted), items[0] if items else None)
    groups = desk.grouped([item for item in items if item is not card], whole=request.GET.get("all", ""))
    best = [] if items else desk.best_to_call()
    desk.give_people([item for group in groups for item in group.items] + ([card] if card else best))
    return {
        "card": card,
        "asking": bool(card and card.deferral and card.deferral.skips >= ASK_WHY),
        "last": desk.last_touch(card) if card else None,
        "promises": desk.their_promises(card, items) if card else [],
        "panel": request.GET.get("panel", ""),
        "pick": bool(request.GET.get("pick")),
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
        finish=item.step,
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
            if item.step and item.owner == "me":
                item.step.reschedule(entry, *chosen)
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
