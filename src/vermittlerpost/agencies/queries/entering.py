"""Ask who may come in: by login id, by a ticket from a mail, or by the secret in a calendar's address."""

import hashlib
from datetime import timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from vermittlerpost.agencies.models import AddressChange, User
from vermittlerpost.agencies.queries.staff import may_work
from vermittlerpost.agencies.rules import Right
from vermittlerpost.lib import clock, tickets

INVITATION = tickets.Purpose(code="invitation", holds=timedelta(days=14))
PASSWORD_RESET = tickets.Purpose(code="password_reset", holds=timedelta(minutes=60))
ADDRESS_CHANGE = tickets.Purpose(code="address_change", holds=timedelta(hours=24))


def may_enter(user: User) -> bool:
    """Tell whether somebody may be in the portal: who is active, no program, and not of the insurer's staff."""
    return user.is_active and not user.technical and not user.roles


def may_log_in(user: User) -> bool:
    """Tell whether somebody may log in, and stay: to the portal or to the back office, never to both."""
    return may_enter(user) or may_work(user)


def visitor(user: int) -> User | None:
    """Return a user with his firm, or None if he may not be logged in (any more)."""
    found = User.objects.select_related("firm").filter(id=user).first()
    return found if found and may_log_in(found) else None


def meant_by(typed: str) -> User | None:
    """Return the user with his firm whose login id somebody typed: just so, or the only one that differs in case."""
    users = User.objects.select_related("firm")
    exactly = users.filter(login_id=typed).first()
    if exactly:
        return exactly
    alike = list(users.filter(login_id__iexact=typed)[:2])
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
