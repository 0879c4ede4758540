from urllib.parse import urlencode

from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import resolve_url
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from crm.access import audit, entering, second_factor, setup
from crm.access.forms import LoginForm
from crm.access.guard import touches_no_sales_record
from crm.access.people_forms import LoginCodeForm
from crm.web import answer
from crm.web.back import back


@login_not_required
@touches_no_sales_record
@sensitive_post_parameters("password")
def login(request):
    to = back(request, resolve_url("/"))
    if request.user.is_authenticated:
        return answer.saved(request, to, leave=True)
    form = LoginForm(request, data=request.POST if request.method == "POST" else None)
    if form.is_valid():
        return answer.saved(request, entering.enter(request, form.get_user(), to), leave=True)
    context = {"form": form, "next": request.POST.get("next", request.GET.get("next", "")), "needed": setup.needed()}
    if form.is_bound:
        return answer.invalid(request, "access/login.html", context)
    return answer.page(request, "access/login.html", context)


@login_not_required
@touches_no_sales_record
@sensitive_post_parameters("code", "recovery")
def login_code(request):
    """The second page of signing in, for whoever gave the right password and has a second factor."""
    to = back(request, resolve_url("/"))
    user = entering.owing(request)
    if request.user.is_authenticated or user is None:
        place = to if request.user.is_authenticated else f"{reverse('login')}?{urlencode({'next': to})}"
        return answer.saved(request, place, leave=True)
    form = LoginCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and entering.may_try(request, user):
        wrong = entering.try_code(request, user, **form.cleaned_data)
        if wrong is None:
            left = second_factor.codes_left(user) if form.cleaned_data["recovery"] else None
            toast = None if left is None else f"That recovery code is used up; you have {left} more."
            return answer.saved(request, to, leave=True, toast=toast)
        form.add_error("recovery" if form.cleaned_data["recovery"] else "code", wrong)
    context = {"form": form, "next": to}
    if form.is_bound:
        return answer.invalid(request, "access/login_code.html", context)
    return answer.page(request, "access/login_code.html", context)


@login_not_required
@touches_no_sales_record
@require_POST
def logout(request):
    if request.user.is_authenticated:
        audit.note(request, "signed_out")
    auth.logout(request)
    response = answer.saved(request, resolve_url("login"), leave=True, toast="You are signed out.")
    if request.POST.get("clear"):
        # The page has looked: nothing that lies in this browser is still to be sent (docs/offline.md).
        response["Clear-Site-Data"] = '"storage"'
    return response
