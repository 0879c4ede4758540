from functools import partial

from axes.utils import reset
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from crm.access import audit, entering, inviting, sessions
from crm.access.forms import PasswordForm
from crm.access.guard import touches_no_sales_record
from crm.access.people_forms import NewPasswordForm
from crm.web import answer


@touches_no_sales_record
@sensitive_post_parameters()
def password_edit(request):
    """Everybody's own password. Other sessions end with the old one; this one goes on under a new key."""
    data = request.POST if request.method == "POST" else None
    form = PasswordForm(request.user, data, is_own=partial(entering.is_own_password, request))
    if form.is_valid():
        form.save()
        auth.update_session_auth_hash(request, request.user)
        ended = sessions.end(request.user, but=request.session.session_key)
        audit.note(request, "password_changed")
        toast = f"Your password is changed. {sessions.ended_words(ended)}"
        return answer.saved(request, reverse("settings_index"), leave=True, toast=toast)
    if form.is_bound:
        return answer.invalid(request, "access/password_edit.html", {"form": form})
    return answer.page(request, "access/password_edit.html", {"form": form})


@login_not_required
@touches_no_sales_record
@sensitive_post_parameters()
def password_reset(request, token):
    """A new password by the one-time link that the seller made for somebody who forgot theirs."""
    link = inviting.password_link(token)
    if link is None:
        return answer.page(request, "access/password_reset.html", {}, status=404)
    user = link.user
    form = NewPasswordForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not link.use():
            return answer.page(request, "access/password_reset.html", {}, status=404)
        form.save()
        sessions.end(user)
        reset(username=user.email)
        audit.note(request, "password_changed", "by a one-time link", user=user)
        to = entering.enter(request, user, "/")
        return answer.saved(request, to, leave=True, toast="Your new password is set.")
    context = {"form": form, "person": user}
    if form.is_bound:
        return answer.invalid(request, "access/password_reset.html", context)
    return answer.page(request, "access/password_reset.html", context)
