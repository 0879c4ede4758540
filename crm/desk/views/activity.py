"""Activities by a full form: making, changing, back-dating, re-filing, deleting."""

from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Activity, Contact, Entry, Prospect
from accounts.picks import offered
from accounts.records import ChangedSince
from crm.access import audit
from crm.access.guard import fetch, sellers_only
from crm.desk import privacy
from crm.desk.forms.activity import ActivityForm
from crm.desk.views.submit import sent_uuid
from crm.web import answer, clock, conflicts
from crm.web.back import page_asked_from
from deals.models import Deal

EVENTS = ("activity-logged",)
MARKED = ("activity-logged", "step-changed", "deal-changed")
CHANGED = "That was changed meanwhile. Nothing was done."


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def activity_create(request):
    context = {"action": reverse("activity_create")}
    if request.method != "POST":
        return _form(request, "create", ActivityForm(initial=_initial(request)), context)
    form = ActivityForm(request.POST)
    if not form.is_valid() or request.POST.get("more"):
        return _form(request, "create", form, context, answer.invalid)
    text = form.cleaned_data["text"]
    with Entry.submission(form.cleaned_data["uuid"], author=request.user, text=text) as entry:
        if not entry.replayed:
            form.instance.entry = entry
            form.instance.write(entry, contacts=form.people)
    made = form.instance if form.instance.pk else entry.made(Activity)
    return answer.saved(request, _home(made), toast="Logged.", undo=entry, events=("activity-logged",))


def _initial(request):
    """Where the form was asked for: ?contact=, ?deal=, ?prospect=; today, now."""
    found = {"on": clock.today(), "time": clock.wall().time(), "kind": "call", "direction": "out"}
    for name, model in (("prospect", Prospect), ("deal", Deal), ("contact", Contact)):
        pk = request.GET.get(name, "")
        if not pk.isdecimal():
            continue
        record = fetch(request, model, pk)
        if name == "prospect":
            found["prospect"] = record
        else:
            found["prospect"] = record.prospect
            found |= {"deal": record.pk} if name == "deal" else {"contacts": [record.pk]}
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def activity_edit(request, pk):
    activity = fetch(request, Activity.objects.select_related("prospect", "deal", "entry"), pk)
    words = activity.entry.text if activity.entry else ""
    context = {"activity": activity, "typed": words, "action": reverse("activity_edit", args=[pk])}
    if request.method != "POST":
        return _form(request, "edit", ActivityForm(instance=activity), context)
    form = ActivityForm(request.POST, instance=activity)
    if not form.is_valid() or request.POST.get("more"):
        return _form(request, "edit", form, context, answer.invalid)
    try:
        with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
            if not entry.replayed:
                hiding = form.instance.private and "private" in form.changed_data
                form.instance.write(entry, contacts=form.people)
                if hiding:
                    privacy.hide_line(form.instance, entry)
    except ChangedSince as changed:
        context["rows"] = conflicts.rows(form, changed.record)
        return _form(request, "edit", conflicts.again(form, changed.record), context, answer.conflict)
    return answer.saved(request, _home(form.instance), toast="Changed.", undo=entry, events=EVENTS)


def _form(request, verb, form, context, reply=answer.page):
    context = {"form": form, "which": offered(form, "prospect"), "in_sheet": bool(request.htmx), **context}
    return reply(request, f"desk/activity_{verb}.html", context, fragment="desk/_activity_form.html")


def _home(activity):
    """The page that shows it."""
    for record in (activity.prospect, activity.deal):
        if record is not None:
            return record.get_absolute_url()
    return reverse("today")


@require_POST
def activity_private(request, pk):
    """Nobody else's business, or everybody's again; `private` says which, so that pressing twice does it once."""
    activity = fetch(request, Activity.objects.select_related("prospect", "deal", "entry"), pk)
    private, to = request.POST.get("private") == "1", page_asked_from(request, _home(activity))
    try:
        with Entry.submission(sent_uuid(request), author=request.user) as entry:
            if not entry.replayed and activity.private != private:
                privacy.mark(activity, private, entry)
    except ChangedSince:
        return answer.refused(request, to, CHANGED, status=409, events=EVENTS)
    toast = "Nobody but you sees that now." if private else "Whoever looks in sees that again."
    return answer.saved(request, to, toast=toast, undo=entry, events=MARKED)


@require_POST
def activity_delete(request, pk):
    activity = fetch(request, Activity.everything.select_related("prospect", "deal"), pk)
    with Entry.submission(sent_uuid(request), author=request.user) as entry:
        if not entry.replayed and activity.trashed_at is None:
            activity.trash(entry)
            audit.note(request, "deleted", f"something that happened at {activity.prospect or 'no prospect'}")
    return answer.saved(request, _home(activity), toast="It is in the trash.", undo=entry, events=EVENTS)
