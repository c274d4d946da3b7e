"""What allauth asks the house."""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, gettext_lazy

from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.portal.access.backend import must_sign_on
from vermittlerpost.interfaces.portal.homes import home_of
from vermittlerpost.lib import clock

_STAGES = {"allauth.mfa.stages.AuthenticateStage": "vermittlerpost.interfaces.portal.access.stages.SecondFactor"}
_WRONG_CODE = gettext_lazy("Der Code stimmt nicht. Jeder Code gilt nur kurz und nur einmal; nehmen Sie den nächsten.")

_SAID = {
    "account/messages/logged_out.txt": gettext_lazy("Sie sind abgemeldet."),
    "mfa/messages/totp_activated.txt": gettext_lazy("Die Authenticator-App ist eingerichtet."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("Die Authenticator-App ist entfernt."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("Der Passkey ist eingerichtet."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("Der Passkey ist entfernt."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy(
        "Ihre Notfallcodes sind erzeugt. Bitte bewahren Sie sie auf, am besten auf Papier."
    ),
}
_WAYS = {
    "reauthenticate": gettext_lazy("Mit dem Kennwort"),
    "mfa_reauthenticate": gettext_lazy("Mit einem Code"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Mit einem Passkey"),
}


class Adapter(DefaultAccountAdapter):
    """Keep allauth to what the portal offers, in the portal's words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy("Benutzerkennung und Kennwort passen nicht zusammen."),
        "incorrect_password": gettext_lazy("Das Kennwort stimmt nicht."),
        "incorrect_code": _WRONG_CODE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        """Answer no: users are invited by their administrator."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return whose login id and password these are; axes counts the failures, in the database."""
        return authenticate(request, **credentials)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody begins who came for no page in particular."""
        return reverse(home_of(request.user)) if isinstance(request.user, Account) else reverse("home")

    def get_login_stages(self) -> list[str]:
        """Return what stands between a login and being in."""
        return [_STAGES.get(stage, stage) for stage in super().get_login_stages()]

    def is_safe_url(self, url: str) -> bool:
        """Tell whether one may be sent on to an address: only within the portal itself."""
        here = context.request.get_host()
        return url_has_allowed_host_and_scheme(url, allowed_hosts={here}, require_https=context.request.is_secure())

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again before second factors change, but not of who has only just logged in.

        Nor of whom passwords are of no use to: what he changes here lets nobody in.
        """
        if must_sign_on(context.request.user):
            return False
        records = get_authentication_records(context.request, context.request.user)
        age = clock.now().timestamp() - records[-1]["at"] if records else -1.0
        if 0 <= age < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways to prove who one is, in our words."""
        return [{**way, "description": _WAYS[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *_: Any, **__: Any
    ) -> None:
        """Say what has happened in our words; of what has none, say nothing."""
        if message_template in _SAID:
            messages.add_message(request, level, str(_SAID[message_template]))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to nobody: mails are the business of the notifications."""


class SecondFactors(DefaultMFAAdapter):
    """Name users and keys as the portal does."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": _WRONG_CODE}

    def get_totp_label(self, user: Account) -> str:
        """Return what an authenticator app calls an account."""
        return user.login_id

    def generate_authenticator_name(self, user: Account, type: Any) -> str:  # noqa: A002, ARG002 (allauth's signature)
        """Return the name of a passkey that nobody named."""
        return gettext("Passkey vom %(day)s") % {"day": f"{clock.today():%d.%m.%Y}"}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return whom a passkey is for."""
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """Return whose passkey it is, as the browser shows it."""
        return {**super().get_public_key_credential_user_entity(user), "name": user.login_id, "display_name": user.name}
