"""Let the insurer's staff in: they belong to a firm without agencies, so that no letter is ever theirs to see."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from vermittlerpost.agencies import events, queries
from vermittlerpost.agencies.actions.access import invitation_of
from vermittlerpost.agencies.actions.administration import RowRefused
from vermittlerpost.agencies.actions.users import put_users
from vermittlerpost.agencies.models import Firm, User
from vermittlerpost.agencies.rules import STAFF_FIRM, Right, StaffRole, UserRow
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.lib.tickets import Ticket
from vermittlerpost.lib.verdicts import Objection

_FIRM_NAME = "Innendienst"


class NoStaff(Refused):
    """There is nobody of the staff with this login id."""

    code = "no_staff"


class StaffLoginTaken(Refused):
    """There is a user with this login id already."""

    code = "staff_login_taken"


class NoRole(Refused):
    """Nobody works in the back office without a role."""

    code = "no_role"


class LastAdministrator(Refused):
    """Somebody must be left who can let others in."""

    code = "last_staff_administrator"


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody who is to work in the back office."""

    login_id: str
    name: str
    email: str
    roles: frozenset[StaffRole]


@transaction.atomic
def create_staff(colleague: Colleague, *, by: str) -> Ticket:
    """Create an account and return the ticket with which its holder chooses a password; refuses as `enrol_staff`."""
    return invitation_of(enrol_staff(colleague, by=by), by=by)


@transaction.atomic
def enrol_staff(colleague: Colleague, *, by: str) -> User:
    """Create an account whose holder comes from the identity provider and needs no password.

    Refuses a login id that is taken, and somebody without roles.
    """
    take_turns("masters")
    if not colleague.roles:
        raise NoRole("Ohne Rolle kann niemand im Innendienst arbeiten.")
    if queries.meant_by(colleague.login_id):
        raise StaffLoginTaken("Diese Benutzerkennung ist schon vergeben.", login_id=colleague.login_id)
    Firm.objects.get_or_create(id=STAFF_FIRM, defaults={"name": _FIRM_NAME})
    user = User(
        login_id=colleague.login_id,
        firm_id=STAFF_FIRM,
        name=colleague.name,
        email=colleague.email,
        roles=sorted(colleague.roles),
    )
    user.set_unusable_password()
    user.save()
    _record(events.STAFF_CREATED, user, by=by, roles=_words(user.roles))
    return user


@transaction.atomic
def invite_staff(login_id: str, *, by: str) -> Ticket:
    """Return a new ticket for somebody who has not chosen a password yet; refuses others."""
    return invitation_of(_staff(login_id), by=by)


@transaction.atomic
def change_roles(login_id: str, roles: Collection[StaffRole], *, by: str) -> None:
    """Give somebody of the staff other roles, which hold from his next click on.

    Refuses to take his last role away, and the last administrator.
    """
    take_turns("masters")
    user = _staff(login_id)
    after = sorted(set(roles))
    if not after:
        raise NoRole("Ohne Rolle kann niemand im Innendienst arbeiten; deaktivieren Sie das Konto stattdessen.")
    if StaffRole.ADMINISTRATOR not in after:
        _keep_an_administrator(user)
    if after != user.roles:
        User.objects.filter(id=user.id).update(roles=after, version=F("version") + 1)
        _record(events.ROLES_CHANGED, user, by=by, before=_words(user.roles), after=_words(after))


@transaction.atomic
def deactivate_staff(login_id: str, *, by: str) -> None:
    """Let somebody of the staff log in no more; whoever has left already has left. Refuses the last administrator."""
    take_turns("masters")
    user = _staff(login_id)
    _keep_an_administrator(user)
    if user.is_active:
        User.objects.filter(id=user.id).update(is_active=False, version=F("version") + 1)
        _record(events.STAFF_DEACTIVATED, user, by=by)


@transaction.atomic
def reactivate_staff(login_id: str, *, by: str) -> None:
    """Let somebody of the staff who had left log in again, in the roles that he had; who is there stays."""
    take_turns("masters")
    user = _staff(login_id)
    if not user.is_active:
        User.objects.filter(id=user.id).update(is_active=True, version=F("version") + 1)
        _record(events.STAFF_REACTIVATED, user, by=by, roles=_words(user.roles))


@transaction.atomic
def untie_staff(login_id: str, *, by: str) -> None:
    """Forget who somebody of the staff is at the identity provider: his next login there ties the account anew."""
    user = _staff(login_id)
    if user.identity:
        User.objects.filter(id=user.id).update(identity="", version=F("version") + 1)
        _record(events.IDENTITY_UNTIED, user, by=by)


@dataclass(frozen=True, kw_only=True)
class Administrator:
    """Somebody whom the insurer makes an administrator of an intermediary's firm."""

    firm: str
    name: str
    email: str


@transaction.atomic
def appoint_administrator(person: Administrator, *, by: str) -> tuple[str, Ticket]:
    """Create an administrator who sees the whole firm; return his login id and the ticket of his invitation.

    Refuses an unknown firm.
    """
    login_id = queries.unused_login_id()
    row = UserRow(
        login_id=login_id,
        firm=person.firm,
        name=person.name,
        email=person.email,
        administrator=True,
        technical=False,
        rights=tuple(Right),
        assigned_agencies=(),
        active=True,
    )
    (verdict,) = put_users([row], by=by)
    if isinstance(verdict, Objection):
        raise RowRefused(verdict.template, column=verdict.column, **verdict.facts)
    return login_id, invitation_of(User.objects.select_for_update().get(login_id=login_id), by=by)


def _staff(login_id: str) -> User:
    user = User.objects.select_for_update().filter(firm=STAFF_FIRM, login_id=login_id).first()
    if user is None:
        raise NoStaff("Im Innendienst gibt es niemanden mit der Kennung {login_id}.", login_id=login_id)
    return user


def _keep_an_administrator(user: User) -> None:
    others = User.objects.filter(firm=STAFF_FIRM, is_active=True, roles__contains=[StaffRole.ADMINISTRATOR])
    if user.is_active and StaffRole.ADMINISTRATOR in user.roles and not others.exclude(id=user.id).exists():
        raise LastAdministrator("{login_id} ist der letzte Administrator im Innendienst.", login_id=user.login_id)


def _words(roles: Collection[str]) -> str:
    return ", ".join(StaffRole(role).words for role in sorted(roles))


def _record(kind: Kind, user: User, *, by: str, **data: str) -> None:
    journal.record([Event(kind=kind, subject=f"user:{user.login_id}", data=data)], by=by)
