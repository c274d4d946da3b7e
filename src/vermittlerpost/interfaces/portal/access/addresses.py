"""The e-mail address: asked for in the profile, confirmed at the old and at the new one."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.interfaces.portal.access import forms, sending
from vermittlerpost.interfaces.portal.access.passwords import gone
from vermittlerpost.interfaces.portal.pages import Visit, for_accounts, for_everybody
from vermittlerpost.interfaces.portal.refusals import said
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.tickets import TicketGone


@for_accounts("GET", "POST")
def ask(request: Visit) -> HttpResponseBase:
    """Show the address, and ask for another one; whoever has another's open screen before him cannot."""
    raise_if_reauthentication_required(request, app="allauth.account")
    form = forms.NewAddress(request.POST or None)
    if form.is_valid():
        try:
            sending.ask_for_address(request.user, form.cleaned_data["email"])
            return redirect("address_change")
        except Refused as refusal:
            form.add_error("email", said(refusal))
    pending = queries.address_change_of(request.user)
    return render(request, "portal/access/address.html", {"form": form, "pending": pending})


@for_accounts("POST")
def withdraw(request: Visit) -> HttpResponseBase:
    """Keep the address after all."""
    agencies.withdraw_address(request.user, by=request.user.login_id)
    messages.success(request, gettext("Es bleibt bei Ihrer bisherigen Adresse."))
    return redirect("address_change")


@for_everybody("GET", "POST")
def confirm(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """Show what is to be confirmed; a press of the button confirms it, the mere opening of a link never does."""
    try:
        change = queries.address_change_by(ticket)
        if request.method != "POST":
            return render(request, "portal/access/address_confirm.html", {"change": change})
        holds = agencies.confirm_address(ticket)
    except TicketGone:
        return gone(request)
    return render(request, "portal/access/address_confirmed.html", {"change": change, "holds": holds})
