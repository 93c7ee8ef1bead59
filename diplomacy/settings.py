"""The one settings file. What differs between machines comes from the environment, and a bad value stops the
start with one line that names it; deploy/production.env.example lists every variable."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.conf.global_settings import LANGUAGES

from . import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# --- What this machine is -----------------------------------------------------------------------------------

DEBUG = environment.flag("DEBUG")
HTTPS = environment.flag("HTTPS")
PROXIES = environment.whole_number("PROXIES", 0)
SECRET_KEY = environment.secret_key("SECRET_KEY", VAR_DIR / "secret-key", must_be_given=HTTPS)
ALLOWED_HOSTS = environment.listing("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.listing("CSRF_TRUSTED_ORIGINS")
SITE_NAME = environment.text("SITE_NAME", "Who Met Whom")

# --- The application ----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "diplomacy",
    "meetings",
    "django_filters",
    "bootstrap4",
    "axes",
    "simple_history",
    "csp",
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "diplomacy.middleware.permissions_policy",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # What a page has of a secret, the token of a form, Django masks anew each time, so that its size tells nothing.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "diplomacy.middleware.Busy",
]

ROOT_URLCONF = "diplomacy.urls"
WSGI_APPLICATION = "diplomacy.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "diplomacy.context.site",
            ],
        },
    },
]

FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# --- The database -------------------------------------------------------------------------------------------

DATABASES = {"default": environment.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue up for their turn instead of failing with "database is locked".
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32768;"
        ),
    }
else:
    given = DATABASES["default"].setdefault("OPTIONS", {})
    # To compile a query takes PostgreSQL a second, which no query of a page is worth. What is prepared
    # (meetings/index/postgres.py) looks records up by their keys: one plan serves whatever these are.
    options = [given.get("options", ""), "-c jit=off", "-c plan_cache_mode=force_generic_plan"]
    if seconds := environment.whole_number("STATEMENT_TIMEOUT", 0):
        # wsgi.py sets a default, so that pages are capped while migrations and imports take the time they need.
        options.append(f"-c statement_timeout={seconds * 1000}")
    given["options"] = " ".join(options).strip()

# Pages of lists, each until something is written: in memory, a few megabytes in each worker.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 200}},
}

# --- Languages and time -------------------------------------------------------------------------------------

LANGUAGE_CODE = environment.language("LANGUAGE_CODE", "en-gb", LANGUAGES)
TIME_ZONE = environment.time_zone("TIME_ZONE", "UTC")
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- Static files -------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# In production files are collected once and named by their content; elsewhere they are served where they lie.
STATIC_ROOT = VAR_DIR / "static" if HTTPS else None
WHITENOISE_USE_FINDERS = not HTTPS
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if HTTPS
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}

BOOTSTRAP4 = {
    "css_url": f"/{STATIC_URL}vendor/bootstrap/bootstrap.min.css",
    "javascript_url": f"/{STATIC_URL}vendor/bootstrap/bootstrap.bundle.min.js",
    "jquery_url": f"/{STATIC_URL}vendor/jquery/jquery.slim.min.js",
    "jquery_slim_url": f"/{STATIC_URL}vendor/jquery/jquery.slim.min.js",
    "success_css_class": "",
    "set_placeholder": False,
}

# --- Safety -------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_TEMPLATE = "registration/lockout.html"
AXES_CLIENT_IP_CALLABLE = "diplomacy.middleware.client_address"
AXES_VERBOSE = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

SECURE_SSL_REDIRECT = HTTPS
# A supervisor asks over plain HTTP, from the machine itself.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS

# A meeting with many participants and statements is one large form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- Logging ------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
