"""The quick log: its page, its preview, and what was left unsure."""

from django.db.models import F
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Entry, Step
from accounts.records import ChangedSince
from crm.access.guard import fetch, sellers_only
from crm.desk import filing, phone, recent, today
from crm.desk.forms.log import LogForm
from crm.web import answer, clock

EVENTS = ("activity-logged", "step-changed", "deal-changed", "prospect-changed", "contact-changed")


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def log(request):
    """The phone's home, and where every quick-log box sends its line. `?text=` fills the box, `?context=` the page."""
    if request.method == "POST":
        return _save(request)
    asked = {"text": phone.shared(request.GET), "context": request.GET.get("context", "")[:40]}
    around = "desk/_log_around.html"
    return answer.kept(
        request, "desk/log.html", lambda: _page(LogForm(initial=asked), asked["context"]), fragment=around
    )


def _page(form, context=""):
    people = recent.people()
    return {
        "form": form,
        "about": filing.context_named(context),
        "likely": recent.likely(people),
        "recent": recent.with_news(people),
        "steps": _due()[:8],
        "logged": today.logged_today(6),
    }


def _due():
    """Your open steps due by today, whatever falls on today itself in front of what was left lying."""
    steps = Step.objects.open().mine().filter(due_on__lte=clock.today())
    return steps.order_by("-due_on", F("due_time").asc(nulls_last=True), "pk").select_related("prospect", "contact")


def _save(request):
    form = LogForm(request.POST)
    if not form.is_valid():
        if request.htmx:
            return answer.refused(request, reverse("log"), form.why())
        return answer.invalid(request, "desk/log.html", _page(form, form.data.get("context", "")))
    entry = filing.record(
        form.cleaned_data["text"],
        uuid=form.cleaned_data["uuid"],
        author=request.user,
        context=filing.context_named(form.cleaned_data["context"]),
        choices=filing.Choices.read(request.POST),
        private=form.cleaned_data["private"],
    )
    said = f"Logged: {entry.summary}." if not entry.pending else f"Kept: {entry.summary}. One thing to check on Today."
    return answer.saved(request, _next(request), toast=said, undo=entry, events=EVENTS)


def _next(request):
    """Where a plain browser goes on: the page the box stood on."""
    to = request.POST.get("next", "")
    return to if url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure()) else reverse("log")


@require_POST
def log_preview(request):
    """What would be recorded, as chips. Changes nothing."""
    form = LogForm(request.POST)
    form.is_valid()
    plan, kept = filing.preview(
        form.data.get("text", "")[:10_000],
        context=filing.context_named(form.data.get("context")),
        choices=filing.Choices.read(request.POST),
        private=bool(form.data.get("private")),
    )
    return answer.page(request, "desk/_log_preview.html", _chips(plan, kept))


def _chips(plan, kept):
    return {"plan": plan, "kept": kept, "chips": filing.chips(plan), "questions": filing.questions(plan)}


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def entry_edit(request, uuid):
    """Check this: the line again, with what was left unsure to choose; saving files it anew."""
    entry = fetch(request, Entry.objects.filter(undone_at=None), uuid=uuid)
    choices = filing.Choices.read(request.POST)
    private = request.POST.get("private") == "1" if "private-asked" in request.POST else None
    if request.method == "POST" and "preview" not in request.POST:
        try:
            filing.refile(entry, choices, private)
        except ChangedSince:
            why = "Something it made was changed since, so it stays as it is. Change that record itself."
            return answer.refused(request, reverse("today"), why)
        return answer.saved(
            request, reverse("today"), toast=f"Filed: {entry.summary}", undo=entry, events=EVENTS, leave=True
        )
    plan, kept = filing.preview_of(entry, choices, private)
    return answer.page(request, "desk/entry_edit.html", {"entry": entry} | _chips(plan, kept))
