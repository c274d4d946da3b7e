"""Set up and remove second factors; each change is journalled in its own transaction."""

from typing import Any

from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView, GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext, gettext_noop

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.interfaces.portal import enforcement
from vermittlerpost.interfaces.portal.homes import home_of
from vermittlerpost.interfaces.portal.pages import Visit, before_second_factor

_APP = gettext_noop("Authenticator-App")
_PASSKEY = gettext_noop("Passkey")


class Overview(IndexView):
    """Show a user's second factors."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether he must have one."""
        lacks = enforcement.lacks_second_factor(self.request.user, self.request.session)
        return {**super().get_context_data(**kwargs), "is_duty": lacks}


class _Adding:
    """Journal that a second factor is added, in the transaction that adds it."""

    request: Visit
    factor: str

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        user = self.request.user
        agencies.note_second_factor_added(user, factor=self.factor, by=user.login_id)
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # of allauth's view
        return response


class _Removing:
    """Journal that a second factor is removed, in the transaction that removes it."""

    request: Visit
    factor: str

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        user = self.request.user
        agencies.note_second_factor_removed(user, factor=self.factor, by=user.login_id)
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # of allauth's view
        return response


class AddApp(_Adding, ActivateTOTPView):
    """Set up an authenticator app."""

    factor = _APP


class RemoveApp(_Removing, DeactivateTOTPView):
    """Remove the authenticator app."""

    factor = _APP


class AddPasskey(_Adding, AddWebAuthnView):
    """Set up a passkey."""

    factor = _PASSKEY


class RemovePasskey(_Removing, RemoveWebAuthnView):
    """Remove a passkey."""

    factor = _PASSKEY


class UsePasskeyAgain(ReauthenticateWebAuthnView):
    """Prove who one is by a passkey, once more."""

    def form_invalid(self, form: Any) -> HttpResponse:  # noqa: ARG002 (allauth's signature)
        """Let him try again here, where allauth would send him to the login."""
        messages.error(self.request, gettext("Der Passkey wurde nicht erkannt. Versuchen Sie es noch einmal."))
        return redirect(self.request.get_full_path())


class RenamePasskey(EditWebAuthnView):
    """Give a passkey another name."""

    success_url = reverse_lazy("mfa_index")


class RenewCodes(GenerateRecoveryCodesView):
    """Make new recovery codes; the old ones hold no longer."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Make them."""
        user = self.request.user
        agencies.note_recovery_codes_renewed(user, by=user.login_id)
        response: HttpResponse = super().form_valid(form)
        return response


class DownloadCodes(DownloadRecoveryCodesView):
    """Hand out the recovery codes as a file."""

    def render_to_response(self, context: Any, **kwargs: Any) -> HttpResponse:
        """Name the file as the portal names them."""
        response: HttpResponse = super().render_to_response(context, **kwargs)
        response.headers["Content-Disposition"] = 'attachment; filename="notfallcodes.txt"'
        return response


@before_second_factor()
def required(request: Visit) -> HttpResponseBase:
    """Say that a second factor comes first, and why; who has one goes on."""
    if not enforcement.lacks_second_factor(request.user, request.session):
        return redirect(home_of(request.user))
    return render(request, "portal/access/required.html", {"by_firm": request.user.firm.second_factor})
