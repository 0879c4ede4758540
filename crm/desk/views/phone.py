"""Callback on the phone: what installs it, and how the phone gets there."""

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_safe

from crm.desk import phone
from crm.web import answer


@login_not_required
@require_safe
def app_manifest(request):
    """The web app manifest; browsers fetch it without a cookie."""
    return answer.data(phone.manifest(), kind="application/manifest+json")


@require_safe
def settings_phone(request):
    """The address and its QR code, what is missing, and what lies in this browser."""
    return answer.page(request, "desk/settings_phone.html", {"address": phone.address(request)})
