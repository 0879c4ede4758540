"""One way to answer: the table of docs/decisions/answers.md, in code.

A view calls one of these and returns what it gets; none builds an HttpResponse of its own.
"""

import json
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from .back import htmx_page
from .kept_html import kept_html


def wants_fragment(request):
    """True when htmx asks for a part of a page (not boosted, not restoring history)."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def page(request, template, context=None, *, fragment=None, status=200):
    """A GET's answer: the fragment for htmx where there is one, otherwise the page."""
    if fragment and wants_fragment(request):
        template = fragment
    return render(request, template, context, status=status)


def kept(request, template, context, *, fragment=None):
    """As `page`, `context` being a function; the HTML is kept until anything is written (`crm.web.kept_html`).

    For pages that only show. A message waiting to be shown is drawn with a page of its own.
    """
    if fragment and wants_fragment(request):
        template = fragment
    if len(messages.get_messages(request)):
        return render(request, template, context())
    return HttpResponse(kept_html(request, template, context))


def invalid(request, template, context, *, fragment=None):
    """The form did not validate: the same form again with its errors, 422. Nothing typed is lost."""
    return page(request, template, context, fragment=fragment, status=422)


def conflict(request, template, context, *, fragment=None):
    """The record was changed meanwhile: both versions, what was typed kept, 409."""
    return page(request, template, context, fragment=fragment, status=409)


def saved(request, to, *, toast=None, undo=None, fragment=None, context=None, also=(), events=(), leave=False):
    """The write is done.

    `to`: where a plain browser goes (303), and htmx too when `leave` is true or a form stands on its own page,
    where nothing is left to do. `fragment`: the one thing
    htmx redraws; without it 204 and `events`, for parts that refresh themselves. `toast`: what
    happened, in words. `undo`: the Entry whose undoing the toast offers. `also`: (fragment, context) pairs
    swapped out of band, for numbers that the same write changed; such a fragment is told `oob`.
    """
    note = _toast(toast, undo)
    leave = leave or (not fragment and _on_own_page(request, to))
    if not request.htmx or leave or request.htmx.boosted:
        if note:
            messages.success(request, note["text"], extra_tags=note.get("undo", ""))
        if not request.htmx or request.htmx.boosted:
            return HttpResponseRedirect(to, status=303)
        return HttpResponse(status=204, headers={"HX-Redirect": str(to)})
    if fragment:
        response = render(request, fragment, context)
        for template, words in also:
            response.write(render_to_string(template, {**words, "oob": True}, request))
    else:
        response = HttpResponse(status=204)
    trigger = {name: {} for name in events}
    if note:
        trigger["toast"] = note
    if trigger:
        response["HX-Trigger"] = json.dumps(trigger)
    return response


def _on_own_page(request, to):
    """True when a form that also opens in a sheet was opened as a page; the log, which goes on by itself, was not."""
    here = htmx_page(request).path
    return here == request.path != urlsplit(str(to)).path


def refused(request, to, why, *, status=422, events=()):
    """An action without a form of its own cannot be done: says why, changes nothing.

    htmx gets `status`, no swap, a toast, and `events` for what shows an old state; a plain browser goes
    back to `to` and reads it there.
    """
    if request.htmx:
        response = HttpResponse(why, status=status, content_type="text/plain; charset=utf-8")
        response["HX-Reswap"] = "none"
        response["HX-Trigger"] = json.dumps({**{name: {} for name in events}, "toast": {"text": why, "tone": "bad"}})
        return response
    messages.error(request, why)
    return HttpResponseRedirect(to, status=303)


def download(file, name):
    """An open file, read to its end and closed as it is sent, for the browser to keep under that name."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")
    response["Cache-Control"] = "no-store, private"
    return response


def data(payload, *, status=200, kind="application/json"):
    """JSON for a script of ours, or for the browser itself under a `kind` of its own; nobody else keeps it."""
    return JsonResponse(payload, status=status, content_type=kind, headers={"Cache-Control": "no-store, private"})


def script(text):
    """A script with an address of its own; asked for anew each time, as it names what is current."""
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


def _toast(text, undo):
    if not text:
        return None
    note = {"text": text}
    if undo is not None:
        note["undo"] = reverse("entry_undo", args=[undo.uuid])
    return note
