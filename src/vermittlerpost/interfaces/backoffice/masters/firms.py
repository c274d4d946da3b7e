"""Firmen: find one, see its agencies and users, appoint its first administrator, say from when letters come how."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.interfaces.backoffice.forms import Incomplete, filled
from vermittlerpost.interfaces.backoffice.masters.forms import Administrator, Office
from vermittlerpost.interfaces.backoffice.pages import Visit, done_by, filled_in_by, has_role, read_by
from vermittlerpost.lib import clock
from vermittlerpost.lib.verdicts import Objection
from vermittlerpost.notifications import actions as notifications

_KEEPERS = (StaffRole.ADMINISTRATOR,)
_READERS = (StaffRole.ADMINISTRATOR, StaffRole.CASE_WORKER)
_SHOWN = 50


@read_by(*_READERS)
def overview(request: Visit) -> HttpResponseBase:
    """Find firms by their name or number, or by that of an agency or user."""
    text = request.GET.get("firma", "").replace("\0", "").strip()[:100]
    found = list(queries.firms_like(text)[: _SHOWN + 1])
    context = {"text": text, "firms": found[:_SHOWN], "has_more": len(found) > _SHOWN}
    return render(request, "backoffice/masters/firms.html", context)


@read_by(*_READERS)
def firm(request: Visit, firm: str) -> HttpResponseBase:
    """Show a firm with its agencies and users."""
    found = _firm(firm)
    context = {
        "firm": found,
        "agencies": queries.agencies_of(firm),
        "users": queries.users_of(firm),
        "has_administrator": queries.administrators_of(firm).exists(),
        "may_change": has_role(request.user, _KEEPERS),
        "form": Administrator(),
    }
    return render(request, "backoffice/masters/firm.html", context)


@done_by(*_KEEPERS)
@transaction.atomic
def appoint(request: Visit, firm: str) -> HttpResponseBase:
    """Create an administrator of a firm and invite him by mail."""
    found, asked = _firm(firm), filled(Administrator, request)
    colleague = agencies.Administrator(firm=firm, name=asked["name"], email=asked["email"])
    login_id, ticket = agencies.appoint_administrator(colleague, by=request.user.login_id)
    until = ticket.valid_until.astimezone(clock.GERMANY)
    content = {
        "firm": found.name,
        "login_id": login_id,
        "link": reverse("invitation", args=[ticket.text]),
        "valid_until": f"{until:%d.%m.%Y, %H:%M} Uhr",
    }
    invited = queries.user(login_id)
    notifications.send_message("invitation", user=invited.id, content=content, by=request.user.login_id)
    messages.success(request, f"{asked['name']} ist Administrator ({login_id}); die Einladung ist unterwegs.")
    return redirect("firm", firm=firm)


@filled_in_by(*_KEEPERS)
def agency(request: Visit, number: str) -> HttpResponseBase:
    """Change an agency's address, contact, and from when until when it is served electronically."""
    found = queries.known_agencies([number]).get(number)
    if found is None:
        raise Http404
    form = Office(request.POST or None, initial=vars(found))
    if form.is_bound and form.is_valid():
        row = replace(queries.row_of(found), **form.cleaned_data)
        (verdict,) = agencies.put_agencies([row], by=request.user.login_id)
        if isinstance(verdict, Objection):
            raise Incomplete(verdict.rule)
        messages.success(request, f"Die Agentur {number} ist gespeichert; es gilt ab dem nächsten Schreiben.")
        return redirect("firm", firm=found.firm_id)
    return render(request, "backoffice/masters/agency.html", {"agency": found, "form": form})


def _firm(firm: str) -> Any:
    found = queries.known_firms([firm]).get(firm)
    if found is None:
        raise Http404
    return found
