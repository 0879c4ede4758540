"""Who is let through, and in which zone and formats the answer is written."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import middleware as auth
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from crm.web import errors

from . import guard, locale, looks

SAFE = ("GET", "HEAD", "OPTIONS")


class LoginRequiredMiddleware(auth.LoginRequiredMiddleware):
    """Login is on by default; a session that ran out sends htmx to the login page as a whole page."""

    def handle_no_permission(self, request, view_func):
        htmx = request.headers.get("HX-Request") == "true"
        if request.method in SAFE and not htmx:
            to = request.get_full_path()
        else:
            # The address itself is an action or a fragment: come back to the page it was asked from.
            to = _page_of(request, request.headers.get("HX-Current-URL" if htmx else "Referer", ""))
        login = self.get_login_url(view_func)
        url = redirect_to_login(to, resolve_url(login)).url if to else resolve_url(login)
        if htmx:
            return HttpResponse(status=204, headers={"HX-Redirect": url})
        return HttpResponseRedirect(url)


def _page_of(request, address):
    """Path and query of an absolute address of ours; "" for anybody else's."""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


class BodyLimit:
    """413 for a body larger than the view takes, before a byte of it is read.

    Django limits the fields of a form, but would store the files in one, however large, for anybody.
    """

    FORM = 64 * 1024  # the fields beside a file

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if getattr(view, "takes_files", False) and request.user.is_authenticated and request.user.may_write:
            most = settings.IMPORT_MAX_BYTES + self.FORM
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0  # Django reads nothing then
        return errors.too_large(request) if length > most else None


class LocaleMiddleware:
    """Sets `request.installation` and activates its zone and formats."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.installation = locale.activate()
        return self.get_response(request)


class WriteGuard:
    """Any unsafe method by somebody who may not write is 403 before the view runs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method in SAFE or getattr(view, "touches_no_sales_record", False):
            return None
        if not (request.user.is_authenticated and request.user.may_write):
            guard.refuse(request)
        return None


class LooksMiddleware:
    """Keeps who looked when, for the page People and for one's own browsers; never a sales record."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        looks.keep(request, response)
        return response
