"""Where the outbox of a browser is emptied."""

from django.middleware.csrf import get_token
from django.views.decorators.http import require_http_methods

from crm.desk import outbox
from crm.web import answer


@require_http_methods(["GET", "HEAD", "POST"])
def outbox_create(request):
    """POST: one item as JSON, stored once. GET: who is signed in, and a token for what is about to be sent."""
    if request.method == "POST":
        payload, status = outbox.receive(request.body, request.user)
        return answer.data(payload, status=status)
    user = request.user
    return answer.data({"user": user.device_key, "may_write": user.may_write, "token": get_token(request)})
