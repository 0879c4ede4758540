from django.db import transaction
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from crm.access import second_factor
from crm.access.forms import zones
from crm.access.guard import touches_no_sales_record
from crm.access.settings_forms import MONTHS, CadenceForm, ProfileForm, ShortcutsForm
from crm.web import answer
from crm.web.back import page_asked_from
from crm.web.context import theme_cookie

_YEAR = 60 * 60 * 24 * 365


@require_safe
def settings_index(request):
    month = MONTHS[request.installation.fiscal_year_start - 1]
    context = {"month": month, "second_factor": second_factor.is_on(request.user)}
    return answer.page(request, "access/settings_index.html", context)


def settings_profile(request):
    data = request.POST if request.method == "POST" else None
    form = ProfileForm(request.user, data, instance=request.installation)
    return _installation_page(request, form, "access/settings_profile.html", {"zones": zones()})


def settings_cadence(request):
    data = request.POST if request.method == "POST" else None
    form = CadenceForm(data, instance=request.installation)
    return _installation_page(request, form, "access/settings_cadence.html", {})


def _installation_page(request, form, template, context):
    context |= {"form": form}
    if not form.is_bound:
        return answer.page(request, template, context)
    if not form.is_valid():
        return answer.invalid(request, template, context)
    with transaction.atomic():
        stored = not form.stale and form.store()
    if not stored:
        context["rows"] = form.compared()
        form.refresh()
        return answer.conflict(request, template, context)
    return answer.saved(request, request.path, leave=True, toast="Saved.")


@touches_no_sales_record
def settings_shortcuts(request):
    """Everybody's own."""
    form = ShortcutsForm(request.POST if request.method == "POST" else None, instance=request.user)
    if not form.is_bound:
        return answer.page(request, "access/settings_shortcuts.html", {"form": form})
    form.is_valid()  # one checkbox: there is nothing to get wrong
    request.user.save(update_fields=["shortcuts"])
    toast = "Single keys are on." if request.user.shortcuts else "Single keys are off."
    return answer.saved(request, reverse("settings_shortcuts"), leave=True, toast=toast)


@touches_no_sales_record
@require_POST
def settings_theme(request):
    """Light, dark, or as the system has it: this browser's alone, in a cookie."""
    theme = request.POST.get("theme", "")
    response = answer.saved(request, page_asked_from(request, reverse("settings_index")), leave=True)
    if theme in ("light", "dark"):
        # Readable by theme.js, which switches without a round trip.
        response.set_cookie(theme_cookie(request), theme, max_age=_YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(theme_cookie(request), samesite="Lax")
    return response
