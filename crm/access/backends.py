"""Who a session belongs to."""

from django.contrib.auth.backends import ModelBackend

from crm.web.prepared import Prepared

from .models import User

_by_key = Prepared(lambda pk: User.objects.filter(pk=pk))


class UserBackend(ModelBackend):
    """Django's own; every request asks for one by its key, so that question is made once."""

    def get_user(self, user_id):
        user = _by_key.first(user_id)
        return user if user and self.user_can_authenticate(user) else None
