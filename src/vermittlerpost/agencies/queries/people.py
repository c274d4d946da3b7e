"""Ask who is who."""

import secrets
from collections.abc import Collection
from dataclasses import fields
from datetime import date
from typing import TypeAlias

from django.db.models import Exists, OuterRef, Q, QuerySet

from vermittlerpost.agencies.models import Agency, Carrier, Firm, User
from vermittlerpost.agencies.rules import LOGIN_CHARACTERS, LOGIN_PREFIX, STAFF_FIRM, AgencyRow

Account: TypeAlias = User
"""What a door calls somebody who is logged in."""


def user(login_id: str) -> User:
    """Return the user with a login id; refuses an unknown one with DoesNotExist."""
    return User.objects.select_related("firm").get(login_id=login_id)


def known_carriers() -> dict[str, Carrier]:
    """Return all carriers by code."""
    return Carrier.objects.in_bulk()


def known_agencies(numbers: Collection[str]) -> dict[str, Agency]:
    """Return those of the agencies that exist, by number."""
    return Agency.objects.in_bulk(list(numbers))


def parent_of(number: str) -> str:
    """Return the agency above another one (its Stammagentur), or nothing if there is none."""
    return Agency.objects.filter(number=number).values_list("parent", flat=True).first() or ""


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


def electronic_firms(on: date, *, after: str = "") -> QuerySet[Firm]:
    """Return the firms behind another one, by id, that have an agency which is served electronically on a day."""
    ended = Q(electronic_until__lt=on)
    served = Agency.objects.filter(~ended, firm=OuterRef("id"), electronic_from__lte=on)
    return Firm.objects.filter(Exists(served), id__gt=after).order_by("id")


def firms_like(text: str) -> QuerySet[Firm]:
    """Return the firms that a name or number means: its own, or that of an agency or user; all for no text."""
    firms = Firm.objects.exclude(id=STAFF_FIRM).order_by("name", "id")
    if not text:
        return firms
    of_agency = Agency.objects.filter(number=text).values("firm")
    of_user = User.objects.filter(login_id__iexact=text).values("firm")
    return firms.filter(Q(name__icontains=text) | Q(id__iexact=text) | Q(id__in=of_agency) | Q(id__in=of_user))


def row_of(agency: Agency) -> AgencyRow:
    """Return an agency as its master data would say it."""
    same = {
        field.name: getattr(agency, field.name) for field in fields(AgencyRow) if field.name not in {"parent", "firm"}
    }
    return AgencyRow(**same, parent=agency.parent_id or "", firm=agency.firm_id)


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
