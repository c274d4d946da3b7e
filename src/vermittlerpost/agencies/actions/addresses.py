"""Change a user's e-mail address, once it is confirmed at the old and at the new one."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from vermittlerpost.agencies import events, queries
from vermittlerpost.agencies.models import AddressChange, User
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal import queries as history
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.lib import clock, tickets
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.tickets import Ticket

_MOST, _WITHIN = 5, timedelta(hours=1)


class SameAddress(Refused):
    """An address cannot be changed into itself."""

    code = "same_address"


class TooOften(Refused):
    """Somebody asks for one address after the other, each of which is mailed."""

    code = "too_often"


@dataclass(frozen=True, kw_only=True)
class AddressTickets:
    """What confirms a new address: at itself, and at the old one if there is one."""

    new: Ticket
    old: Ticket | None


@transaction.atomic
def ask_for_address(user: User, address: str, *, by: str) -> AddressTickets:
    """Ask for another address, which overtakes what was asked before.

    Refuses the one that holds already, and more than five within an hour, since strangers would be mailed.
    """
    asked = history.about(f"user:{user.login_id}").filter(kind=events.ADDRESS_CHANGE_ASKED.code)
    if asked.filter(at__gt=clock.now() - _WITHIN).count() >= _MOST:
        raise TooOften("Sie haben Ihre Adresse mehrmals geändert. Bitte versuchen Sie es in einer Stunde wieder.")
    if address.lower() == user.email.lower():
        raise SameAddress("Das ist schon Ihre E-Mail-Adresse.")
    change, _ = AddressChange.objects.update_or_create(
        user=user,
        defaults={
            "address": address,
            "asked_at": clock.now(),
            "old_confirmed_at": None,
            "new_confirmed_at": None,
        },
    )
    _record(events.ADDRESS_CHANGE_ASKED, user, by=by)
    return AddressTickets(new=_ticket(change, "new"), old=_ticket(change, "old") if user.email else None)


def _ticket(change: AddressChange, side: str) -> Ticket:
    content = {"user": change.user_id, "state": queries.address_change_state(change), "side": side}
    return tickets.issue(queries.ADDRESS_CHANGE, content)


@transaction.atomic
def confirm_address(ticket: str) -> bool:
    """Confirm a new address at one side, and tell whether it holds now; confirming twice changes nothing."""
    change = _locked(ticket)
    side = tickets.read(queries.ADDRESS_CHANGE, ticket)["side"]
    field = "old_confirmed_at" if side == "old" else "new_confirmed_at"
    if getattr(change, field) is None:
        setattr(change, field, clock.now())
        change.save(update_fields=[field])
    if change.new_confirmed_at is None or (change.user.email and change.old_confirmed_at is None):
        return False
    _take_effect(change)
    return True


def _locked(ticket: str) -> AddressChange:
    change = queries.address_change_by(ticket)
    AddressChange.objects.select_for_update().filter(user=change.user_id).first()
    return queries.address_change_by(ticket)


def _take_effect(change: AddressChange) -> None:
    user = change.user
    User.objects.filter(id=user.id).update(email=change.address, version=F("version") + 1)
    change.delete()
    _record(events.ADDRESS_CHANGED, user, by=user.login_id)


@transaction.atomic
def withdraw_address(user: User, *, by: str) -> None:
    """Forget the change of address that a user asked for; nothing happens if there is none."""
    removed, _ = AddressChange.objects.filter(user=user).delete()
    if removed:
        _record(events.ADDRESS_CHANGE_WITHDRAWN, user, by=by)


def _record(kind: Kind, user: User, *, by: str) -> None:
    journal.record([Event(kind=kind, subject=f"user:{user.login_id}")], by=by)
