"""The project's addresses, and an empty page to measure against."""

from django.http import HttpResponse
from django.urls import include, path


def empty(request):
    """Nothing but what asks who is there: the session and the user are read."""
    return HttpResponse("<!doctype html><title>Empty</title>" if request.user.is_authenticated else "", status=200)


urlpatterns = [path("bench/empty/", empty), path("", include("crm.urls"))]
