"""Prospects: the list, one of them, and what can be done with one."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import timeline
from accounts.models import Entry, Prospect, Standing
from accounts.records import ChangedSince
from crm.access import audit
from crm.access.guard import fetch, sellers_only
from crm.desk import duplicates, merging, prospect_page, prospects
from crm.desk.brief import live
from crm.desk.forms.prospect import MergeForm, ParkForm, ProspectForm
from crm.desk.views.submit import sent_uuid
from crm.web import answer, conflicts, csvs
from crm.web.templatetags.callback import day as day_words

CHANGED = ("prospect-changed",)


@require_safe
def prospect_list(request):
    return answer.kept(request, "desk/prospect_list.html", lambda: _listed(request))


def _listed(request):
    chosen, rows = prospects.listed(request.GET, request.user)
    page = Paginator(rows.values_list("pk", flat=True), prospects.PAGE).get_page(request.GET.get("page"))
    page.object_list = prospects.shown(page.object_list, request.user)
    return {"filter": chosen, "page": page}


@require_safe
def prospect_export(request):
    _, rows = prospects.listed(request.GET, request.user)
    audit.note(request, "exported", "the list of prospects")
    return csvs.download("prospects", prospects.CSV_HEADER, prospects.csv_rows(rows))


@require_safe
def prospect_detail(request, pk):
    def shown():
        prospect = fetch(request, live.marked(Standing.Audience.of(request.user)).filter(trashed_at=None), pk)
        seen = _timeline(request, prospect, down_to=request.GET.get("show", ""))
        return prospect_page.about(prospect, request.user, request.installation, seen)

    try:
        return answer.kept(request, "desk/prospect_detail.html", shown, fragment="desk/_prospect_body.html")
    except Http404:
        stays = prospect_page.merged_into(pk)
        if stays is None:
            raise
        return HttpResponseRedirect(stays.get_absolute_url())


@require_safe
def prospect_brief(request, pk):
    """The five lines, as of now or of the end of a past day (`?as_of=2026-03-11`; anything else is now, and said)."""

    def shown():
        prospect = fetch(request, live.marked(Standing.Audience.of(request.user)).filter(trashed_at=None), pk)
        return prospect_page.brief_of(prospect, request.user, request.installation, request.GET.get("as_of", ""))

    try:
        return answer.kept(request, "desk/prospect_brief.html", shown, fragment="desk/_prospect_brief.html")
    except Http404:
        stays = prospect_page.merged_into(pk)
        if stays is None:
            raise
        return HttpResponseRedirect(reverse("prospect_brief", args=[stays.pk]))


@require_safe
def prospect_timeline(request, pk):
    prospect = fetch(request, Prospect, pk)
    context = {"prospect": prospect, "timeline": _timeline(request, prospect)}
    return answer.page(request, "desk/prospect_timeline.html", context, fragment="desk/_prospect_timeline.html")


def _timeline(request, prospect, down_to=""):
    activities = prospect.activities.visible_to(request.user)
    asked = {name: request.GET.get(name, "") for name in ("kind", "before")}
    size = timeline.size_to(activities, down_to, request.user) if down_to else timeline.SIZE
    shown = timeline.page(activities, **asked, reader=request.user, size=size)
    if shown.before is None:
        shown.kinds, shown.count = timeline.counts(activities)
    return shown


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def prospect_create(request):
    if request.method != "POST":
        form = ProspectForm(initial={"name": request.GET.get("name", "")})
        return answer.page(request, "desk/prospect_create.html", {"form": form})
    form = ProspectForm(request.POST)
    if not form.is_valid():
        return answer.invalid(request, "desk/prospect_create.html", {"form": form})
    known = Entry.objects.filter(uuid=form.cleaned_data["uuid"]).exists()
    if not known and not request.POST.get("anyway"):
        typed = form.cleaned_data
        alike = duplicates.prospects_like(typed["name"], website=typed["website"], phone=typed["phone"])
        if alike:
            return answer.invalid(request, "desk/prospect_create.html", {"form": form, "alike": alike})
    with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
        if not entry.replayed:
            form.instance.write(entry)
    prospect = form.instance if form.instance.pk else entry.made(Prospect)
    toast = f"{prospect} is a prospect now."
    return answer.saved(request, prospect.get_absolute_url(), toast=toast, undo=entry, leave=True)


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def prospect_edit(request, pk):
    prospect = fetch(request, Prospect, pk)
    return _edit(
        request, prospect, ProspectForm, "desk/prospect_edit.html", None, lambda form: f"{form.instance} saved."
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def prospect_park(request, pk):
    """Left in peace until a day; an empty day ends it."""
    prospect = fetch(request, Prospect, pk)

    def toast(form):
        until = form.instance.parked_until
        return f"{prospect} is parked until {day_words(until)}." if until else f"{prospect} is not parked any more."

    return _edit(request, prospect, ParkForm, "desk/prospect_park.html", "desk/_prospect_park.html", toast)


def _edit(request, prospect, form_class, template, fragment, toast):
    """GET the form; POST it, as one entry with Undo, 422 or 409."""
    context = {"prospect": prospect}
    if request.method != "POST":
        context["form"] = form_class(instance=prospect)
        return answer.page(request, template, context, fragment=fragment)
    form = form_class(request.POST, instance=prospect)
    if not form.is_valid():
        return answer.invalid(request, template, context | {"form": form}, fragment=fragment)
    try:
        with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
            if not entry.replayed:
                form.instance.write(entry)
    except ChangedSince as changed:
        rows = conflicts.rows(form, changed.record)
        context |= {"form": conflicts.again(form, changed.record), "rows": rows}
        return answer.conflict(request, template, context, fragment=fragment)
    return answer.saved(request, prospect.get_absolute_url(), toast=toast(form), undo=entry, events=CHANGED)


@require_POST
def prospect_delete(request, pk):
    prospect = fetch(request, Prospect.everything, pk)
    with Entry.submission(sent_uuid(request), author=request.user) as entry:
        if not entry.replayed and prospect.trashed_at is None:
            prospect.trash(entry)
            audit.note(request, "deleted", f"the prospect {prospect}")
    toast = f"{prospect} is in the trash, with all that belongs to it."
    return answer.saved(request, reverse("prospect_list"), toast=toast, undo=entry, leave=True)


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def prospect_merge(request, pk):
    """Into another: this one is the duplicate, the other one stays."""
    prospect = fetch(request, Prospect if request.method != "POST" else Prospect.everything, pk)
    form = MergeForm(request.POST or None, prospect=prospect)
    if request.method != "POST" or not form.is_valid():
        context = {"prospect": prospect, "form": form, "q": request.GET.get("q", "").strip()}
        context["alike"] = prospect_page.like(prospect, context["q"])
        reply = answer.page if request.method != "POST" else answer.invalid
        return reply(request, "desk/prospect_merge.html", context)
    into = form.cleaned_data["into"]
    with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
        if not entry.replayed and prospect.trashed_at is None:
            merging.merge(prospect, into, entry)
    return answer.saved(
        request, into.get_absolute_url(), toast=f"{prospect} is part of {into} now.", undo=entry, leave=True
    )
