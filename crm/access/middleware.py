"""Who is let through, and in which zone and formats the answer is written."""

from django.contrib.auth import middleware as auth
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from . import locale

SAFE = ("GET", "HEAD", "OPTIONS")


class LoginRequiredMiddleware(auth.LoginRequiredMiddleware):
    """Login is on by default; a session that ran out sends htmx to the login page as a whole page."""

    def handle_no_permission(self, request, view_func):
        response = super().handle_no_permission(request, view_func)
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=204, headers={"HX-Redirect": response.url})
        return response


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
            raise PermissionDenied
        return None
