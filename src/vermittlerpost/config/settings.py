"""Django's settings, all of them derived from the environment."""

from datetime import timedelta
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from vermittlerpost.config import environment
from vermittlerpost.lib import clock

ENVIRONMENT = environment.load()
clock.run_ahead(ENVIRONMENT.clock_offset)
HOME = ENVIRONMENT.home.expanduser().resolve()


def _database() -> dict[str, object]:
    # A thread that answers requests keeps its connection, and asks before each whether it still holds.
    kept = {"CONN_MAX_AGE": int(timedelta(minutes=10).total_seconds()), "CONN_HEALTH_CHECKS": True}
    if ENVIRONMENT.database_url is None:
        return kept | {"ENGINE": "vermittlerpost.lib.embedded", "NAME": "vermittlerpost", "DATA": HOME / "database"}
    url = urlsplit(ENVIRONMENT.database_url.get_secret_value())
    return kept | {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
        "OPTIONS": dict(parse_qsl(url.query)),  # such as sslmode
    }


DEBUG = False
if ENVIRONMENT.is_production:
    LOGGING = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "vermittlerpost.interfaces.ops.logs.JsonLines"}},
        "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stream"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": []},
            "django.server": {"handlers": [], "propagate": True},
            # They would tell each command's log all that a worker may ever do, twice.
            "procrastinate.periodic": {"level": "WARNING"},
            "procrastinate.blueprints": {"level": "WARNING"},
        },
    }
SECRET_KEY = ENVIRONMENT.secret_key.get_secret_value()
INSTALLED_APPS = [
    "vermittlerpost.interfaces.portal",  # first, so that its templates stand before those of others
    "vermittlerpost.interfaces.backoffice",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "axes",
    "django_htmx",
    "procrastinate.contrib.django",
    "vermittlerpost.journal",
    "vermittlerpost.agencies",
    "vermittlerpost.letters",
    "vermittlerpost.documents",
    "vermittlerpost.news",
    "vermittlerpost.notifications",
    "vermittlerpost.delivery",
    "vermittlerpost.cases",
    "vermittlerpost.intake",
    "vermittlerpost.exchange",
    "vermittlerpost.interfaces.api",
    "vermittlerpost.interfaces.ops",
]
DATABASES = {"default": _database()}
# What must hold for all web processes alike, such as that a code of a second factor is good once.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# ------------------------------------------------------------------------------------------------ web

ROOT_URLCONF = "vermittlerpost.config.urls"
WSGI_APPLICATION = "vermittlerpost.config.wsgi.application"
ALLOWED_HOSTS = [urlsplit(ENVIRONMENT.base_url).hostname or "", "127.0.0.1", "localhost"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vermittlerpost.interfaces.portal.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "vermittlerpost.interfaces.portal.access.activity.ActivityMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "vermittlerpost.interfaces.portal.soundness.SoundAddressMiddleware",
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
                "vermittlerpost.interfaces.portal.shell.shell",
                "vermittlerpost.interfaces.backoffice.shell.shell",
            ],
        },
    }
]
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "vermittlerpost.interfaces.portal.static_files.Versioned"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = int(timedelta(days=365).total_seconds())  # addresses bear the version of the file
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
    }
}
SECURE_REDIRECT_EXEMPT = ["^(healthz|readyz|metrics)$"]  # asked from beside the proxy, not through it
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_production
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if ENVIRONMENT.is_production else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "SAMEORIGIN"  # a letter's PDF is shown within its page
SESSION_COOKIE_NAME = "vermittlerpost"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --------------------------------------------------------------------------------------------- access

AUTH_USER_MODEL = "agencies.User"
PORTAL_BACKEND = "vermittlerpost.interfaces.portal.access.backend.PortalBackend"
SIGN_ON_BACKEND = "vermittlerpost.interfaces.portal.access.backend.SignOnBackend"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    PORTAL_BACKEND,
    SIGN_ON_BACKEND,
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["login_id", "name", "email"]},
    },
]
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "vermittlerpost.interfaces.portal.access.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "vermittlerpost.interfaces.portal.access.forms.Login",
    "reauthenticate": "vermittlerpost.interfaces.portal.access.forms.Password",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login_id"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = False  # lock-out is kept in the database, by axes
SOCIALACCOUNT_ADAPTER = "vermittlerpost.interfaces.portal.access.sign_on.adapter.SignOn"
MFA_ADAPTER = "vermittlerpost.interfaces.portal.access.adapter.SecondFactors"
MFA_FORMS = {
    "authenticate": "vermittlerpost.interfaces.portal.access.forms.Code",
    "reauthenticate": "vermittlerpost.interfaces.portal.access.forms.CodeAgain",
    "activate_totp": "vermittlerpost.interfaces.portal.access.forms.FirstCode",
    "add_webauthn": "vermittlerpost.interfaces.portal.access.forms.NewPasskey",
    "edit_webauthn": "vermittlerpost.interfaces.portal.access.forms.PasskeyName",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Vermittlerpost"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.is_production
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # what the page says about the time left stays true
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_FORM_FIELD = "username"  # as allauth and Django call it among themselves, whatever the page does
AXES_USERNAME_CALLABLE = "vermittlerpost.lib.lockout.login_id_of"
AXES_LOCKOUT_CALLABLE = "vermittlerpost.interfaces.portal.access.locked.locked_page"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
# What was posted is kept with a failure; of secrets, stars.
AXES_SENSITIVE_PARAMETERS = [
    "username", "login", "ip_address", "password1", "password2", "code", "credential", "csrfmiddlewaretoken",
]  # fmt: skip
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # who guesses from many addresses at once is to be stopped as well
