"""Settings of the web application, from what the environment says: for one machine, or for production."""

import secrets

from quarterday.web.environment import (
    database,
    email_server,
    identity_provider,
    origin,
    read_environment,
)

_environment = read_environment()

QUARTERDAY_HOME = _environment.home
QUARTERDAY_ENGINE = _environment.engine
QUARTERDAY_MOST_UPLOAD = _environment.upload_mb * 1_000_000  # bytes
QUARTERDAY_ADDRESS = _environment.address.rstrip("/")
QUARTERDAY_ALONE = not _environment.production and not _environment.proxies  # nobody is let in by another server
QUARTERDAY_OPEN = _environment.open and QUARTERDAY_ALONE
QUARTERDAY_FORGET_AFTER = _environment.forget_after  # days; 0 is never
QUARTERDAY_MAILS = bool(_environment.email)  # else e-mails are printed, and nobody is told by one
_demanded = _environment.second_step
QUARTERDAY_SECOND_STEP = _environment.production if _demanded is None else _demanded

# On one machine `quarterday serve` gives the workspace's own; else one that lasts as long as the process does.
SECRET_KEY = _environment.secret_key or secrets.token_urlsafe(50)
DEBUG = False
ALLOWED_HOSTS = [*_environment.hosts.split(), *([] if _environment.production else ["localhost", "127.0.0.1", "[::1]"])]
ROOT_URLCONF = "quarterday.web.urls"
WSGI_APPLICATION = "quarterday.web.wsgi.application"
INSTALLED_APPS = [
    "quarterday.web",
    "quarterday.plan",
    "quarterday.people",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "rules",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "quarterday.web.middleware.OwnerMiddleware",
    "quarterday.web.middleware.SecondStepMiddleware",
    "quarterday.web.middleware.PrivateMiddleware",
    "quarterday.web.middleware.RefusalMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
FORM_RENDERER = "quarterday.web.forms.HouseRenderer"
DATABASES = {"default": database(_environment)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all processes, so that somebody who guesses passwords is locked out of every one of them.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # served from the packages: nothing to collect
WHITENOISE_AUTOREFRESH = False

QUARTERDAY_API_CALLS = 120  # a minute for each person, or each address without a token

# --- Who comes in

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "rules.permissions.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "full_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # seconds; links to choose a password, too

ACCOUNT_ADAPTER = "quarterday.web.signing_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "quarterday.web.signing_in.shown_name"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Quarterday: "
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
# Answers of leads, files that anybody has verified, and passwords as they are typed, besides allauth's own limits.
ACCOUNT_RATE_LIMITS = {"update_link": "600/h/ip,30/h/key", "verify": "60/h/ip", "password_judged": "300/m/ip"}
ACCOUNT_LOGOUT_REDIRECT_URL = "editions"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _environment.production else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = _environment.proxies

MFA_ADAPTER = "quarterday.web.signing_in.SecondStepAdapter"
MFA_FORMS = {"add_webauthn": "quarterday.web.forms_signing_in.PasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Quarterday"
MFA_TOTP_TOLERANCE = 1  # a code of half a minute ago or ahead, for clocks and slow fingers
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _environment.production

SOCIALACCOUNT_ADAPTER = "quarterday.web.signing_in.OrganisationAdapter"
SOCIALACCOUNT_PROVIDERS = identity_provider(_environment)

DEFAULT_FROM_EMAIL = _environment.email_from
SERVER_EMAIL = _environment.email_from
globals().update(email_server(_environment))

# --- What keeps others out

SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds from signing in, however busy
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _environment.production
SESSION_COOKIE_NAME = "__Host-session" if _environment.production else "quarterday-session"
CSRF_COOKIE_NAME = "__Host-csrf" if _environment.production else "quarterday-csrf"
SECURE_SSL_REDIRECT = _environment.production
SECURE_REDIRECT_EXEMPT = [r"^health$"]  # asked by whatever watches over the server, from the same machine
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _environment.production else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _environment.production
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _environment.proxies else None
CSRF_TRUSTED_ORIGINS = [origin(_environment.address)] if _environment.production else []
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # bytes
# Files are passed over but at the few pages that take them, and there only once it is known who sends them.
FILE_UPLOAD_HANDLERS = ["quarterday.web.uploads.NoFiles"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],  # a passkey's challenge is fetched
        "base-uri": ["'none'"],
        # A form that leads to the organisation's own sign-in is followed there.
        "form-action": ["'self'", *([origin(_environment.oidc_server)] if _environment.oidc_server else [])],
        "frame-ancestors": ["'none'"],
    }
}

# To the terminal, or whatever keeps what the program prints: who was refused, and what went wrong.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "quarterday.web.log_line.OneLine",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "quarterday": {"handlers": ["terminal"], "level": "INFO"},
        "django": {"handlers": ["terminal"], "level": "WARNING"},
        "django.request": {"level": "ERROR"},  # what is not there is no event, and refusals are in the log of security
    },
}
