"""Let the insurer's staff in by what its identity provider says of them: never anybody else, never as more."""

from django.db import transaction
from django.db.models import F

from vermittlerpost.agencies import events, queries
from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.rules import Identity
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib.errors import Refused


class NoAccount(Refused):
    """Nobody of the staff has this login id; an intermediary who has it is not let in either."""

    code = "no_account"


class AccountClosed(Refused):
    """The account is there, but its holder is not to log in any more."""

    code = "account_closed"


class TiedToAnother(Refused):
    """The account is tied to another identity at the same provider."""

    code = "tied_to_another"


@transaction.atomic
def sign_on(identity: Identity) -> User:
    """Return the colleague to whom an identity is tied; its first time, tie it to the account of its login id.

    What the provider says decides who somebody is, not what he may do: no account is created, and roles stay as they
    are. Refuses who has no account, whose account is deactivated, and whose login id is tied to somebody else there, as
    when it was given away again. A tie to an earlier provider gives way to one with the present.
    """
    user = _tied_to(identity) or _of_login_id(identity)
    if not queries.may_work(user):
        raise AccountClosed("Das Konto {login_id} ist deaktiviert.", login_id=user.login_id)
    if user.identity != identity.reference:
        User.objects.filter(id=user.id).update(identity=identity.reference, version=F("version") + 1)
        journal.record([Event(kind=events.IDENTITY_TIED, subject=f"user:{user.login_id}")], by=user.login_id)
    return User.objects.select_related("firm").get(id=user.id)


def _tied_to(identity: Identity) -> User | None:
    return queries.staff().filter(identity=identity.reference).first()


def _of_login_id(identity: Identity) -> User:
    alike = list(queries.staff().select_for_update().filter(login_id__iexact=identity.login_id))
    if len(alike) != 1:
        raise NoAccount("Im Innendienst gibt es kein Konto {login_id}.", login_id=identity.login_id)
    if queries.came_from(alike[0], identity.issuer):
        raise TiedToAnother(
            "Das Konto {login_id} ist mit einem anderen Firmenkonto verknüpft.", login_id=identity.login_id
        )
    return alike[0]
