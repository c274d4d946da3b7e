"""Which entries of the mailbox somebody may see, and who else works them off."""

from collections.abc import Collection

from django.db.models import QuerySet

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.rules import Right
from vermittlerpost.delivery.models import MailboxEntry
from vermittlerpost.lib import bulk

_UNREAD = """
    SELECT count(*) FROM (
        SELECT FROM unnest(%(agencies)s::varchar[]) AS scope (agency) CROSS JOIN LATERAL (
            SELECT FROM delivery_mailboxentry
            WHERE agency_id = scope.agency AND read_at IS NULL AND done_on IS NULL LIMIT %(enough)s
        ) AS of_agency LIMIT %(enough)s
    ) AS unread
"""


def scope_of(user: User) -> list[str]:
    """Return the agencies whose letters a user may see: none without the right to see portfolio data (R8)."""
    if not user.is_active or Right.VIEW_PORTFOLIO not in user.rights:
        return []
    return list(agencies.visible_to(user).values_list("number", flat=True))


def entries_of(user: User) -> QuerySet[MailboxEntry]:
    """Return the entries that a user may see; the same for portal and BiPRO."""
    return MailboxEntry.objects.filter(agency__any_of=scope_of(user))


def entry(user: User, letter: str) -> MailboxEntry | None:
    """Return the entry of a letter with its agency, carrier and assignee; None if it is unknown or not his to see."""
    return entries_of(user).select_related("letter", "agency", "carrier", "assignee").filter(letter=letter).first()


def among(user: User, letters: Collection[str]) -> list[MailboxEntry]:
    """Return the entries of those of the letters that a user may see, newest first; the others are passed over."""
    return list(entries_of(user).filter(letter__any_of=set(letters)).order_by("-provided_at", "-letter"))


def colleagues(agency: str) -> list[User]:
    """Return who may be handed a letter of an agency, by name: people in whose scope it lies and who may see it."""
    logins = [
        reader.login_id
        for reader in agencies.readers_of([agency])
        if reader.active and reader.may_view and not reader.technical
    ]
    return sorted(agencies.users_by_login(logins).values(), key=lambda user: (user.name, user.login_id))


def assigned(user: User, cap: int = 99) -> int:
    """Return how many open letters are in a user's hands; `cap + 1` stands for any number above the cap."""
    return entries_of(user).filter(assignee=user, done_on=None)[: cap + 1].count()


def unread(user: User, cap: int = 99) -> int:
    """Return how many letters nobody has opened yet; `cap + 1` stands for any number above the cap."""
    scope = scope_of(user)
    if not scope:
        return 0
    ((number,),) = bulk.fetch(_UNREAD, {"agencies": bulk.array(scope), "enough": cap + 1})
    return int(number)
