"""A look at the identity provider of the insurer's staff."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from vermittlerpost.interfaces.ops.health.finding import Finding
from vermittlerpost.lib import openid
from vermittlerpost.lib.errors import Refused

_SUBJECT = "Anmeldedienst"
_ASKED = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")


def provider() -> Finding:
    """Tell whether the provider answers, is the one that was named, and in production is reached by TLS only."""
    environment = settings.ENVIRONMENT
    if not environment.oidc_issuer:
        return _found("Keiner (VERMITTLERPOST_OIDC_ISSUER ist leer): der Innendienst meldet sich mit Kennwort an.")
    if not (environment.oidc_client_id and environment.oidc_client_secret.get_secret_value()):
        return _trouble("VERMITTLERPOST_OIDC_CLIENT_ID oder VERMITTLERPOST_OIDC_CLIENT_SECRET fehlt.")
    try:
        said = openid.configuration_of(environment.oidc_issuer)
    except Refused as refusal:
        return _trouble(refusal.sentence)
    if environment.is_production and (open_to_all := _without_tls(said)):
        return _trouble(f"Ohne TLS angeboten: {', '.join(open_to_all)}.")
    password = "gilt nicht mehr" if environment.oidc_only else "gilt daneben"
    return _found(f"{environment.oidc_issuer} antwortet; das Kennwort des Innendienstes {password}.")


def _without_tls(said: dict[str, Any]) -> list[str]:
    addresses = [str(said[name]) for name in _ASKED if name in said]
    return [address for address in addresses if urlsplit(address).scheme != "https"]


def _found(sentence: str) -> Finding:
    return Finding(subject=_SUBJECT, is_ok=True, sentence=sentence)


def _trouble(sentence: str) -> Finding:
    return Finding(subject=_SUBJECT, is_ok=False, sentence=sentence)
