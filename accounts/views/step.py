"""Steps: each action a small address of its own, reached from Today, a prospect, a deal.

htmx gets 204 and "step-changed"; a plain browser goes back to `next`, or to what the step belongs to.
"""

from django.shortcuts import resolve_url
from django.views.decorators.http import require_http_methods, require_POST

from accounts import later, plan
from accounts.models import Entry, Step
from accounts.records import ChangedSince
from accounts.step_forms import LaterForm, OrderForm, StepForm
from crm.access import audit
from crm.access.guard import fetch, sellers_only
from crm.web import answer
from crm.web.back import back
from crm.web.conflicts import again, rows
from crm.web.forms import EntryForm
from crm.web.templatetags.callback import day_words

EVENTS = ("step-changed",)
CHANGED = "That step was changed meanwhile. Nothing was done."


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def step_create(request):
    """A new step, of ?deal= or ?prospect= (and ?contact=) or of nobody."""
    pages = {"template": "accounts/step_create.html", "fragment": "accounts/_step_form.html"}
    if request.method != "POST":
        form = StepForm(initial=request.GET.dict())
        return answer.page(request, context=_context(request, form), **pages)
    form = StepForm(request.POST)
    if not form.is_valid():
        return answer.invalid(request, context=_context(request, form), **pages)
    with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
        if not entry.replayed:
            form.instance.entry = entry
            form.instance.write(entry)
    step = form.instance if form.instance.pk else entry.made(Step)
    to = back(request, home(step))
    return answer.saved(request, to, toast=f"Planned: {step.what}{_due(step)}", undo=entry, events=EVENTS)


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def step_edit(request, pk):
    step = fetch(request, Step.objects.select_related("prospect", "deal", "contact"), pk)
    pages = {"template": "accounts/step_edit.html", "fragment": "accounts/_step_form.html"}
    form = StepForm(request.POST or None, instance=step)
    if request.method != "POST":
        return answer.page(request, context=_context(request, form), **pages)
    if not form.is_valid():
        return answer.invalid(request, context=_context(request, form), **pages)
    try:
        with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
            if not entry.replayed:
                form.instance.write(entry)
    except ChangedSince as changed:
        context = _context(request, again(form, changed.record)) | {"rows": rows(form, changed.record)}
        return answer.conflict(request, context=context, **pages)
    return answer.saved(request, back(request, home(step)), toast=f"Saved: {step.what}", undo=entry, events=EVENTS)


@require_POST
def step_done(request, pk):
    """Done today; kept or missed follows from its day."""
    return _act(request, pk, lambda step, entry: step.keep(entry), "Done", when=Step.State.OPEN)


@require_POST
def step_drop(request, pk):
    """No longer wanted."""
    return _act(request, pk, lambda step, entry: step.drop(entry), "Dropped", when=Step.State.OPEN)


@require_POST
def step_reopen(request, pk):
    return _act(request, pk, lambda step, entry: step.reopen(entry), "Open again")


@require_POST
def step_delete(request, pk):
    """To the trash."""

    def trash(step, entry):
        step.trash(entry)
        audit.note(request, "deleted", "a private step" if step.private else f"the step {step.what}")

    return _act(request, pk, trash, "Deleted")


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def step_reschedule(request, pk):
    """Another day: tonight, tomorrow, Monday, next week, or one of one's own."""
    step = fetch(request, Step.objects.select_related("prospect", "deal"), pk)
    pages = {"template": "accounts/step_reschedule.html", "fragment": "accounts/_step_reschedule.html"}
    form = LaterForm(request.POST or None)
    context = _context(request, form) | {"step": step, "later": later.choices()}
    if request.method != "POST":
        return answer.page(request, context=context, **pages)
    if not form.is_valid():
        return answer.invalid(request, context=context, **pages)
    on, at = form.due
    return _act(request, pk, lambda step, entry: step.reschedule(entry, on, at), f"Moved to {day_words(on)}")


@require_POST
def step_reschedule_many(request):
    """Those ticked (`step`, several times), all to the same day; one Undo for all."""
    form, to = LaterForm(request.POST), back(request, resolve_url("/"))
    ids = [pk for pk in request.POST.getlist("step")[:500] if pk.isdecimal() and len(pk) < 19]
    steps = list(Step.objects.open().visible_to(request.user).filter(pk__in=ids))
    if not steps:
        return answer.refused(request, to, "Tick the steps first. Nothing was moved.")
    if not form.is_valid():
        return answer.refused(request, to, "Choose a day that is still to come. Nothing was moved.")
    on, at = form.due
    try:
        with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
            if not entry.replayed:
                for step in steps:
                    step.reschedule(entry, on, at)
    except ChangedSince:
        return answer.refused(request, to, CHANGED, status=409, events=EVENTS)
    count = f"{len(steps)} steps" if len(steps) > 1 else steps[0].what
    return answer.saved(request, to, toast=f"{count} moved to {day_words(on)}", undo=entry, events=EVENTS)


@require_POST
def step_order(request, pk):
    """Another place in its deal's plan."""
    form = OrderForm(request.POST)
    step = fetch(request, Step, pk)
    if not form.is_valid() or step.deal_id is None:
        return answer.refused(request, back(request, home(step)), "It has no place to move to.")
    to, before = form.cleaned_data["to"], form.cleaned_data["before"]
    steps = plan.moved(plan.of(step), step, up=to == "up" if to else None, before=before)

    def reorder(step, entry):
        plan.reorder(steps, entry)

    return _act(request, pk, reorder, "Plan in a new order")


def home(step):
    """The page of what the step belongs to."""
    owner = step.deal or step.prospect
    return owner.get_absolute_url() if owner else resolve_url("/")


def _act(request, pk, verb, word, when=None):
    """Fetch, do, answer. `when`: the state the step must be in; in another one nothing is done."""
    step = fetch(request, Step.objects.select_related("prospect", "deal"), pk)
    to = back(request, home(step))
    form = EntryForm(request.POST)
    form.is_valid()
    try:
        with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
            if not entry.replayed and (when is None or step.state == when):
                verb(step, entry)
    except ChangedSince:
        return answer.refused(request, to, CHANGED, status=409, events=EVENTS)
    return answer.saved(request, to, toast=f"{word}: {step.what}", undo=entry, events=EVENTS)


def _due(step):
    return f", {day_words(step.due_on)}" if step.due_on else ""


def _context(request, form):
    step = getattr(form, "instance", None)
    return {"form": form, "step": step if step and step.pk else None, "next": back(request, "")}
