"""Every setting, in one typed file; values come from the environment alone. `docs/operate/README.md` explains each."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from klimtouw.config.secret import secret_key


def switched_on(name: str, *, default: bool) -> bool:
    """Return whether an environment switch is on: 1, true, yes or on."""
    value = os.environ.get(name, "").strip().lower()
    return value in {"1", "true", "yes", "on"} if value else default


def database(url: str, home: Path) -> dict[str, Any]:
    """Return Django's description of the database at a URL; without one, SQLite in `home`."""
    if not url or url.startswith("sqlite"):
        file = Path(unquote(urlsplit(url).path)) if url else home / "klimtouw.sqlite3"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": file,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; "
                    "PRAGMA secure_delete=ON;"  # what is erased is overwritten, the keys of people above all
                ),
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("KLIMTOUW_HOME") or "var").resolve()
DEBUG = switched_on("KLIMTOUW_DEBUG", default=False)
DEMO = switched_on("KLIMTOUW_DEMO", default=False)
SECRET_KEY = os.environ.get("KLIMTOUW_SECRET_KEY") or secret_key(HOME)
# The keys that wrap the keys of people; without either setting, a file is made once (docs/operate).
MASTER_KEYS = os.environ.get("KLIMTOUW_MASTER_KEYS", "")
MASTER_KEY_FILE = Path(os.environ.get("KLIMTOUW_MASTER_KEY_FILE") or HOME / "master.keys").resolve()
# The keys that sign attestations of training; likewise.
SIGNING_KEYS = os.environ.get("KLIMTOUW_SIGNING_KEYS", "")
SIGNING_KEY_FILE = Path(os.environ.get("KLIMTOUW_SIGNING_KEY_FILE") or HOME / "signing.keys").resolve()
ALLOWED_HOSTS = [
    host for host in os.environ.get("KLIMTOUW_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host
]
IS_SECURE = switched_on("KLIMTOUW_HTTPS", default=False)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if IS_SECURE]

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), HOME)}

# Shared by every process: counts attempts to sign in. `klimtouw migrate` makes its table.
# Roomy, so that nobody makes it forget the attempts on one account by trying many others.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

INSTALLED_APPS = [
    "klimtouw.ui",  # first: its templates and words take the place of allauth's and Django's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "klimtouw.access",
    "klimtouw.ledger",
    "klimtouw.people",
    "klimtouw.notices",
    "klimtouw.belongings",
    "klimtouw.programmes",
    "klimtouw.peers",
    "klimtouw.relations",
    "klimtouw.replies",
    "klimtouw.climb",
    "klimtouw.talks",
    "klimtouw.hand",
    "klimtouw.growth",
    "klimtouw.circles",
    "klimtouw.intervision",
    "klimtouw.axenroos",
    "klimtouw.basecamp",
    "klimtouw.takeaway",
    "klimtouw.offline",
    "klimtouw.home",
]

MIDDLEWARE = [
    "klimtouw.people.headers.SafetyMiddleware",  # outermost: nothing leaves without its headers
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "klimtouw.people.requests.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "klimtouw.config.urls"
WSGI_APPLICATION = "klimtouw.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "klimtouw.ui.templatetags.ui",
                "klimtouw.people.templatetags.people",
                "template_partials.templatetags.partials",
            ],
        },
    }
]

# The youngest age at which somebody may agree alone; an institution may ask more (`klimtouw manage institution`).
CONSENT_AGE = int(os.environ.get("KLIMTOUW_CONSENT_AGE") or 13)

# Sign-in
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["klimtouw.people.backends.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "klimtouw.people.passwords.NotAboutHere"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "klimtouw.programmes.joining.JoiningForm"
ACCOUNT_ADAPTER = "klimtouw.notices.adapter.LetterAdapter"
ACCOUNT_FORMS = {
    "request_login_code": "klimtouw.people.sign_in.CodeForm",
    "signup": "klimtouw.people.sign_in.SignUpForm",
}
# One address per person. Another address is another key: an open tab is not enough to change it, and both hear of it.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# A whole school may share one address on the internet: what counts is how often one account is tried.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "signup": "60/m/ip",
    "request_login_code": "60/m/ip,3/m/key",
    "reset_password": "60/m/ip,5/m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KLIMTOUW_PROXIES") or IS_SECURE)
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "klimtouw.people.reset_tokens.ResetTokens"  # noqa: S105 (a class, no password)
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_SECURE else "http"
SESSION_ENGINE = "klimtouw.people.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

# Cookies: unreadable for scripts; over https bound to this host by their name (a browser refuses it otherwise)
COOKIE_PREFIX = "__Host-" if IS_SECURE else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "klimtouw.people.cookies.MessagesInACookie"
CSRF_FAILURE_VIEW = "klimtouw.people.views.form_from_another_session"

# Languages and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS: list[Path] = []
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

# Files of the pages
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "klimtouw.ui.storage.FilesOfThePages"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Safety of the pages
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
# To be in every browser's own list concerns a school's whole domain: that is for the owner of the domain to ask.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
X_FRAME_OPTIONS = "DENY"
# A text of a megabyte in any script fits in, as a browser sends it: it gets a sentence at its field instead of a page of error.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "klimtouw.people.uploads.NoFiles",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 128 * 1024 * 1024  # whatever a page takes; the page itself says how much

# Mail and jobs
DEFAULT_FROM_EMAIL = os.environ.get("KLIMTOUW_MAIL_FROM", "Klimtouw <klimtouw@localhost>")
MAIL = urlsplit(os.environ.get("KLIMTOUW_MAIL_URL") or "file:")
EMAIL_FILE_PATH = HOME / "mail"
if MAIL.scheme == "file":
    EMAIL_BACKEND = "klimtouw.notices.mailbox.FileBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = MAIL.hostname or "localhost"
    EMAIL_PORT = MAIL.port or (465 if MAIL.scheme == "smtps" else 587)
    EMAIL_HOST_USER = unquote(MAIL.username or "")
    EMAIL_HOST_PASSWORD = unquote(MAIL.password or "")
    EMAIL_USE_SSL = MAIL.scheme == "smtps"
    EMAIL_USE_TLS = MAIL.scheme == "smtp" and bool(EMAIL_HOST_USER)
LEDGER_MAIL_TO = os.environ.get("KLIMTOUW_LEDGER_MAIL_TO", "")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "klimtouw.config.logs.WhereNotWhat"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "django": {"handlers": []},  # instead of Django's own, that would mail errors with everything in them
        "klimtouw.people": {
            "level": "INFO"
        },  # signing in and out, wrong and new passwords: by number, never by name
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# Texts for coaches: a folder of one's own, laid over those that come along
COACHING_TEXTS = (
    Path(os.environ["KLIMTOUW_COACHING_TEXTS"]) if os.environ.get("KLIMTOUW_COACHING_TEXTS") else None
)

SITE_NAME = _("Klimtouw")
SITE_ADDRESS = os.environ.get("KLIMTOUW_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
