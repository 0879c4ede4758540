from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import trash
from accounts.models import Entry
from accounts.records import Record
from crm.access.guard import fetch
from crm.web import answer
from crm.web.forms import EntryForm

ROWS = 50


@require_safe
def trash_list(request):
    kind = request.GET.get("kind", "")
    if kind not in trash.KINDS:
        kind = ""
    page = Paginator(trash.heads(request.user, kind), ROWS).get_page(request.GET.get("page"))
    page.object_list = trash.rows(request.user, page.object_list)
    context = {"page": page, "kinds": trash.kinds(), "kind": kind}
    return answer.page(request, "accounts/trash_list.html", context)


def trash_restore(request, kind, pk):
    """Bring one thing back, with all that went to the trash along with it."""
    model: type[Record] | None = trash.models().get(kind) if kind in trash.KINDS else None
    if model is None or request.method != "POST":
        raise Http404
    record = fetch(request, model.everything.exclude(trashed_at=None), pk)
    form = EntryForm(request.POST)
    form.is_valid()
    with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
        heads = [] if entry.replayed else record.bring_back(entry)
    others = ", ".join(f"“{head}”" for head in heads[:-1])
    toast = f"“{record}” is back{f', with {others}' if others else ''}."
    return answer.saved(request, reverse("trash_list"), toast=toast, undo=entry, leave=True)
