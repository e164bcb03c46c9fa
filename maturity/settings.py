"""The one settings file: every switch comes from the environment, a wrong one is refused by name.

With nothing set, Waymark is a local installation: loopback addresses only, SQLite, a key made at
the first start and kept in the state folder. Any other host in WAYMARK_ALLOWED_HOSTS makes it a
public one, which needs a key of its own.

docs/administrators/settings.md lists every switch.
"""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

from maturity import state, switches
from maturity.sign_in import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent

# --- who is served, and how much is trusted ------------------------------------------------------

switches.refuse_unknown()
STATE_DIR = Path(switches.text("WAYMARK_STATE_DIR", str(BASE_DIR / "var"))).expanduser().resolve()
if STATE_DIR.exists() and not STATE_DIR.is_dir():
    raise switches.refused(
        "WAYMARK_STATE_DIR", repr(str(STATE_DIR)), "a folder, which may not exist yet"
    )
state.make_folder(STATE_DIR)
# Where matplotlib keeps its list of fonts; it reads this when it is first imported.
os.environ.setdefault("MPLCONFIGDIR", str(STATE_DIR / "matplotlib"))

LOOPBACK_HOSTS = switches.LOOPBACK_HOSTS
ALLOWED_HOSTS = [h.lower() for h in switches.words("WAYMARK_ALLOWED_HOSTS")] or sorted(
    LOOPBACK_HOSTS
)
for _host in ALLOWED_HOSTS:
    if not switches.HOST.fullmatch(_host):
        raise switches.refused(
            "WAYMARK_ALLOWED_HOSTS",
            repr(_host),
            "host names such as waymark.example.org, no * and no port",
        )
IS_PUBLIC = not LOOPBACK_HOSTS.issuperset(ALLOWED_HOSTS)

DEBUG = switches.flag("WAYMARK_DEBUG")
if DEBUG and IS_PUBLIC:
    raise switches.refused(
        "WAYMARK_DEBUG", "on while WAYMARK_ALLOWED_HOSTS names a public host", "off, or loopback"
    )

_given_key = switches.text("WAYMARK_SECRET_KEY")
SECRET_KEY_FALLBACKS = switches.words("WAYMARK_SECRET_KEY_FALLBACKS")
if IS_PUBLIC and not _given_key:
    raise switches.refused(
        "WAYMARK_SECRET_KEY",
        "missing while WAYMARK_ALLOWED_HOSTS names a public host",
        f"at least {switches.KEY_LENGTH} random characters",
    )
if _given_key:
    switches.check_key("WAYMARK_SECRET_KEY", _given_key)
for _key in SECRET_KEY_FALLBACKS:
    switches.check_key("WAYMARK_SECRET_KEY_FALLBACKS", _key)
SECRET_KEY = _given_key or state.key_of(STATE_DIR)

CSRF_TRUSTED_ORIGINS = switches.words("WAYMARK_CSRF_TRUSTED_ORIGINS")
for _origin in CSRF_TRUSTED_ORIGINS:
    _parts = urlsplit(_origin)
    if _parts.scheme not in ("http", "https") or not _parts.netloc or _parts.path:
        raise switches.refused(
            "WAYMARK_CSRF_TRUSTED_ORIGINS",
            repr(_origin),
            "origins such as https://waymark.example.org, no path",
        )

HTTPS = switches.flag("WAYMARK_HTTPS")
SECURE_SSL_REDIRECT = HTTPS
# The load balancer asks for these by plain http on the inside.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# `serve` listens on loopback only, so over https a proxy stands in front and its word is taken.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

_cookie_prefix = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_cookie_prefix}waymark-session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 180 * 24 * 3600
SESSION_SAVE_EVERY_REQUEST = False
CSRF_COOKIE_NAME = f"{_cookie_prefix}waymark-csrf"
CSRF_COOKIE_SECURE = HTTPS
# Scripts take the token from the page, so no script needs to read the cookie.
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "maturity.web.http.errors.csrf_failure"

# Nothing comes from anywhere else, nothing runs that is not a file of ours.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

# --- parts ---------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "reports",
    "assessments.workshops",
    "assessments",
    "maturity.catalogue",
    "maturity.workspaces",
    "maturity.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "maturity.web.http.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "maturity.web.http.middleware.ApiMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "maturity.web.http.middleware.AddressMiddleware",
    "maturity.workspaces.middleware.ScopeMiddleware",
]

ROOT_URLCONF = "maturity.urls"
WSGI_APPLICATION = "maturity.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- where rows live -----------------------------------------------------------------------------

switches.check_scheme("DATABASE_URL", ("sqlite", "postgres", "postgresql"))
try:
    _database = environ.Env().db_url(
        "DATABASE_URL", default=f"sqlite:///{STATE_DIR / 'waymark.sqlite3'}"
    )
    # An address with nothing behind it would only fail at the first query.
    if not _database["NAME"]:
        raise ValueError
except (ValueError, KeyError):
    raise switches.refused(
        "DATABASE_URL",
        "not an address this can read",
        "sqlite:///FILE or postgres://USER:PASSWORD@HOST:PORT/NAME",
    ) from None

