"""Django's settings, all of them following from the installation file; nothing here is changed by hand.

A name in capitals that Django knows is documented by Django; those that start with NOABER are ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from .configuration import Installation, read
from .rooms import ROOMS

NOABER: Installation = read()
NOABER_HERE = Path(__file__).resolve().parent

SECRET_KEY = NOABER.secret("django").hex()
DEBUG = False
ALLOWED_HOSTS = [urlsplit(NOABER.address).hostname or "localhost", "localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [NOABER.address]
ROOT_URLCONF = f"noaber.web.site.urls_{NOABER.role}"
WSGI_APPLICATION = "noaber.web.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

# Every installation has the tables of every room, so that an upgrade is one series of migrations; the rooms of the
# other role have no addresses here, and stay empty.
INSTALLED_APPS = [
    "noaber.web.site",
    *(f"noaber.web.{room.name}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "noaber.web.site.middleware.RequestIdentity",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "noaber.web.site.middleware.PermissionsPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "noaber.web.access.middleware.Door",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "noaber.web.site.context.house",
            ],
            "builtins": ["noaber.web.site.templatetags.noaber"],
        },
    }
]


def database(address: str) -> dict[str, Any]:
    """Return Django's settings of a database address, as the installation file writes it."""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": NOABER.path(parts.path.removeprefix("/")),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.removeprefix("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": database(NOABER.database)}

# People: a local login with a second factor, or the identity provider of the organisation.
AUTH_USER_MODEL = "access.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "noaber.web.access.login.LocalBackend",
    *(["noaber.web.access.oidc.StaffBackend"] if NOABER.staff else []),
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "access:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
OTP_TOTP_ISSUER = NOABER.name
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_TEMPLATE = "access/shut.html"
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # the journal keeps who logged in
AXES_SENSITIVE_PARAMETERS = ["username", "password"]

SESSION_COOKIE_AGE = NOABER.session_minutes * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "noaber.web.site.views.stale"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
if NOABER.in_earnest:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *([NOABER.residents.authorization_endpoint] if NOABER.residents else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = NOABER.language
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = NOABER.path("static")
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(NOABER.path(NOABER.uploads))},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(NOABER.path("mail"))
if NOABER.mail:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER = NOABER.mail.host, NOABER.mail.port, NOABER.mail.user
    EMAIL_USE_TLS = True
    DEFAULT_FROM_EMAIL = NOABER.mail.sender
    if NOABER.mail.password_file:
        EMAIL_HOST_PASSWORD = NOABER.path(NOABER.mail.password_file).read_text("utf-8").strip()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "noaber.web.site.logs.formatter"}},
    "handlers": {"standard": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["standard"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "ERROR"},
        "django.server": {"level": "WARNING"},
        "mozilla_django_oidc": {"level": "CRITICAL"},  # it repeats what the provider answered
        "httpx": {"level": "WARNING"},  # it repeats addresses, which may hold a code
    },
}
OIDC_AUTHENTICATION_CALLBACK_URL = "access:staff_back"
if NOABER.staff:
    OIDC_RP_CLIENT_ID = NOABER.staff.client_id
    OIDC_RP_CLIENT_SECRET = NOABER.path(NOABER.staff.client_secret_file).read_text("utf-8").strip()
    OIDC_OP_AUTHORIZATION_ENDPOINT = NOABER.staff.authorization_endpoint
    OIDC_OP_TOKEN_ENDPOINT = NOABER.staff.token_endpoint
    OIDC_OP_USER_ENDPOINT = NOABER.staff.user_endpoint
    OIDC_OP_JWKS_ENDPOINT = NOABER.staff.jwks_endpoint
    OIDC_RP_SIGN_ALGO = "RS256"
    OIDC_RP_SCOPES = "openid email profile"
    OIDC_CREATE_USER = False
    OIDC_TIMEOUT = 10
    OIDC_USE_PKCE = True
