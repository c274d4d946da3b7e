"""Whether a single setting is fit for production."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import SecretStr

_SECRET_LENGTH = 50


def is_weak(secret: SecretStr) -> bool:
    """Tell whether a secret is shorter than one that nobody guesses."""
    return len(secret.get_secret_value()) < _SECRET_LENGTH


def is_reachable(address: str) -> bool:
    """Tell whether an address names a machine that others reach, and nothing more."""
    url = urlsplit(address)
    is_plain = url.path in {"", "/"} and not (url.query or url.fragment or url.username)
    return is_plain and not _is_here(url.hostname or "localhost")


def _is_here(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost"
    return address.is_loopback or address.is_unspecified
