"""One settings file, driven by the environment (docs/install.md lists the variables)."""

import os
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from crm import bootstrap
from crm.web import proxy

BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("CALLBACK_HOME") or BASE_DIR / "var").expanduser().resolve()
DEBUG = os.environ.get("CALLBACK_DEBUG") == "1"
# Served by https (behind a proxy that sets X-Forwarded-Proto): cookies and HSTS follow.
HTTPS = os.environ.get("CALLBACK_HTTPS") == "1"
# Whose X-Forwarded-* headers count; served by https and nothing said, a proxy on this machine's.
PROXIES = proxy.parse(os.environ.get("CALLBACK_PROXIES", "127.0.0.1,::1" if HTTPS else ""))


def _secret_key():
    """The key from the environment, or from a file of the data folder, made on first use (mode 0600).

    Raises ImproperlyConfigured for a key too short to be one.
    """
    key = os.environ.get("CALLBACK_SECRET_KEY")
    if not key:
        key = bootstrap.secret_key(HOME)
    if len(key) < 32:
        raise ImproperlyConfigured("CALLBACK_SECRET_KEY is too short to be secret: use 32 characters or more.")
    return key


def _database():
    """SQLite in the data folder, or PostgreSQL where DATABASE_URL names one."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return {
            "ENGINE": "crm.web.sqlite",
            "NAME": HOME / "callback.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
                " PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
            },
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": os.environ.get("CALLBACK_TEST_DATABASE")},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must start with postgres:// or postgresql://.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
    }


SECRET_KEY = _secret_key()
THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [h for h in os.environ.get("CALLBACK_HOSTS", "").split(",") if h] or THIS_MACHINE

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_filters",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "crm.web",
    "crm.access",
    "accounts",
    "deals",
    "crm.desk",
]

MIDDLEWARE = [
    # The first five see every answer, static files and errors as well.
    "crm.web.middleware.ForwardedHeaders",
    "crm.web.middleware.SafeAnswers",
    "crm.web.middleware.ContentPolicy",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "crm.web.middleware.Compressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "crm.access.middleware.BodyLimit",  # before anything reads the body
    "django.middleware.csrf.CsrfViewMiddleware",
    "crm.web.middleware.ReadableInput",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "crm.access.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "crm.access.middleware.LocaleMiddleware",
    "crm.access.middleware.LooksMiddleware",
    "crm.access.middleware.WriteGuard",
    "crm.web.middleware.HtmxAnswers",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "crm.urls"
WSGI_APPLICATION = "crm.wsgi.application"
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "crm.access.backends.UserBackend",
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"  # Today, but the doorkeepers know no page upstairs by name
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "crm.access.passwords.NotOurWords"},
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "crm.web.context.page",
            ],
            **(
                {"loaders": ["django.template.loaders.filesystem.Loader"]}
                if DEBUG
                else {
                    "loaders": [
                        ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])
                    ]
                }
            ),
        },
    }
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_MAX_AGE = 60
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else loads them
TESTING = "pytest" in sys.modules
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "crm.web.storage.BundlingStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
MEDIA_ROOT = HOME / "files"

SESSION_ENGINE = "crm.access.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "crm.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# Answering to this machine's own names alone, nothing travels that https would hide, and HSTS would bind whatever else
# is served at localhost. As soon as another name is answered by plain http, `check --deploy` finds all four.
SILENCED_SYSTEM_CHECKS = (
    ["security.W004", "security.W008", "security.W012", "security.W016"]
    if not HTTPS and set(ALLOWED_HOSTS) <= set(THIS_MACHINE)
    else []
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# The import page takes files up to this many bytes.
IMPORT_MAX_BYTES = 64 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

AXES_FAILURE_LIMIT = 8
AXES_CLIENT_IP_CALLABLE = proxy.client_address
# The field of the login form; it would be looked for under the model's name, "email", and never found.
AXES_USERNAME_FORM_FIELD = "username"
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "access/login_locked.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "password"]

OTP_TOTP_ISSUER = "Callback"
# A code of half a minute ago or to come is taken as well; a clock is followed no further than that.
OTP_TOTP_SYNC = False

FILTERS_EMPTY_CHOICE_LABEL = "any"

EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS") == "1"
EMAIL_TIMEOUT = 30  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "callback@localhost")
# Where people reach this installation, for links in mails; `start` says it, a proxy's first name is the default.
PUBLIC_URL = os.environ.get("CALLBACK_URL") or (f"https://{ALLOWED_HOSTS[0].lstrip('.')}/" if HTTPS else "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"tokens": {"()": "crm.web.logs.WithoutTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["tokens"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
