from urllib.parse import urlsplit

from django.apps import apps
from django.http import Http404
from django.shortcuts import get_object_or_404, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import Entry
from accounts.records import ChangedSince
from crm.web import answer

# Undo may change anything that follows from what it takes back, so every part that listens gets itself again.
EVENTS = ("deal-changed", "step-changed", "activity-logged", "prospect-changed", "contact-changed")
_SILENT = {"deals.stage"}  # no part of a page listens for these; without an event the whole page is loaded again


def entry_undo(request, uuid):
    """What one submission did, and the button that takes it back; the toast's Undo POSTs here as well."""
    if not request.user.may_write:
        raise Http404
    entry = get_object_or_404(Entry, uuid=uuid)
    did, back = _did(entry), _back(request)
    if request.method != "POST":
        return answer.page(request, "accounts/entry_undo.html", {"entry": entry, "did": did, "back": back})
    try:
        undone = entry.undo()
    except ChangedSince as changed:
        return answer.refused(request, back, _why_not(changed.record), status=409, events=EVENTS)
    if not undone:
        return answer.saved(request, back, toast="That was undone already.", events=EVENTS)
    gone = any(_away(effect, record, back) for effect, record in did)
    events = EVENTS if any(effect.record_type not in _SILENT for effect, _ in did) else ()
    return answer.saved(request, resolve_url("/") if gone else back, toast="Undone.", events=events, leave=gone)


def _did(entry):
    """(effect, record) of all that the submission did to records that are still here, in its order."""
    effects, records = list(entry.effects.order_by("pk")), {}
    for kind in {effect.record_type for effect in effects}:
        ids = [effect.record_id for effect in effects if effect.record_type == kind]
        found = apps.get_model(kind).everything.in_bulk(ids)
        records |= {(kind, pk): record for pk, record in found.items()}
    pairs = ((effect, records.get((effect.record_type, effect.record_id))) for effect in effects)
    return [(effect, record) for effect, record in pairs if record is not None]


def _away(effect, record, back):
    """Whether `back` is the page of a record that is in the trash once the effect is undone."""
    page = getattr(record, "get_absolute_url", None)
    return effect.action in ("created", "restored") and page is not None and urlsplit(back).path == page()


def _why_not(record):
    if record.trashed_at:
        return f"“{record}” is in the trash: bring it back first. Nothing was undone."
    return f"“{record}” was changed again after that, so it cannot be undone. Nothing was changed."


def _back(request):
    """The page that Undo was pressed on, if it is ours and not this one; otherwise the start page."""
    sent = request.POST.get("back", "")
    address = sent or request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    if not here or urlsplit(address).path == request.path:
        return resolve_url("/")
    return address
