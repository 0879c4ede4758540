"""Error pages: each says what happened and what was kept."""

from django.shortcuts import render

from . import answer


def csrf_failure(request, reason=""):
    """403 for a form whose CSRF token is missing or stale."""
    if request.headers.get("HX-Request") == "true":
        why = "This page was open too long, so nothing was saved. Load it again; what you typed is still here."
        return answer.refused(request, request.path, why, status=403)
    return render(request, "403_csrf.html", status=403)


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def forbidden(request, exception):
    return render(request, "403.html", status=403)


def not_found(request, exception):
    return render(request, "404.html", status=404)


def too_large(request):
    return render(request, "413.html", status=413)


def server_error(request):
    # Rendered without context processors: the database may be what broke.
    return render(None, "500.html", status=500)
