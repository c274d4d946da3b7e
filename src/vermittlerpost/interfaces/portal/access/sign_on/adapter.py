"""What allauth asks the house about logins that come from the identity provider."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from requests import RequestException

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies.rules import Identity
from vermittlerpost.interfaces.portal.access.sign_on import pages
from vermittlerpost.interfaces.portal.access.sign_on.provider import PROVIDER, IdentityProvider
from vermittlerpost.interfaces.portal.access.sign_on.tokens import Distrusted
from vermittlerpost.lib.errors import Refused


class SignOn(DefaultSocialAccountAdapter):
    """Let the staff in whom the provider names, and create nobody."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 (allauth's signature)
        """Answer no: accounts are made in the back office."""
        return False

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> IdentityProvider:  # noqa: ARG002 (allauth's signature)
        """Return the one provider, as the environment names it; what the database might say of others counts not."""
        environment = settings.ENVIRONMENT
        app = SocialApp(
            provider="openid_connect",
            provider_id=PROVIDER,
            name=environment.oidc_label,
            client_id=environment.oidc_client_id,
            secret=environment.oidc_client_secret.get_secret_value(),
        )
        return IdentityProvider(request, app=app)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find out whose account it is; whoever has none, or no longer, is told so, and the login ends."""
        said = sociallogin.account.extra_data
        if not constant_time_compare(str(said["nonce"]), sociallogin.state["data"]["nonce"]):
            raise Distrusted("The ID token answers another login.")
        try:
            user = agencies.sign_on(_identity(said))
        except Refused as refusal:
            raise ImmediateHttpResponse(pages.refused(request, refusal.sentence, refusal.code)) from refusal
        user.backend = settings.SIGN_ON_BACKEND
        sociallogin.user = user

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,  # noqa: ARG002 (allauth's signature)
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Say in our words why a login ended."""
        ending = pages.DISTRUSTED
        if error == AuthError.CANCELLED:
            ending = pages.CANCELLED
        elif "state_id" in (extra_context or {}):
            ending = pages.OVER
        elif isinstance(exception, RequestException):
            ending = pages.AWAY
        raise ImmediateHttpResponse(pages.ended(request, ending, exception))


def _identity(said: dict[str, Any]) -> Identity:
    claim = settings.ENVIRONMENT.oidc_login_claim
    login_id = said.get(claim)
    if not isinstance(login_id, str) or not login_id:
        raise Distrusted("The provider does not tell the claim that names the login id.")
    if claim == "email" and said.get("email_verified") is False:
        raise Distrusted("The provider has not verified the address that names the login id.")
    return Identity(issuer=settings.ENVIRONMENT.oidc_issuer, subject=said["sub"], login_id=login_id)
