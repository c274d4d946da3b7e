"""Personen: who works in the back office, and as what."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.interfaces.backoffice.masters.forms import Colleague, Roles
from vermittlerpost.interfaces.backoffice.pages import Visit, done_by, filled_in_by, has_role, read_by
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.tickets import Ticket
from vermittlerpost.notifications import actions as notifications

_KEEPERS = (StaffRole.ADMINISTRATOR,)
_OPERATOR = "Innendienst"


@read_by(*_KEEPERS)
def overview(request: Visit) -> HttpResponseBase:
    """List everybody who works here, and who did."""
    rows = [
        {"person": person, "roles": ", ".join(StaffRole(role).words for role in person.roles)}
        for person in queries.staff()
    ]
    context = {"rows": rows, "may_change": has_role(request.user, _KEEPERS)}
    return render(request, "backoffice/masters/staff.html", context)


@filled_in_by(*_KEEPERS)
def create(request: Visit) -> HttpResponseBase:
    """Create an account and invite its holder by mail, unless he comes from the identity provider only."""
    form = Colleague(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            _let_in(form, by=request.user.login_id)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            next_step = "kann sich anmelden" if _must_sign_on() else "die Einladung ist unterwegs"
            messages.success(request, f"{form.cleaned_data['name']} ist angelegt; {next_step}.")
            return redirect("staff")
    return render(request, "backoffice/masters/staff_new.html", {"form": form, "must_sign_on": _must_sign_on()})


@transaction.atomic
def _let_in(form: Colleague, *, by: str) -> None:
    asked = form.cleaned_data
    colleague = agencies.Colleague(
        login_id=asked["login_id"], name=asked["name"], email=asked["email"], roles=form.chosen()
    )
    if _must_sign_on():
        agencies.enrol_staff(colleague, by=by)
    else:
        _send(asked["login_id"], agencies.create_staff(colleague, by=by), by=by)


@filled_in_by(*_KEEPERS)
def person(request: Visit, login_id: str) -> HttpResponseBase:
    """Change somebody's roles."""
    found = _person(login_id)
    form = Roles(request.POST or None, initial={"roles": found.roles})
    if form.is_bound and form.is_valid():
        try:
            agencies.change_roles(login_id, form.chosen(), by=request.user.login_id)
        except Refused as refusal:
            form.add_error("roles", refusal.sentence)
        else:
            messages.success(request, f"Die Rollen von {found.name} gelten ab dem nächsten Klick.")
            return redirect("staff")
    may_invite = found.is_active and not found.has_usable_password() and not _must_sign_on()
    context = {"person": found, "form": form, "may_invite": may_invite}
    return render(request, "backoffice/masters/staff_person.html", context)


@done_by(*_KEEPERS)
@transaction.atomic
def invite(request: Visit, login_id: str) -> HttpResponseBase:
    """Invite somebody again who has chosen no password yet; the earlier invitation stays good as well."""
    _person(login_id)
    _send(login_id, agencies.invite_staff(login_id, by=request.user.login_id), by=request.user.login_id)
    messages.success(request, "Die Einladung ist noch einmal unterwegs.")
    return redirect("staff_person", login_id=login_id)


@done_by(*_KEEPERS)
def deactivate(request: Visit, login_id: str) -> HttpResponseBase:
    """Let somebody log in no more."""
    found = _person(login_id)
    agencies.deactivate_staff(login_id, by=request.user.login_id)
    messages.success(request, f"{found.name} kann sich nicht mehr anmelden; eine offene Sitzung ist zu Ende.")
    return redirect("staff")


@done_by(*_KEEPERS)
def reactivate(request: Visit, login_id: str) -> HttpResponseBase:
    """Let somebody who had left log in again."""
    found = _person(login_id)
    agencies.reactivate_staff(login_id, by=request.user.login_id)
    messages.success(request, f"{found.name} kann sich wieder anmelden, mit denselben Rollen wie zuvor.")
    return redirect("staff_person", login_id=login_id)


@done_by(*_KEEPERS)
def untie(request: Visit, login_id: str) -> HttpResponseBase:
    """Let somebody come from the identity provider as another one than before."""
    found = _person(login_id)
    agencies.untie_staff(login_id, by=request.user.login_id)
    messages.success(request, f"Die nächste Anmeldung mit dem Firmenkonto verknüpft {found.login_id} neu.")
    return redirect("staff_person", login_id=login_id)


def _must_sign_on() -> bool:
    return bool(settings.ENVIRONMENT.staff_must_sign_on)


def _person(login_id: str) -> Any:
    found = queries.staff().filter(login_id=login_id).first()
    if found is None:
        raise Http404
    return found


def _send(login_id: str, ticket: Ticket, *, by: str) -> None:
    until = ticket.valid_until.astimezone(clock.GERMANY)
    content = {
        "firm": _OPERATOR,
        "login_id": login_id,
        "link": reverse("invitation", args=[ticket.text]),
        "valid_until": f"{until:%d.%m.%Y, %H:%M} Uhr",
    }
    notifications.send_message("invitation", user=queries.user(login_id).id, content=content, by=by)
