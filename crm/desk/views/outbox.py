"""Where the outbox of a browser is emptied."""

from django.middleware.csrf import get_token
from django.views.decorators.http import require_http_methods

from crm.desk import outbox
from crm.web import answer


@require_http_methods(["GET", "HEAD", "POST"])
def outbox_create(request):
    """POST: one item as JSON, stored once. GET: who is signed in, and a token for what is about to be sent."""
    if request.method == "POST":
        # Of a form Django has read the fields already, and the body is gone.
        body = request.body if request.content_type == "application/json" else b""
        payload, status = outbox.receive(body, request.user)
        return answer.data(payload, status=status)
    user = request.user
    return answer.data({"user": user.device_key, "may_write": user.may_write, "token": get_token(request)})
