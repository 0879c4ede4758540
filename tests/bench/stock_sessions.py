"""Django's own session store, for the empty page; only its table is ours."""

from django.contrib.sessions.backends import db

from crm.access.models import Session


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls):
        return Session
