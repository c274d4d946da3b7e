"""The conversation with the identity provider: what allauth asks it, and what of its answers is believed."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.crypto import get_random_string

from vermittlerpost.interfaces.portal.access.sign_on.tokens import Distrusted, verified
from vermittlerpost.lib import openid

PROVIDER = "sign_on"
"""What allauth calls the one provider that there is."""

_NONCE_LENGTH = 32
_CONFIGURATION_HOLDS = 600  # seconds; whoever begins many logins does not make us ask as often


class Conversation(OpenIDConnectOAuth2Adapter):
    """Ask the provider who somebody is; what it says counts only with its signature."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return where the provider is asked for what."""
        issuer = settings.ENVIRONMENT.oidc_issuer
        said: dict[str, Any] | None = cache.get(f"openid:{issuer}")
        if said is None:
            said = openid.configuration_of(issuer)
            cache.set(f"openid:{issuer}", said, timeout=_CONFIGURATION_HOLDS)
        return said

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:  # noqa: ARG002 (allauth's signature)
        """Return the one address that the provider knows of us, by whichever name somebody came."""
        return f"{settings.ENVIRONMENT.base_url.rstrip('/')}{reverse('sign_on_return')}"

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """Take the access token; nothing of it is kept."""
        return SocialToken(token=str(data["access_token"]))

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> SocialLogin:  # noqa: ARG002 (allauth's signature)
        """Return somebody as the provider says who he is; nothing of that is stored with allauth."""
        signed = verified(
            str(kwargs["response"].get("id_token")),
            self._asked(self.openid_config["jwks_uri"]),
            issuer=settings.ENVIRONMENT.oidc_issuer,
            audience=app.client_id,
        )
        said = {**self._told_besides(signed, token), **signed}
        account = SocialAccount(provider=PROVIDER, uid=said["sub"], extra_data=said)
        return SocialLogin(account=account, provider=self.get_provider())

    def _told_besides(self, signed: dict[str, Any], token: SocialToken) -> dict[str, Any]:
        # Some providers keep their tokens short and tell the rest on request (OpenID Connect Core 1.0, 5.3).
        address = self.openid_config.get("userinfo_endpoint")
        if settings.ENVIRONMENT.oidc_login_claim in signed or not address:
            return {}
        told = self._asked(address, {"Authorization": f"Bearer {token.token}"})
        if told.get("sub") != signed["sub"]:
            raise Distrusted("The provider told of somebody else.")
        return told

    def _asked(self, address: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(address, headers=headers)
        answer.raise_for_status()
        said = answer.json()
        if not isinstance(said, dict):
            raise Distrusted("The provider answered with something else than was asked for.")
        return said


class IdentityProvider(OpenIDConnectProvider):
    """Send somebody to the provider with what was agreed, whatever the address says with which he begins."""

    oauth2_adapter_class = Conversation
    pkce_enabled_default = True

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Return where he wants to go on; allauth would take scopes, parameters and a purpose as well."""
        return {"process": AuthProcess.LOGIN, "next_url": get_next_redirect_url(request)}

    def redirect(self, request: HttpRequest, process: str, next_url: str | None = None, **_: Any) -> HttpResponseBase:
        """Send him with a nonce that his browser's session remembers."""
        nonce = get_random_string(_NONCE_LENGTH)
        response: HttpResponseBase = super().redirect(
            request, process, next_url, {"nonce": nonce}, auth_params={"nonce": nonce}
        )
        return response
