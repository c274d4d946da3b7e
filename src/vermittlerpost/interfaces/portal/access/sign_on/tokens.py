"""Whether an ID token is what it seems to be."""

from collections.abc import Mapping
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

_ALGORITHMS = [f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512)] + ["EdDSA"]
"""Signatures that need a private key: what is signed with a shared secret proves less."""

_NEEDED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
_SLACK = 60
"""Seconds that the provider's clock may differ from ours."""


class Distrusted(OAuth2Error):
    """What the provider said cannot be believed; allauth ends the login at that."""


def verified(token: str, keys: Mapping[str, Any], *, issuer: str, audience: str) -> dict[str, Any]:
    """Return what an ID token says (OpenID Connect Core 1.0, 3.1.3.7).

    Refuses one that this provider did not sign with one of its present keys, or not for us, or that is over. Whether
    its nonce is ours is for the caller to ask.
    """
    try:
        said: dict[str, Any] = jwt.decode(
            token,
            _key_of(token, keys),
            algorithms=_ALGORITHMS,
            issuer=issuer,
            audience=audience,
            leeway=_SLACK,
            options={"require": _NEEDED},
        )
    except jwt.PyJWTError as error:
        raise Distrusted(f"The ID token does not hold: {type(error).__name__}.") from error
    if not said["sub"] or said.get("azp", audience) != audience:
        raise Distrusted("The ID token is for somebody else.")
    return said


def _key_of(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    name = jwt.get_unverified_header(token).get("kid")
    known = jwt.PyJWKSet.from_dict(dict(keys)).keys
    named = [key for key in known if key.key_id == name] if name else known
    if len(named) != 1:
        raise Distrusted("The ID token names no key of the provider.")
    return named[0]
