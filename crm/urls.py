"""Includes only: each floor names its own addresses."""

from django.urls import include, path

# Addresses are tried in turn: those that are asked for all day stand first.
urlpatterns = [
    path("", include("crm.desk.urls")),
    path("", include("deals.urls")),
    path("", include("accounts.urls")),
    path("", include("crm.access.urls")),
]

handler400 = "crm.web.errors.bad_request"
handler403 = "crm.web.errors.forbidden"
handler404 = "crm.web.errors.not_found"
handler500 = "crm.web.errors.server_error"
