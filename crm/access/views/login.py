from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from crm.access import setup
from crm.access.forms import LoginForm
from crm.access.guard import touches_no_sales_record
from crm.web import answer


@login_not_required
@touches_no_sales_record
@sensitive_post_parameters("password")
def login(request):
    to = _onward(request)
    if request.user.is_authenticated:
        return answer.saved(request, to, leave=True)
    form = LoginForm(request, data=request.POST if request.method == "POST" else None)
    if form.is_valid():
        # The session gets a new key here, so that one planted before is worth nothing.
        auth.login(request, form.get_user())
        return answer.saved(request, to, leave=True)
    context = {"form": form, "next": request.POST.get("next", request.GET.get("next", "")), "needed": setup.needed()}
    if form.is_bound:
        return answer.invalid(request, "access/login.html", context)
    return answer.page(request, "access/login.html", context)


@login_not_required
@touches_no_sales_record
@require_POST
def logout(request):
    auth.logout(request)
    return answer.saved(request, resolve_url("login"), leave=True, toast="You are signed out.")


def _onward(request):
    """Where somebody wanted to go, if it is here; otherwise the start page."""
    to = request.POST.get("next", request.GET.get("next", ""))
    if url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return to
    return resolve_url("/")
