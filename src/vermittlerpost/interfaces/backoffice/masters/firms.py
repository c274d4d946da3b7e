"""Firmen: find, create and change them and their agencies, and appoint their administrators."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.intake.actions import masters
from vermittlerpost.intake.formats.agencies import FORMAT as AGENCY
from vermittlerpost.intake.formats.firms import FORMAT as FIRM
from vermittlerpost.interfaces.backoffice.forms import filled
from vermittlerpost.interfaces.backoffice.masters.forms import Administrator
from vermittlerpost.interfaces.backoffice.masters.rows import RowForm
from vermittlerpost.interfaces.backoffice.pages import Visit, done_by, filled_in_by, has_role, read_by
from vermittlerpost.lib import clock
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
    context["may_change"] = has_role(request.user, _KEEPERS)
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
        "may_move": has_role(request.user, _READERS),
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
def create(request: Visit) -> HttpResponseBase:
    """Create a firm."""
    form = RowForm(FIRM, request.POST or None, initial={"self_service": "no"})
    if form.is_bound and form.is_valid() and queries.known_firms([form.cleaned_data["id"]]):
        form.add_error("id", "Diese Kennung ist schon vergeben.")
    return _edit_firm(request, form)


@filled_in_by(*_KEEPERS)
def edit(request: Visit, firm: str) -> HttpResponseBase:
    """Change a firm's own data."""
    form = RowForm(FIRM, request.POST or None, stored=vars(_firm(firm)), fixed={"id"})
    return _edit_firm(request, form, firm)


def _edit_firm(request: Visit, form: RowForm, firm: str = "") -> HttpResponseBase:
    if form.is_bound and form.is_valid() and form.row:
        (verdict,) = masters.put_firms([form.row], by=request.user.login_id)  # type: ignore[list-item]  # as read
        if form.takes(verdict):
            messages.success(request, "Die Firma ist gespeichert.")
            return redirect("firm", firm=form.cleaned_data["id"])
    return render(request, "backoffice/masters/row.html", {"form": form, "firm": firm, "title": "Firma"})


@filled_in_by(*_KEEPERS)
def open_agency(request: Visit, firm: str) -> HttpResponseBase:
    """Create an agency of a firm."""
    _firm(firm)
    form = RowForm(AGENCY, request.POST or None, initial={"firm": firm}, fixed={"firm"})
    if form.is_bound and form.is_valid() and queries.known_agencies([form.cleaned_data["number"]]):
        form.add_error("number", "Diese Agenturnummer ist schon vergeben.")
    return _edit_agency(request, form, firm)


@filled_in_by(*_KEEPERS)
def agency(request: Visit, number: str) -> HttpResponseBase:
    """Change an agency: whose it is, address, contact, and from when until when it is served electronically."""
    found = queries.known_agencies([number]).get(number)
    if found is None:
        raise Http404
    form = RowForm(AGENCY, request.POST or None, stored=vars(queries.row_of(found)), fixed={"number"})
    return _edit_agency(request, form, found.firm_id)


def _edit_agency(request: Visit, form: RowForm, firm: str) -> HttpResponseBase:
    if form.is_bound and form.is_valid() and form.row:
        (verdict,) = masters.put_agencies([form.row], by=request.user.login_id)  # type: ignore[list-item]  # as read
        if form.takes(verdict):
            messages.success(request, "Die Agentur ist gespeichert; es gilt ab dem nächsten Schreiben.")
            return redirect("firm", firm=form.cleaned_data["firm"])
    return render(request, "backoffice/masters/row.html", {"form": form, "firm": firm, "title": "Agentur"})


def _firm(firm: str) -> Any:
    found = queries.known_firms([firm]).get(firm)
    if found is None:
        raise Http404
    return found
