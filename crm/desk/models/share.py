import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Prospect
from crm.access.models import User
from crm.web import clock

# A link that is opened again and again is counted once in so long: reading costs no write.
COUNTED_EVERY = timedelta(minutes=1)


class ShareLinkQuerySet(models.QuerySet):
    def alive(self):
        """Those that open something now."""
        return self.filter(
            revoked_at=None,
            expires_at__gt=clock.now(),
            author__is_active=True,
            author__role=User.SELLER,
            prospect__trashed_at=None,
            prospect__merged_into=None,
        )

    def ended_before(self, instant):
        """Those that opened nothing any more at that instant already."""
        return self.filter(Q(expires_at__lte=instant) | Q(revoked_at__lte=instant))

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class ShareLink(models.Model):
    """One page shown to whoever has the link, until it expires or is revoked. Only the token's SHA-256 is stored.

    A brief is of `prospect`; the status page has none. `uuid` is the client's, so that sending the form twice
    makes one link. `open_count` counts at most one opening a minute.
    """

    BRIEF, STATUS = "brief", "status"

    uuid = models.UUIDField(unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=6, choices=[(BRIEF, "brief"), (STATUS, "status")])
    prospect = models.ForeignKey(Prospect, null=True, on_delete=models.CASCADE, related_name="share_links")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="share_links")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_opened_at = models.DateTimeField(null=True)
    open_count = models.PositiveIntegerField(default=0)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="brief", prospect__isnull=False) | Q(kind="status", prospect__isnull=True),
                name="share_names_its_page",
            )
        ]

    def __str__(self):
        return f"the brief of {self.prospect}" if self.kind == self.BRIEF else "the status page"

    @classmethod
    def make(cls, *, uuid, prospect, author, days):
        """(link, token): of that prospect's brief, or for None of the status page; token "" where it is made already.

        The token has 256 random bits and is in nobody's hands but the caller's.
        """
        token, now = secrets.token_urlsafe(32), clock.now()
        values = {
            "token_hash": hashed(token),
            "kind": cls.BRIEF if prospect else cls.STATUS,
            "prospect": prospect,
            "author": author,
            "created_at": now,
            "expires_at": now + timedelta(days=days),
        }
        link, made = cls.objects.get_or_create(uuid=uuid, defaults=values)
        return link, token if made else ""

    @classmethod
    def find(cls, token):
        """The link that opens something now, or None. One query, whatever is wrong with it."""
        links = cls.objects.alive().select_related("prospect", "author")
        return links.filter(token_hash=hashed(token)).first()

    @property
    def state(self):
        """open, revoked, expired, or gone (what it shows lies in the trash, or is part of another prospect)."""
        if self.revoked_at:
            return "revoked"
        if self.expires_at <= clock.now():
            return "expired"
        gone = self.prospect is not None and (self.prospect.trashed_at or self.prospect.merged_into_id)
        return "gone" if gone else "open"

    def revoke(self):
        """It opens nothing any more. Returns False where somebody was faster."""
        return bool(ShareLink.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=clock.now()))

    def opened(self):
        """Count an opening. Returns True for the very first one."""
        now, last = clock.now(), self.last_opened_at
        if last is not None and now - last < COUNTED_EVERY:
            return False
        # Of several at once one is counted.
        mine = ShareLink.objects.filter(pk=self.pk, last_opened_at=last)
        return bool(mine.update(last_opened_at=now, open_count=F("open_count") + 1)) and last is None


def hashed(token):
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
