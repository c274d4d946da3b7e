"""What an identity provider says of itself (OpenID Connect Discovery 1.0), and whom it answers for."""

from typing import Any

import requests
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase

from vermittlerpost.lib.errors import Refused

_PATIENCE = 5.0
"""Seconds in which a provider must answer."""

_WELL_KNOWN = "/.well-known/openid-configuration"
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class ProviderAway(Refused):
    """The identity provider does not answer, or not with what was asked for."""

    code = "provider_away"


class ProviderDistrusted(Refused):
    """What answers is not the identity provider that was named, or lacks what a login needs."""

    code = "provider_distrusted"


def configuration_of(issuer: str) -> dict[str, Any]:
    """Ask a provider for its configuration; refuses one that calls itself differently (4.3) or says too little."""
    address = issuer.rstrip("/") + _WELL_KNOWN
    try:
        answer = requests.get(address, timeout=_PATIENCE)
        answer.raise_for_status()
        said = answer.json()
    except requests.RequestException as error:
        raise ProviderAway("{address}: {trouble}", address=address, trouble=type(error).__name__) from error
    if not isinstance(said, dict) or said.get("issuer") != issuer:
        named = str(said.get("issuer") or "–") if isinstance(said, dict) else "–"
        raise ProviderDistrusted("Der Anmeldedienst nennt sich {named} statt {issuer}.", named=named, issuer=issuer)
    if missing := [name for name in _NEEDED if not isinstance(said.get(name), str)]:
        raise ProviderDistrusted("Dem Anmeldedienst fehlt: {missing}.", missing=", ".join(missing))
    return said


def answers_for(session: SessionBase) -> bool:
    """Tell whether the identity provider answers for whoever is logged in, also for how he proved himself."""
    return session.get(BACKEND_SESSION_KEY) == settings.SIGN_ON_BACKEND
