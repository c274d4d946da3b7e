"""Django's settings, all of them derived from the environment."""

from urllib.parse import unquote, urlsplit

from vermittlerpost.config import environment

ENVIRONMENT = environment.load()
HOME = ENVIRONMENT.home.expanduser().resolve()


def _database() -> dict[str, object]:
    if ENVIRONMENT.database_url is None:
        return {"ENGINE": "vermittlerpost.lib.embedded", "NAME": "vermittlerpost", "DATA": HOME / "database"}
    url = urlsplit(ENVIRONMENT.database_url.get_secret_value())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
    }


DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key.get_secret_value()
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "procrastinate.contrib.django",
    "vermittlerpost.journal",
    "vermittlerpost.agencies",
    "vermittlerpost.letters",
    "vermittlerpost.documents",
    "vermittlerpost.notifications",
    "vermittlerpost.delivery",
    "vermittlerpost.cases",
    "vermittlerpost.intake",
    "vermittlerpost.interfaces.ops",
]
DATABASES = {"default": _database()}
AUTH_USER_MODEL = "agencies.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