if _database["ENGINE"] == "django.db.backends.sqlite3":
    if _database["NAME"] != ":memory:":
        state.make_database(Path(_database["NAME"]))
    # A connection for each request, so that a file put back from a backup is the one that is read.
    _database["CONN_MAX_AGE"] = 0
    _database["OPTIONS"] = {
        # A transaction that reads before it writes fails at once, whatever the timeout, when it
        # has to be promoted to a writer; taking the lock first makes it wait instead.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Rollback journal, because many SQLite builds can corrupt a WAL database (see checks.py).
        # Of its three kinds TRUNCATE committed quickest here with synchronous=FULL (0.8 ms, against
        # 0.9 for PERSIST and 1.1 for DELETE) and is as safe: an empty journal is no journal.
        "init_command": (
            "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
        **_database.get("OPTIONS", {}),
    }
else:
    _database["CONN_MAX_AGE"] = 600
    _database["CONN_HEALTH_CHECKS"] = True
    _database["OPTIONS"] = {
        "options": (
            "-c statement_timeout=10000 -c lock_timeout=5000"
            " -c idle_in_transaction_session_timeout=30000"
        ),
        **_database.get("OPTIONS", {}),
    }
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, so that every process sees the same; never used for whole pages.
CACHES = {
    "default": {
        "BACKEND": "maturity.web.cache.DatabaseCache",
        "LOCATION": "waymark_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000, "CULL_FREQUENCY": 10},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- mail ----------------------------------------------------------------------------------------

switches.check_scheme("WAYMARK_EMAIL_URL", ("smtp", "smtp+tls", "smtp+ssl", "consolemail"))
CAN_SEND_EMAIL = bool(switches.text("WAYMARK_EMAIL_URL"))
try:
    _mail = environ.Env().email_url("WAYMARK_EMAIL_URL", default="dummymail://")
except (ValueError, KeyError):
    raise switches.refused(
        "WAYMARK_EMAIL_URL", "not an address this can read", "smtp+tls://USER:PASSWORD@HOST:PORT"
    ) from None
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail["EMAIL_HOST"] or "localhost"
EMAIL_PORT = _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = switches.text("WAYMARK_EMAIL_FROM", "waymark@localhost")
if not re.fullmatch(r"[^@\n\r]+@[^@\s]+", DEFAULT_FROM_EMAIL):
    raise switches.refused("WAYMARK_EMAIL_FROM", repr(DEFAULT_FROM_EMAIL), "an e-mail address")

# --- accounts ------------------------------------------------------------------------------------

TRUSTED_PROXIES = switches.number("WAYMARK_TRUSTED_PROXIES", 0, 0, 9)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# Where no mail goes out an address cannot be proved, so it need not be.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if CAN_SEND_EMAIL else "none"
# A code keeps somebody in the browser they signed up in, and with it where they were going.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = CAN_SEND_EMAIL
ACCOUNT_EMAIL_NOTIFICATIONS = CAN_SEND_EMAIL
ACCOUNT_LOGIN_BY_CODE_ENABLED = CAN_SEND_EMAIL
MFA_ALLOW_UNVERIFIED_EMAIL = not CAN_SEND_EMAIL
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PUBLIC
OIDC = switches.provider()
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [OIDC.app] if OIDC else []}}
if OIDC:
    # A form's answer may redirect there, and browsers hold that against the same rule.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = [SELF, OIDC.origin]

# --- language, time, files, log ------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
# Whitenoise warns of a folder that is not there.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
# A public installation collects its files under names that change with their content. A local one
# serves them from where they lie, so that it needs no such step.
WHITENOISE_USE_FINDERS = not IS_PUBLIC
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PUBLIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

SERVE_PORT = switches.number("WAYMARK_PORT", 8000, 1, 65_535)
# Where `serve` itself is what people open, its port belongs to the address.
SITE_URL = switches.site(
    ALLOWED_HOSTS[0], https=HTTPS, port=None if IS_PUBLIC or HTTPS else SERVE_PORT
)
WEBHOOKS_INSIDE = switches.flag("WAYMARK_WEBHOOKS_INSIDE")
RENDER_SECONDS = switches.number("WAYMARK_RENDER_SECONDS", 30, 1, 600)
RENDER_MEMORY_MB = switches.number("WAYMARK_RENDER_MEMORY_MB", 1_500, 256, 65_536)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "maturity.logs.RedactingFormatter",
            "fmt": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "errors": {"class": "logging.StreamHandler", "formatter": "line", "level": "ERROR"},
    },
    "root": {
        "handlers": ["stderr"],
        "level": switches.choice(
            "WAYMARK_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
        ),
    },
    # Django's own settings for these would print each line a second time, or mail it.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # At INFO it says that it looked for fonts.
        "matplotlib.font_manager": {"level": "WARNING"},
        # Its warning at every stop tells the reader to press keys that `serve` has taken over.
        "django_tasks_db": {"handlers": ["errors"], "propagate": False},
    },
}
