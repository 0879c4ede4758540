"""Includes only: each floor names its own addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("crm.access.urls")),
    path("", include("accounts.urls")),
    path("", include("deals.urls")),
    path("", include("crm.desk.urls")),
]

handler400 = "crm.web.errors.bad_request"
handler403 = "crm.web.errors.forbidden"
handler404 = "crm.web.errors.not_found"
handler500 = "crm.web.errors.server_error"
