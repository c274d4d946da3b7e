"""Ask who may see what, and whom something is meant for."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from vermittlerpost.agencies.models import Agency, User
from vermittlerpost.agencies.rules import Audience, Contact, Reader, Right

_READERS = """
    SELECT a.number, u.id, u.login_id, u.email, u.is_active, u.technical, %(right)s = ANY (u.rights),
           u.administrator, u.restricted
    FROM {agencies_and_users}
    WHERE NOT u.restricted OR EXISTS (
        SELECT 1 FROM agencies_user_assigned_agencies s
        WHERE s.user_id = u.id AND s.agency_id = ANY (a.lineage)
    )
    ORDER BY a.number, u.login_id
"""
_READERS_OF_AGENCIES = _READERS.format(
    agencies_and_users="unnest(%(numbers)s::text[]) asked (number)"
    " JOIN agencies_agency a USING (number) JOIN agencies_user u USING (firm_id)"
)
_READERS_AMONG_PAIRS = _READERS.format(
    agencies_and_users="unnest(%(numbers)s::text[], %(users)s::bigint[]) asked (number, id)"
    " JOIN agencies_agency a USING (number) JOIN agencies_user u USING (id, firm_id)"
)

_READERS_IN_AUDIENCE = """
    SELECT DISTINCT ON (u.login_id) a.number, u.id, u.login_id, u.email, u.is_active, u.technical,
           %(right)s = ANY (u.rights), u.administrator, u.restricted
    FROM agencies_user u JOIN agencies_agency a USING (firm_id)
    WHERE (NOT u.restricted OR EXISTS (
        SELECT 1 FROM agencies_user_assigned_agencies s
        WHERE s.user_id = u.id AND s.agency_id = ANY (a.lineage)
    )) AND (%(audience)s = 'all' OR %(audience)s = 'administrators' AND u.administrator
        OR %(audience)s = 'electronic' AND EXISTS (
            SELECT 1 FROM agencies_agency e
            WHERE e.firm_id = u.firm_id AND e.electronic_from <= %(on)s
                AND coalesce(e.electronic_until >= %(on)s, true)
        )
    )
    ORDER BY u.login_id, cardinality(a.lineage), a.number
"""


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


def readers_of(agencies: Collection[str], *, right: Right = Right.VIEW_PORTFOLIO) -> list[Reader]:
    """Return all users in whose scope the agencies lie, by agency and login id, also those who may not be mailed.

    Whether they may view what they would be told of is a matter of the `right` to it.
    """
    return _readers(_READERS_OF_AGENCIES, {"numbers": list(set(agencies)), "right": right.value})


def still_readers(
    pairs: Collection[tuple[str, int]], *, right: Right = Right.VIEW_PORTFOLIO
) -> dict[tuple[str, int], Reader]:
    """Return those of the (agency, user) pairs that hold at this moment, and whether each has a right."""
    asked = set(pairs)
    parameters = {
        "numbers": [agency for agency, _ in asked],
        "users": [user for _, user in asked],
        "right": right.value,
    }
    readers = _readers(_READERS_AMONG_PAIRS, parameters)
    return {(reader.agency, reader.user): reader for reader in readers}


def readers_in(audience: Audience, on: date, *, right: Right = Right.VIEW_PORTFOLIO) -> list[Reader]:
    """Return the users whom something is meant for on a day, by login id; of the agencies that each sees, the topmost.

    Who sees no agency at all is nobody's reader.
    """
    return _readers(_READERS_IN_AUDIENCE, {"audience": audience.value, "on": on, "right": right.value})


def audiences_of(user: User, on: date) -> set[Audience]:
    """Return the audiences that a user belongs to on a day; an agency's first and last electronic day are included."""
    of_firm = Agency.objects.filter(firm_id=user.firm_id, electronic_from__lte=on)
    is_electronic = of_firm.filter(Q(electronic_until=None) | Q(electronic_until__gte=on)).exists()
    belongs = {Audience.ALL: True, Audience.ELECTRONIC: is_electronic, Audience.ADMINISTRATORS: user.administrator}
    return {audience for audience, holds in belongs.items() if holds}


def _readers(statement: str, asked: Mapping[str, Any]) -> list[Reader]:
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
