from django.urls import reverse
from django.views.decorators.http import require_POST

from crm.access.guard import fetch
from crm.access.models import User
from crm.web import answer


@require_POST
def person_access(request, pk):
    """Let a manager in, or no more; whatever browser they are signed in with, from its next request on."""
    person = fetch(request, User.objects.filter(role=User.MANAGER), pk)
    person.is_active = request.POST.get("let") == "in"
    person.save(update_fields=["is_active"])
    toast = f"{person} may look in." if person.is_active else f"{person} may not look in any more."
    return answer.saved(request, reverse("settings_people"), toast=toast, leave=True)
