"""Every setting, read from the environment. No unsafe default: see earlyhelp/checks.py."""

from pathlib import Path

from earlyhelp import env, logs
from earlyhelp.csp import CSP, JS_ENABLED, sha256
from earlyhelp.looking import LookingCursor

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY")
IDENTITY_KEY = env.text("IDENTITY_KEY")
DEMONSTRATION = env.flag("DEMONSTRATION")  # marks every page, and offers one-click personas
HTTPS = env.flag("HTTPS", default=not DEBUG)  # `bin/start` on this machine, and tests, switch it off
BEHIND_PROXY = env.flag("BEHIND_PROXY")  # a proxy that sets X-Forwarded-Proto itself stands in front
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1")
_database = env.database()
DATABASES = {
    "default": {
        **_database,
        "TIME_ZONE": "Europe/London",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **_database["OPTIONS"],
            "isolation_level": 1,  # READ COMMITTED: facts are only kept true under it (decision 0013)
            "connect_timeout": 5,
            "cursor_factory": LookingCursor,
        },
    }
}
REDIS_URL = env.text("REDIS_URL")
SCANNER = env.text("SCANNER", "")  # clamd, as host:port; without one no file is taken (decision 0076)

# E-mail: that something waits, and codes for officers without an account (decisions 0080, 0095). GOV.UK Notify carries
# it where it has a key, else a mail server or a folder; without any of them none is sent.
NOTIFY_KEY = env.text("NOTIFY_KEY", "")
NOTIFY_TEMPLATE = env.text("NOTIFY_TEMPLATE", "")
NOTIFY_ADDRESS = env.text("NOTIFY_ADDRESS", "https://api.notifications.service.gov.uk")
SITE_ADDRESS = env.text("SITE_ADDRESS", f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}")
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "early-help@localhost")
EMAIL_FILE_PATH = env.text("EMAIL_FOLDER", "")  # each e-mail becomes a file there: a demonstration
EMAIL_BACKEND = f"django.core.mail.backends.{'filebased' if EMAIL_FILE_PATH else 'smtp'}.EmailBackend"

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
    "django.forms",
    "guardian",
    "rest_framework",
]
MIDDLEWARE = [
    "earlyhelp.health.AnswerHealthFirst",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "earlyhelp.csp.ContentSecurityPolicyMiddleware",
    "earlyhelp.csp.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "earlyhelp.middleware.OneTransactionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "earlyhelp.middleware.ActingPostMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
CSRF_FAILURE_VIEW = "earlyhelp.views.forged"
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
                "earlyhelp.context.page",
                "referrals.web.owed.answers_owed",
            ],
            "builtins": ["earlyhelp.templatetags.interface"],
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
FORM_RENDERER = "earlyhelp.forms.ComponentRenderer"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "earlyhelp.storage.HashedStaticFiles"},
}
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, sha256(JS_ENABLED)],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
}
STATIC_URL = "static/"
STATIC_ROOT = env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The API: JSON alone, one shape for every refusal, and doors of our own instead of DRF's (earlyhelp/middleware.py).
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["referrals.api.formats.Json"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "referrals.api.formats.OneFormat",
    "DEFAULT_THROTTLE_CLASSES": ["referrals.api.limits.Limit"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "referrals.api.problems.answer",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Early Help",
    "DESCRIPTION": "Reports of concern about children, from agencies' record systems to the hub of their district.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["referrals.api.schema.closed"],
    "APPEND_COMPONENTS": {"securitySchemes": {"systemKey": {"type": "http", "scheme": "bearer"}}},
}
# Requests of one record system in a minute. A busy force sends 60 reports an hour; a broken client that sends one a
# second is stopped before it buries the hub. Reading asks nobody to do anything, so it may be ten times as much.
API_LIMITS = {"send": env.number("API_SENDS_A_MINUTE", 60), "read": env.number("API_READS_A_MINUTE", 600)}

LOGGING = logs.configuration(debug=DEBUG)

# One switch for everything that needs HTTPS; /healthz answers plainly to the container beside it.
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
REFUSAL_BEAT = 0.05  # seconds: a page not found is answered on the next full beat, so that its time tells nothing

SESSION_ENGINE = "earlyhelp.sessions"
SESSION_COOKIE_AGE = 20 * 60  # idle: each request starts it again, to the minute (earlyhelp.sessions)
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# A killed worker's task comes again, at once or after the visibility timeout; nothing runs for longer than that.
# Redis is only the bell: what is owed stands in PostgreSQL.
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
}
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20.0  # docker-compose.yml gives 30 s before it kills
CELERY_TIMEZONE = TIME_ZONE
JOBS_RESEND_AFTER = 30  # seconds before a job owed and not done is rung for again
