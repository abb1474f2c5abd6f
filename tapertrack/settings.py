"""Settings, in one file. What can be set from outside goes through ``tapertrack.env`` and stands in README."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from tapertrack.env import env_bool, env_folder, env_hosts, env_secret, env_text

BASE_DIR = Path(__file__).resolve().parent.parent

DATA = env_folder("TAPERTRACK_DATA", BASE_DIR / "var")
DEBUG = env_bool("TAPERTRACK_DEBUG", False)
HTTPS = env_bool("TAPERTRACK_HTTPS", False)
SECRET_KEY = env_secret("TAPERTRACK_SECRET_KEY", DATA / "secret_key")
ALLOWED_HOSTS = env_hosts("TAPERTRACK_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

# matplotlib keeps its font list here; without it an unwritable home costs 100 ms at each start.
os.environ.setdefault("MPLCONFIGDIR", str(DATA / "matplotlib"))

INSTALLED_APPS = [
    "journal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "tapertrack.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "journal.middleware.person",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "tapertrack.urls"
WSGI_APPLICATION = "tapertrack.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["journal.templatetags.journal", "journal.templatetags.rating", "journal.templatetags.sourced"],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"


def database() -> dict:
    """DATABASE_URL, or SQLite in the data folder.

    Persistent connections, WAL, FULL and IMMEDIATE together: no "database is locked" and no lost commit under 32
    writers, where Django's defaults refuse one write in six. ATOMIC_REQUESTS stays off: with IMMEDIATE each page
    view would take the write lock.
    """
    url = env_text("DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "tapertrack.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    try:
        found = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except (ValueError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError) as error:
        raise ImproperlyConfigured("DATABASE_URL is not a database address: use postgresql://…") from error
    if found["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL: only postgresql:// is supported. Leave it out for SQLite.")
    return found


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in limits are counted here. In the database, so that several worker processes share one count.
# Room for many: when it is full, rows go in the order of their keys, and a limit that goes is no limit.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    # Charts that did not change since they were drawn. In the memory of each process and nowhere else: they are the
    # record in pictures. See journal.views.charts.kept.
    "charts": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "charts",
        "TIMEOUT": 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}

# --- accounts -------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "journal.passwords.NotTheName"},
    {"NAME": "journal.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "journal.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # no mail server is needed
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGOUT_REDIRECT_URL = "today"
ACCOUNT_ADAPTER = "journal.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "journal.forms.accounts.LoginForm",
    "signup": "journal.forms.accounts.SignupForm",
    "change_password": "journal.forms.accounts.ChangePasswordForm",
    "reauthenticate": "journal.forms.accounts.ReauthenticateForm",
}
# Added to allauth's own limits, which already cover signing in: the recovery code is a password, too.
ACCOUNT_RATE_LIMITS = {"recover": "10/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "TaperTrack"
MFA_ADAPTER = "journal.accounts.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "journal.forms.mfa.AuthenticateForm",
    "reauthenticate": "journal.forms.mfa.ReauthenticateForm",
    "activate_totp": "journal.forms.mfa.ActivateTOTPForm",
    "add_webauthn": "journal.forms.mfa.AddWebAuthnForm",
    "edit_webauthn": "journal.forms.mfa.EditWebAuthnForm",
    "login_webauthn": "journal.forms.mfa.LoginWebAuthnForm",
    "authenticate_webauthn": "journal.forms.mfa.AuthenticateWebAuthnForm",
    "reauthenticate_webauthn": "journal.forms.mfa.ReauthenticateWebAuthnForm",
}
# Behind HTTPS there is one proxy, and it sets X-Forwarded-For; without it the address is the peer's own.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0

# --- language and time ----------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # each person's own zone is switched on by journal.middleware.person

# --- static files ---------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    }
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- transport and cookies ------------------------------------------------------------------------------------

SESSION_COOKIE_AGE = 60 * 60 * 24 * 90  # a phone at 3 a.m. asks for no password
ACCOUNT_SESSION_COOKIE_AGE = SESSION_COOKIE_AGE  # allauth's own default is three weeks
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [f"https://{host.removeprefix('.')}" for host in ALLOWED_HOSTS] if HTTPS else []
CSRF_FAILURE_VIEW = "journal.views.errors.csrf_failure"
# One host must not decide for its whole domain: HSTS for sub-domains and preloading are the owner's choice.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# A note holds 20,000 characters; a form that is much larger is still read, so that it can be shown again.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Only what is our mistake: a slip in an address is the person's business, and no line of a log file.
    "loggers": {"django.request": {"level": "ERROR"}},
}
