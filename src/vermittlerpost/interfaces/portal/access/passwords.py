"""Passwords: change one's own, replace a forgotten one, choose the first one."""

from contextlib import suppress
from hashlib import sha256

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies.queries import INVITATION, PASSWORD_RESET, holder_of
from vermittlerpost.interfaces.portal.access import forms, sending
from vermittlerpost.interfaces.portal.homes import profile_of
from vermittlerpost.interfaces.portal.pages import Visit, for_accounts, for_everybody
from vermittlerpost.lib import lockout
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.tickets import Purpose, TicketGone

_PATIENCE = 60  # seconds until the next mail to the same user; who asks more often has one on its way


@sensitive_post_parameters()
@for_accounts("GET", "POST")
def change(request: Visit) -> HttpResponseBase:
    """Change one's own password; all other sessions end."""
    form = forms.OtherPassword(request.POST or None, user=request.user)
    if not form.is_valid():
        return render(request, "portal/access/password_change.html", {"form": form})
    agencies.change_password(request.user, form.cleaned_data["password1"], by=request.user.login_id)
    update_session_auth_hash(request, request.user)
    messages.success(request, gettext("Ihr Kennwort ist geändert. Alle anderen Sitzungen sind beendet."))
    return redirect(profile_of(request.user))


@for_everybody("GET", "POST")
def forgotten(request: HttpRequest) -> HttpResponseBase:
    """Offer a new password by mail; the answer tells nobody whether there is such a user."""
    form = forms.Forgotten(request.POST or None)
    if not form.is_valid():
        return render(request, "portal/access/forgotten.html", {"form": form})
    login_id, address = form.cleaned_data["login"], form.cleaned_data["email"]
    asked = sha256(f"{login_id.lower()} {address.lower()}".encode()).hexdigest()
    if cache.add(f"forgotten:{asked}", "asked", timeout=_PATIENCE):
        with suppress(Refused):  # who cannot be written to is told the same as everybody
            sending.offer_new_password(login_id, address)
    return redirect("password_forgotten_sent")


@for_everybody()
def forgotten_sent(request: HttpRequest) -> HttpResponseBase:
    """Say what happens now, in either case."""
    return render(request, "portal/access/forgotten_sent.html")


@sensitive_post_parameters()
@for_everybody("GET", "POST")
def reset(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """Replace a forgotten password."""
    return _set(request, PASSWORD_RESET, ticket)


@sensitive_post_parameters()
@for_everybody("GET", "POST")
def invitation(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """Choose the first password."""
    return _set(request, INVITATION, ticket)


def _set(request: HttpRequest, purpose: Purpose, ticket: str) -> HttpResponseBase:
    try:
        holder = holder_of(purpose, ticket)
        form = forms.NewPassword(request.POST or None, user=holder)
        if not form.is_valid():
            facts = {"form": form, "holder": holder, "is_first": purpose == INVITATION}
            return render(request, "portal/access/password_set.html", facts)
        agencies.set_password(purpose, ticket, form.cleaned_data["password1"])
    except TicketGone:
        return gone(request)
    lockout.unlock(holder.login_id)
    messages.success(request, gettext("Ihr Kennwort ist festgelegt. Sie können sich jetzt anmelden."))
    return redirect("account_login")


def gone(request: HttpRequest) -> HttpResponseBase:
    """Say that a link holds no longer, whatever the reason, and what helps."""
    return render(request, "portal/access/gone.html", status=410)
