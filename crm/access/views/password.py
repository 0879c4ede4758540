from django.contrib import auth
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from crm.access.forms import PasswordForm
from crm.access.guard import touches_no_sales_record
from crm.web import answer


@touches_no_sales_record
@sensitive_post_parameters()
def password_edit(request):
    """Everybody's own password. Other sessions end with the old one; this one goes on under a new key."""
    form = PasswordForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.save()
        auth.update_session_auth_hash(request, request.user)
        toast = "Your password is changed. Other browsers are signed out."
        return answer.saved(request, reverse("settings_index"), leave=True, toast=toast)
    if form.is_bound:
        return answer.invalid(request, "access/password_edit.html", {"form": form})
    return answer.page(request, "access/password_edit.html", {"form": form})
