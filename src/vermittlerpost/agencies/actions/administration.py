"""Change users as an administrator of their firm does: one at a time, before another one's eyes."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from vermittlerpost.agencies import events, queries
from vermittlerpost.agencies.actions.users import put_users, replace_users, stored_users
from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.rules import UserRow
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.lib.verdicts import Objection


class NotYourUser(Refused):
    """Whoever asks is no active administrator of the user's firm, or there is no such user: both look the same."""

    code = "not_your_user"


class ChangedMeanwhile(Refused):
    """Somebody else changed the user since he was looked at."""

    code = "changed_meanwhile"


class LastAdministrator(Refused):
    """The firm would be left without anybody who may change its users."""

    code = "last_administrator"


class OwnAccess(Refused):
    """What an administrator may not do to himself."""

    code = "own_access"


class RowRefused(Refused):
    """What a user is to become breaks a rule; the fact `column` names what is to blame."""

    code = "row_refused"


class LoginTaken(Refused):
    """There is a user with this login id already."""

    code = "login_taken"


@transaction.atomic
def create_user(row: UserRow, *, by: str) -> None:
    """Create a user of the administrator's own firm; refuses a login id that is taken."""
    take_turns("masters")
    if row.firm != _administrator(by).firm_id:
        raise _not_yours(row.login_id)
    if queries.users_by_login([row.login_id]):
        raise LoginTaken("Diese Benutzerkennung ist schon vergeben.", login_id=row.login_id)
    _put(row, by=by)


@transaction.atomic
def change_user(row: UserRow, *, version: int, by: str) -> None:
    """Replace a user's data; `version` is that of the user as he was looked at.

    Refuses another firm's user, one who was changed meanwhile, to leave the firm without an active administrator,
    and to restrict one's own view: who assigned his agencies away could not see what he did.
    """
    take_turns("masters")
    user = _user(row.login_id, version=version, by=by)
    if row.firm != user.firm_id:
        raise _not_yours(row.login_id)
    if row.login_id == by and set(row.assigned_agencies) != _assigned(user):
        raise OwnAccess("Ihre eigene Bestandssicht kann nur ein anderer Administrator Ihrer Firma ändern.")
    _put(row, by=by)
    _keep_an_administrator(user.firm_id)


@transaction.atomic
def deactivate_user(login_id: str, *, version: int, by: str) -> None:
    """Let a user neither log in nor be mailed any more; he keeps rights, scope and choices for a return."""
    _switch(login_id, {"is_active": False}, version=version, by=by)


@transaction.atomic
def reactivate_user(login_id: str, *, version: int, by: str) -> None:
    """Let a user who had left log in and be mailed again."""
    _switch(login_id, {"is_active": True}, version=version, by=by)


@transaction.atomic
def reset_second_factor(login_id: str, *, by: str) -> None:
    """Forget a user's second factors, so that he sets up a new one; one's own is changed in one's profile."""
    user = _own_user(login_id, by=by)
    if login_id == by:
        raise OwnAccess("Ihren eigenen zweiten Faktor ändern Sie unter „Services“ » „Mein Profil“.")
    count, _ = Authenticator.objects.filter(user=user).delete()
    if count:
        journal.record([Event(kind=events.SECOND_FACTOR_RESET, subject=f"user:{login_id}")], by=by)


def _switch(login_id: str, change: dict[str, bool], *, version: int, by: str) -> None:
    take_turns("masters")
    user = _user(login_id, version=version, by=by)
    # Whatever else stands, also what no row could say any more, such as an agency that was sold.
    stored = stored_users([login_id])
    replace_users(stored, [{**stored[login_id], **change}], by=by)
    _keep_an_administrator(user.firm_id)


def _put(row: UserRow, *, by: str) -> None:
    verdict = put_users([row], by=by)[0]
    if isinstance(verdict, Objection):
        raise RowRefused(verdict.template, column=verdict.column, **verdict.facts)


def _user(login_id: str, *, version: int, by: str) -> User:
    user = _own_user(login_id, by=by)
    if user.version != version:
        raise ChangedMeanwhile(
            "Dieser Benutzer wurde inzwischen von jemand anderem geändert. Es wurde nichts gespeichert.",
            login_id=login_id,
        )
    return user


def _own_user(login_id: str, *, by: str) -> User:
    user = queries.users_of(_administrator(by).firm_id).filter(login_id=login_id).first()
    if user is None:
        raise _not_yours(login_id)
    return user


def _administrator(login_id: str) -> User:
    # Asked again here: since the page was opened, somebody may have taken the right away.
    administrator = queries.administrator(login_id)
    if administrator is None:
        raise NotYourUser("Das kann nur ein Administrator der Firma.", login_id=login_id)
    return administrator


def _assigned(user: User) -> set[str]:
    return {agency.number for agency in user.assigned_agencies.all()}


def _not_yours(login_id: str) -> NotYourUser:
    return NotYourUser("In Ihrer Firma gibt es keinen Benutzer mit dieser Kennung.", login_id=login_id)


def _keep_an_administrator(firm: str) -> None:
    if not queries.administrators_of(firm).exists():
        raise LastAdministrator(
            "Ihre Firma hätte dann keinen aktiven Administrator mehr. Machen Sie zuerst jemand anderen dazu."
        )
