from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from crm.access import audit, inviting, looks
from crm.access.guard import fetch
from crm.access.models import User
from crm.access.people_forms import InvitationForm
from crm.web import address, answer


@require_safe
def settings_people(request):
    return answer.page(request, "access/settings_people.html", people_page(request))


@require_POST
def person_access(request, pk):
    """Let a manager in, or no more; whatever browser they are signed in with is signed out at once."""
    person = fetch(request, User.objects.filter(role=User.MANAGER), pk)
    if request.POST.get("let") == "in":
        inviting.let_in(person)
        audit.note(request, "let_in", person.email)
        toast = f"{person} may look in."
    else:
        inviting.remove(person)
        audit.note(request, "removed", person.email)
        toast = f"{person} may not look in any more. They are signed out everywhere."
    return answer.saved(request, reverse("settings_people"), toast=toast, leave=True)


@require_POST
def person_password(request, pk):
    """A one-time link by which a manager who forgot their password sets a new one; shown this once."""
    person = fetch(request, User.objects.filter(role=User.MANAGER, is_active=True), pk)
    path = inviting.new_password(person)
    audit.note(request, "password_link", person.email)
    made = {"kind": "password", "who": person.name, "email": person.email, "hours": 24}
    made |= {"url": address.link(request, path), "mailed": inviting.mail_password(request, person, path)}
    return answer.page(request, "access/settings_people.html", people_page(request, made=made))


def people_page(request, form=None, made=None):
    """What the page shows: everybody, and to the seller who looked when, who is waited for, and a link just made."""
    people = list(User.objects.order_by("-is_active", "-role", "name"))
    context = {"people": people, "form": form or InvitationForm(), "made": made}
    if request.user.may_write:
        seen = looks.recent(people)
        for person in people:
            person.looked = seen[person.pk]
        context["waiting"] = inviting.waiting()
    return context
