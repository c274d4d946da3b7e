"""Ask who is who, and who may see what."""

from collections.abc import Collection, Sequence
from typing import TypeAlias

from django.db import connection
from django.db.models import QuerySet

from vermittlerpost.agencies.models import Agency, Carrier, Firm, User
from vermittlerpost.agencies.rules import Contact, Reader

Account: TypeAlias = User
"""What a door calls somebody who is logged in."""

_READERS = """
    SELECT a.number, u.id, u.login_id, u.email, u.is_active, u.technical, 'view_portfolio' = ANY (u.rights),
           u.administrator, u.restricted
    FROM {agencies_and_users}
    WHERE NOT u.restricted OR EXISTS (
        SELECT 1 FROM agencies_user_assigned_agencies s
        WHERE s.user_id = u.id AND s.agency_id = ANY (a.lineage)
    )
    ORDER BY a.number, u.login_id
"""
_READERS_OF_AGENCIES = _READERS.format(
    agencies_and_users="unnest(%s::text[]) asked (number)"
    " JOIN agencies_agency a USING (number) JOIN agencies_user u USING (firm_id)"
)
_READERS_AMONG_PAIRS = _READERS.format(
    agencies_and_users="unnest(%s::text[], %s::bigint[]) asked (number, id)"
    " JOIN agencies_agency a USING (number) JOIN agencies_user u USING (id, firm_id)"
)


def visible_to(user: User) -> QuerySet[Agency]:
    """Return the agencies in a user's scope (Bestandssicht): all of his firm, or the assigned and those below them.

    This is the one place that answers what a user may see (R8). An assignment to another firm's agency counts for
    nothing.
    """
    own = Agency.objects.filter(firm_id=user.firm_id)
    if not user.restricted:
        return own
    assigned = list(user.assigned_agencies.values_list("number", flat=True))
    return own.filter(lineage__overlap=assigned)


def contact_of(user: User) -> Contact | None:
    """Return the personal contact (Maklerbetreuer) of a user: that of the topmost agency that he sees, if any."""
    topmost = visible_to(user).order_by("lineage__len", "number").first()
    if topmost is None:
        return None
    return Contact(name=topmost.contact_name, email=topmost.contact_email, phone=topmost.contact_phone)


def readers_of(agencies: Collection[str]) -> list[Reader]:
    """Return all users in whose scope the agencies lie, by agency and login id, also those who may not be mailed."""
    return _readers(_READERS_OF_AGENCIES, list(set(agencies)))


def still_readers(pairs: Collection[tuple[str, int]]) -> dict[tuple[str, int], Reader]:
    """Return those of the (agency, user) pairs that hold at this moment."""
    asked = set(pairs)
    readers = _readers(_READERS_AMONG_PAIRS, [agency for agency, _ in asked], [user for _, user in asked])
    return {(reader.agency, reader.user): reader for reader in readers}


def _readers(statement: str, *asked: Sequence[object]) -> list[Reader]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return [_reader(*row) for row in cursor.fetchall()]


def _reader(agency: str, user: int, login_id: str, address: str, *answers: bool) -> Reader:
    active, technical, may_view, administrator, restricted = answers
    return Reader(
        agency=agency,
        user=user,
        login_id=login_id,
        address=address.lower(),
        active=active,
        technical=technical,
        may_view=may_view,
        administrator=administrator,
        restricted=restricted,
    )


def user(login_id: str) -> User:
    """Return the user with a login id; refuses an unknown one with DoesNotExist."""
    return User.objects.select_related("firm").get(login_id=login_id)


def known_carriers() -> dict[str, Carrier]:
    """Return all carriers by code."""
    return Carrier.objects.in_bulk()


def known_agencies(numbers: Collection[str]) -> dict[str, Agency]:
    """Return those of the agencies that exist, by number."""
    return Agency.objects.in_bulk(list(numbers))


def known_firms(ids: Collection[str]) -> dict[str, Firm]:
    """Return those of the firms that exist, by id."""
    return Firm.objects.in_bulk(list(ids))


def users_by_login(login_ids: Collection[str]) -> dict[str, User]:
    """Return those of the users that exist, by login id."""
    return User.objects.in_bulk(list(login_ids), field_name="login_id")


def logins_of(users: Collection[int]) -> dict[int, str]:
    """Return the login ids of users."""
    return dict(User.objects.filter(id__in=users).values_list("id", "login_id"))


def logins_with(address: str) -> list[str]:
    """Return the login ids of the users who are written to at an address, whatever its case."""
    return list(User.objects.filter(email__iexact=address).order_by("login_id").values_list("login_id", flat=True))


def lands_of(numbers: Collection[str]) -> dict[str, str]:
    """Return the Bundesland of those of the agencies that exist."""
    return dict(Agency.objects.filter(number__any_of=numbers).values_list("number", "state"))
