"""Every setting, read from the environment. No unsafe default: see earlyhelp/checks.py."""

from pathlib import Path

from earlyhelp import env
from earlyhelp.looking import LookingCursor

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY")
IDENTITY_KEY = env.text("IDENTITY_KEY")
DEMONSTRATION = env.flag("DEMONSTRATION")  # marks every page, and offers one-click personas
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1")
DATABASES = {
    "default": {
        **env.database(),
        "TIME_ZONE": "Europe/London",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"isolation_level": 1, "cursor_factory": LookingCursor},  # READ COMMITTED: facts are only kept true under it (decision 0013)
    }
}
REDIS_URL = env.text("REDIS_URL")

INSTALLED_APPS = [
    "earlyhelp",
    "referrals",
    "cases",
    "sharing_agreements",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "guardian",
    "rest_framework",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "earlyhelp.middleware.OneTransactionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "earlyhelp.middleware.ActingPostMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "earlyhelp.urls"
WSGI_APPLICATION = "earlyhelp.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

AUTH_USER_MODEL = "sharing_agreements.Practitioner"
AUTHENTICATION_BACKENDS = ["earlyhelp.sign_in.LocalAccountBackend"]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # e-mail is not unique: an account is keyed by provider and subject
    "guardian.W001",  # guardian only stores the allow-list of restricted people; PostgreSQL reads it
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CELERY_BROKER_URL = REDIS_URL
