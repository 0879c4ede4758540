"""Who may come in, and what this installation is set to."""

import hashlib
import secrets
import zoneinfo
from datetime import timedelta
from functools import lru_cache

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from crm.web import clock
from crm.web.locale import Locale
from crm.web.prepared import Prepared

from .currencies import CURRENCIES


def validate_zone(name):
    """Raises ValidationError for a name that is no IANA time zone known here."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValidationError(f"“{name}” is no time zone we know; use one like Europe/Berlin.") from None


class Installation(models.Model):
    """The one row of settings that everybody shares."""

    currency = models.CharField(max_length=3, default="USD")
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_zone])
    date_order = models.CharField(
        max_length=3, default="mdy", choices=[("mdy", "3/15 is March 15"), ("dmy", "3/5 is 3 May")]
    )
    fiscal_year_start = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    silence_budget = models.PositiveSmallIntegerField(
        default=4, help_text="Tries without an answer before an account counts as gone quiet."
    )
    quiet_days = models.PositiveSmallIntegerField(
        default=14, help_text="Days without a two-way activity before an open deal counts as gone quiet."
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    written = 0  # how often this process wrote the row: every line would ask for it again otherwise

    def save(self, *args, **options):
        super().save(*args, **options)
        Installation.written += 1

    def clean(self):
        if self.currency not in CURRENCIES:
            raise ValidationError({"currency": f"“{self.currency}” is no currency code; use one like EUR."})

    def store(self, *fields):
        """Write these fields if the row is still the version that was read. Returns False when it is not."""
        values = {name: getattr(self, name) for name in fields}
        rows = Installation.objects.filter(pk=self.pk, version=self.version)
        Installation.written += 1
        if not rows.update(version=self.version + 1, **values):
            return False
        self.version += 1
        return True

    @classmethod
    def load(cls):
        """The row, or an unsaved one with the defaults before setup."""
        return _installation.first(1) or cls(pk=1)

    def locale(self):
        return Locale(self.currency, self.date_order, self.time_zone, self.fiscal_year_start)


_installation = Prepared(lambda pk: Installation.objects.filter(pk=pk))


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email=fold_email(email))

    def create_user(self, email, name, password, role):
        """A new user. Raises ValidationError for a bad e-mail, or a second active seller."""
        user = self.model(email=fold_email(email), name=name.strip(), role=role)
        user.set_password(password)
        user.full_clean()
        user.save()
        return user

    def seller(self):
        """The one active seller, or None before setup."""
        return self.filter(role=User.SELLER, is_active=True).first()


def fold_email(email):
    return (email or "").strip().casefold()


@lru_cache(maxsize=20)
def _session_auth_hash(password):
    """Django's, of a password's hash; asked with every request."""
    return AbstractBaseUser.get_session_auth_hash(User(password=password))


class User(AbstractBaseUser):
    """Somebody who may sign in: the seller, who writes; or a manager, who reads."""

    SELLER, MANAGER = "seller", "manager"

    email = models.EmailField("e-mail", unique=True)
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=10, choices=[(SELLER, "Seller"), (MANAGER, "Manager")], default=MANAGER)
    is_active = models.BooleanField(default=True)
    shortcuts = models.BooleanField("single-key shortcuts", default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["role"], condition=models.Q(role="seller", is_active=True), name="one_active_seller"
            )
        ]

    def __str__(self):
        return self.name

    def get_session_auth_hash(self):
        return _session_auth_hash(self.password)

    @property
    def is_seller(self):
        return self.role == self.SELLER

    @property
    def may_write(self):
        """Whether this user may change sales records."""
        return self.is_active and self.is_seller

    @property
    def device_key(self):
        """Whose the things are that a browser keeps (docs/offline.md). Says nothing, outlives a change of address."""
        return hashlib.sha256(f"callback {self.pk} {self.created_at.isoformat()}".encode()).hexdigest()[:20]

    def get_full_name(self):
        return self.name


class OneTimeLinkQuerySet(models.QuerySet):
    def working(self, purpose):
        """Neither used nor run out."""
        return self.filter(purpose=purpose, used_at=None, expires_at__gt=clock.now())


class OneTimeLink(models.Model):
    """A link that works once: to set up, to join, to set a new password. Only the token's SHA-256 is stored."""

    SETUP, INVITATION, PASSWORD = "setup", "invitation", "password"

    purpose = models.CharField(max_length=20)
    token_hash = models.CharField(max_length=64, unique=True)
    # Whom it is for: an invitation has an address (and perhaps a name), a new password its user.
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=150, blank=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(OneTimeLinkQuerySet)()

    @classmethod
    def make(cls, purpose, valid=timedelta(days=1), *, user=None, email="", name=""):
        """A new token of 256 random bits; earlier unused ones for the same purpose and person stop working."""
        cls.objects.filter(purpose=purpose, user=user, email=email, used_at=None).delete()
        token = secrets.token_urlsafe(32)
        expires_at = clock.now() + valid
        cls.objects.create(
            purpose=purpose, token_hash=_hash(token), user=user, email=email, name=name, expires_at=expires_at
        )
        return token

    @classmethod
    def find(cls, purpose, token):
        """The link, or None when it is unknown, used or expired (all look the same)."""
        links = cls.objects.select_related("user").working(purpose)
        return links.filter(token_hash=_hash(token)).first()

    def use(self):
        """Mark as used. Returns False when somebody was faster, or the link was taken back meanwhile."""
        return bool(OneTimeLink.objects.filter(pk=self.pk, used_at=None).update(used_at=clock.now()))


class Session(AbstractBaseSession):
    """A browser that came here; `user` is who signed in with it, so that their browsers can be shown and ended."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    agent = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=45, blank=True)
    started_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)

    objects = BaseSessionManager()

    @classmethod
    def get_session_store_class(cls):
        from .sessions import SessionStore

        return SessionStore


class Look(models.Model):
    """Somebody who looks in saw this kind of page in this hour; `at` is the last time, to five minutes."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="looks")
    page = models.CharField(max_length=40)
    hour = models.DateTimeField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "page", "hour"], name="one_look_an_hour")]
        indexes = [models.Index(fields=["user", "-at"])]


class RecoveryCode(models.Model):
    """What signs somebody in once whose phone is lost. Only a slow, salted hash is stored; one salt a set."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    salt = models.CharField(max_length=32)
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)


class AuditEvent(models.Model):
    """One line of the audit, written by `crm.access.audit` alone; `name` outlives the user it names."""

    at = models.DateTimeField(default=clock.now)
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=150, blank=True)
    action = models.CharField(max_length=30)
    what = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=45, blank=True)
    times = models.PositiveIntegerField(default=1, help_text="How often within a quarter of an hour.")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at"])]

    def __str__(self):
        return f"{self.name} {self.action} {self.what}".strip()

    @property
    def who(self):
        return self.name or ("Somebody" if self.address else "A command")

    @property
    def did(self):
        """The action in words."""
        from .audit import ACTIONS

        return ACTIONS.get(self.action, self.action.replace("_", " "))


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()
