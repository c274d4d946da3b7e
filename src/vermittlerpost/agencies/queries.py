"""Ask who is who, and who may see what."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, timedelta
from typing import TypeAlias

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from vermittlerpost.agencies.models import AddressChange, Agency, Carrier, Firm, User
from vermittlerpost.agencies.rules import LOGIN_CHARACTERS, LOGIN_PREFIX, Audience, Contact, Reader, Right
from vermittlerpost.lib import clock, tickets

Account: TypeAlias = User
"""What a door calls somebody who is logged in."""

INVITATION = tickets.Purpose(code="invitation", holds=timedelta(days=14))
PASSWORD_RESET = tickets.Purpose(code="password_reset", holds=timedelta(minutes=60))
ADDRESS_CHANGE = tickets.Purpose(code="address_change", holds=timedelta(hours=24))

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

_READERS_IN_AUDIENCE = """
    SELECT DISTINCT ON (u.login_id) a.number, u.id, u.login_id, u.email, u.is_active, u.technical,
           'view_portfolio' = ANY (u.rights), u.administrator, u.restricted
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


def readers_of(agencies: Collection[str]) -> list[Reader]:
    """Return all users in whose scope the agencies lie, by agency and login id, also those who may not be mailed."""
    return _readers(_READERS_OF_AGENCIES, list(set(agencies)))


def still_readers(pairs: Collection[tuple[str, int]]) -> dict[tuple[str, int], Reader]:
    """Return those of the (agency, user) pairs that hold at this moment."""
    asked = set(pairs)
    readers = _readers(_READERS_AMONG_PAIRS, [agency for agency, _ in asked], [user for _, user in asked])
    return {(reader.agency, reader.user): reader for reader in readers}


def readers_in(audience: Audience, on: date) -> list[Reader]:
    """Return the users whom something is meant for on a day, by login id; of the agencies that each sees, the topmost.

    Who sees no agency at all is nobody's reader.
    """
    with connection.cursor() as cursor:
        cursor.execute(_READERS_IN_AUDIENCE, {"audience": audience.value, "on": on})
        return [_reader(*row) for row in cursor.fetchall()]


def audiences_of(user: User, on: date) -> set[Audience]:
    """Return the audiences that a user belongs to on a day; an agency's first and last electronic day are included."""
    of_firm = Agency.objects.filter(firm_id=user.firm_id, electronic_from__lte=on)
    is_electronic = of_firm.filter(Q(electronic_until=None) | Q(electronic_until__gte=on)).exists()
    belongs = {Audience.ALL: True, Audience.ELECTRONIC: is_electronic, Audience.ADMINISTRATORS: user.administrator}
    return {audience for audience, holds in belongs.items() if holds}


def _readers(statement: str, *asked: list[str] | list[int]) -> list[Reader]:
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


def users_of(firm: str) -> QuerySet[User]:
    """Return the users of a firm by name."""
    return User.objects.filter(firm=firm).order_by("name", "login_id")


def agencies_of(firm: str) -> QuerySet[Agency]:
    """Return the agencies of a firm by number."""
    return Agency.objects.filter(firm=firm).order_by("number")


def administrators_of(firm: str) -> QuerySet[User]:
    """Return the people of a firm who may change its users, by name."""
    return _administrators().filter(firm=firm).order_by("name", "login_id")


def administrator(login_id: str) -> User | None:
    """Return the user with a login id if he may change his firm's users at this moment."""
    return _administrators().filter(login_id=login_id).first()


def _administrators() -> QuerySet[User]:
    return User.objects.filter(administrator=True, is_active=True, technical=False)


def unused_login_id() -> str:
    """Return a login id for a new user: five characters by chance, none of which is mistaken for another."""
    while True:
        login_id = LOGIN_PREFIX + "".join(secrets.choice(LOGIN_CHARACTERS) for _ in range(5))
        if not User.objects.filter(login_id=login_id).exists():
            return login_id


def may_enter(user: User) -> bool:
    """Tell whether somebody may log in to the portal, and stay: who is active, and no program."""
    return user.is_active and not user.technical


def visitor(user: int) -> User | None:
    """Return a user with his firm, or None if he may not be in the portal (any more)."""
    found = User.objects.select_related("firm").filter(id=user).first()
    return found if found and may_enter(found) else None


def meant_by(typed: str) -> User | None:
    """Return the user whose login id somebody typed: just so, or the only one that differs in case."""
    exactly = User.objects.filter(login_id=typed).first()
    if exactly:
        return exactly
    alike = list(User.objects.filter(login_id__iexact=typed)[:2])
    return alike[0] if len(alike) == 1 else None


def holder_of(purpose: tickets.Purpose, ticket: str) -> User:
    """Return whose password a ticket sets; refuses one that has been used, or that the user has outlived."""
    content = tickets.read(purpose, ticket)
    user = visitor(content["user"])
    if user is None or not constant_time_compare(content["state"], password_state(user)):
        raise tickets.gone()
    return user


def password_state(user: User) -> str:
    """Return what changes with a user's password or address, and tells neither."""
    return salted_hmac("vermittlerpost.password_state", f"{user.password} {user.email}").hexdigest()


def address_change_of(user: User) -> AddressChange | None:
    """Return the change of address that a user asked for, if it can still be confirmed."""
    return AddressChange.objects.filter(user=user, asked_at__gt=clock.now() - ADDRESS_CHANGE.holds).first()


def address_change_by(ticket: str) -> AddressChange:
    """Return the change of address that a ticket confirms; refuses one that is over, overtaken or withdrawn."""
    content = tickets.read(ADDRESS_CHANGE, ticket)
    user = visitor(content["user"])
    change = AddressChange.objects.select_related("user__firm").filter(user=user).first() if user else None
    if change is None or not constant_time_compare(content["state"], address_change_state(change)):
        raise tickets.gone()
    return change


def address_change_state(change: AddressChange) -> str:
    """Return what is another once a user asks again, or has another address or password."""
    return salted_hmac("vermittlerpost.address_change", f"{change.asked_at} {password_state(change.user)}").hexdigest()


def reader_of_calendar(key: str) -> User | None:
    """Return the user whose calendar a secret opens, or None if it was revoked or he may not see letters."""
    found = User.objects.select_related("firm").filter(calendar_key=calendar_hash(key)).first() if key else None
    return found if found and may_enter(found) and Right.VIEW_PORTFOLIO in found.rights else None


def calendar_hash(key: str) -> str:
    """Return what is kept of the secret in a calendar's address: long and random, so that a plain hash will do."""
    return hashlib.sha256(key.encode()).hexdigest()
