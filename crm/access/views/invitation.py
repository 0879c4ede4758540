from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from crm.access import audit, entering, inviting
from crm.access.guard import fetch, touches_no_sales_record
from crm.access.people_forms import InvitationForm, JoinForm
from crm.web import address, answer

from .person import people_page


@require_POST
def invitation_create(request):
    """A one-time link for somebody who may look in; shown this once, and mailed where mail can be sent."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return answer.invalid(request, "access/settings_people.html", people_page(request, form))
    email, name = form.cleaned_data["email"], form.cleaned_data["name"]
    path = inviting.invite(email, name)
    audit.note(request, "invited", email)
    made = {"kind": "invitation", "who": name or email, "email": email, "url": address.link(request, path)}
    made["mailed"] = inviting.mail_invitation(request, email, name, path)
    return answer.page(request, "access/settings_people.html", people_page(request, made=made))


@require_POST
def invitation_delete(request, pk):
    """Take an invitation back that nobody has accepted."""
    link = fetch(request, inviting.waiting(), pk)
    link.delete()
    audit.note(request, "invitation_revoked", link.email)
    toast = f"The link for {link.name or link.email} does not work any more."
    return answer.saved(request, reverse("settings_people"), toast=toast, leave=True)


@login_not_required
@touches_no_sales_record
@sensitive_post_parameters("password")
def invitation_accept(request, token):
    """Name and password of somebody who was invited; then they are in."""
    link = inviting.invitation(token)
    if link is None:
        return answer.page(request, "access/invitation_accept.html", {}, status=404)
    data = request.POST if request.method == "POST" else None
    form = JoinForm(link.email, data, initial={"name": link.name})
    if form.is_valid():
        try:
            person = inviting.join(link, form.cleaned_data["name"], form.cleaned_data["password"])
        except ValidationError:
            # Somebody was faster: from now on the link is as good as none.
            return answer.page(request, "access/invitation_accept.html", {}, status=404)
        audit.note(request, "joined", link.email, user=person)
        to = entering.enter(request, person, inviting.first_page())
        return answer.saved(request, to, leave=True, toast="You are in. Nothing here changes when you look.")
    context = {"form": form, "link": link}
    if form.is_bound:
        return answer.invalid(request, "access/invitation_accept.html", context)
    return answer.page(request, "access/invitation_accept.html", context)
