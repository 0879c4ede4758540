"""The World of tests/conventions, and what only these tests need: live links, a second manager, somebody let out."""

from crm.access.models import OneTimeLink
from crm.desk.models import ShareLink
from crm.web import clock
from tests import make
from tests.conventions.routes import World


class Town(World):
    """`tokens` {what: token} of links that work, `dead` of links that do not any more."""

    def __init__(self):
        super().__init__()
        self.rival = make.user("Robin Peer", "manager")
        invitation = OneTimeLink.make(OneTimeLink.INVITATION, email="new@callback.example", name="New Comer")
        self.tokens = {
            "invitation": invitation,
            "password": OneTimeLink.make(OneTimeLink.PASSWORD, user=self.rival),
            "share": self.link_to(self.prospect),
            "status": self.link_to(None),
        }
        self.dead = {"unknown": "x" * 43, "used": OneTimeLink.make(OneTimeLink.SETUP)}
        OneTimeLink.objects.filter(purpose=OneTimeLink.SETUP).update(used_at=clock.now())
        for name, change in (
            ("expired", {"expires_at": clock.now()}),
            ("revoked", {"revoked_at": clock.now()}),
        ):
            self.dead[name] = self.link_to(self.prospect, **change)
        self.dead["of the trash"] = self.link_to(self.thrown)
        pk = OneTimeLink.objects.filter(purpose=OneTimeLink.INVITATION).latest("pk").pk
        for place, values in (
            ("invitations", {"pk": pk}),
            ("invitation", {"token": "0" * 43}),
            ("password", {"token": "0" * 43}),
        ):
            self.by_place.setdefault(place, values)

    def link_to(self, prospect, **change):
        link, token = ShareLink.make(uuid=make.uuids.uuid4(), prospect=prospect, author=self.seller, days=7)
        ShareLink.objects.filter(pk=link.pk).update(**change or {"open_count": 0})
        return token
