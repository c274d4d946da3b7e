"""Let people in: invitations, passwords and second factors."""

from django.db import transaction

from vermittlerpost.agencies import events, queries
from vermittlerpost.agencies.models import User
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.lib import clock, tickets
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.tickets import Purpose, Ticket

_SET_BY = {queries.INVITATION: events.PASSWORD_SET, queries.PASSWORD_RESET: events.PASSWORD_RESET}


class NobodyToInvite(Refused):
    """Only an active person who has an address and no password yet can be invited."""

    code = "nobody_to_invite"


@transaction.atomic
def invite(login_id: str, *, by: str) -> Ticket:
    """Let a new user choose his password; refuses who is inactive, a program, without address, or in already."""
    user = User.objects.select_for_update().get(login_id=login_id)
    if not user.email:
        raise NobodyToInvite("Für eine Einladung fehlt die E-Mail-Adresse.")
    return invitation_of(user, by=by)


def invitation_of(user: User, *, by: str) -> Ticket:
    """Return the ticket of a locked user's invitation; refuses who is inactive, a program, or in already."""
    if not queries.may_log_in(user):
        raise NobodyToInvite("Eingeladen werden nur aktive Benutzer, keine technischen.")
    if user.has_usable_password():
        raise NobodyToInvite("Der Benutzer hat schon ein Kennwort; hat er es vergessen, fordert er ein neues an.")
    user.invited_at = clock.now()
    user.save(update_fields=["invited_at"])
    _record(events.USER_INVITED, user, by=by)
    return _password_ticket(queries.INVITATION, user)


def offer_new_password(login_id: str, address: str) -> tuple[User, Ticket] | None:
    """Return who forgot his password, with the ticket for a new one; None unless login id and address belong together.

    Who may not log in is offered none.
    """
    user = queries.meant_by(login_id)
    if user is None or not queries.may_log_in(user) or not user.email or user.email.lower() != address.lower():
        return None
    return user, _password_ticket(queries.PASSWORD_RESET, user)


def _password_ticket(purpose: Purpose, user: User) -> Ticket:
    return tickets.issue(purpose, {"user": user.id, "state": queries.password_state(user)})


@transaction.atomic
def set_password(purpose: Purpose, ticket: str, password: str) -> User:
    """Set the password of a ticket's holder, which uses the ticket up and ends all of his sessions."""
    User.objects.select_for_update().filter(id=queries.holder_of(purpose, ticket).id).get()
    user = queries.holder_of(purpose, ticket)  # again, behind the lock: a ticket is good for one
    _set(user, password)
    _record(_SET_BY[purpose], user, by=user.login_id)
    return user


@transaction.atomic
def change_password(user: User, password: str, *, by: str) -> None:
    """Set another password, which ends all of the user's sessions but those that are told of it."""
    _set(user, password)
    _record(events.PASSWORD_CHANGED, user, by=by)


def _set(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])


def note_second_factor_added(user: User, *, factor: str, by: str) -> None:
    """Record, within the caller's transaction, that a second factor was set up."""
    _record(events.SECOND_FACTOR_ADDED, user, by=by, factor=factor)


def note_second_factor_removed(user: User, *, factor: str, by: str) -> None:
    """Record, within the caller's transaction, that a second factor was removed."""
    _record(events.SECOND_FACTOR_REMOVED, user, by=by, factor=factor)


def note_recovery_codes_renewed(user: User, *, by: str) -> None:
    """Record, within the caller's transaction, that the old recovery codes hold no longer."""
    _record(events.RECOVERY_CODES_RENEWED, user, by=by)


def _record(kind: Kind, user: User, *, by: str, **data: str) -> None:
    journal.record([Event(kind=kind, subject=f"user:{user.login_id}", data=data)], by=by)
