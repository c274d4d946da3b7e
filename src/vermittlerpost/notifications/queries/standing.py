"""Ask how a firm stands: what each user is mailed about, who is mailed about each agency, and where nobody is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.rules import Reader, is_electronic
from vermittlerpost.lib import clock
from vermittlerpost.notifications import models
from vermittlerpost.notifications.categories import CATEGORIES, LETTER_PROVIDED, Role, right_to
from vermittlerpost.notifications.queries.grounds import Ground, ground_of
from vermittlerpost.notifications.queries.mails import suppressed
from vermittlerpost.notifications.queries.wishes import chosen, wish_of
from vermittlerpost.notifications.rules import Preference, Reason, Wish, effective, obstacle, reached

# Letters ask somebody to act; of all else a firm may well decide that nobody is mailed about it.
WATCHED = tuple(code for code, category in CATEGORIES.items() if category.event == LETTER_PROVIDED)
ORDER = (*WATCHED, *(code for code in CATEGORIES if code not in WATCHED))
"""All categories as they are shown: what asks somebody to act comes first."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What holds for one user and category: the wish, its origin, and what keeps mails from him all the same.

    `ground` says why the preset is what it is. `since` and `by` are those of the explicit choice that holds; if it is a
    limited one, `later` is the one that holds afterwards, None for the preset.
    """

    category: str
    preference: Preference
    preset: bool
    ground: Ground
    wish: Wish | None
    later: bool | None
    since: datetime | None
    by: str
    obstacle: Reason | None

    @property
    def choice(self) -> bool | None:
        """Return what is explicitly chosen and holds, None for the preset."""
        return self.wish.wanted if self.wish else None

    @property
    def until(self) -> date | None:
        """Return the last day of what is chosen, None if it has none."""
        return self.wish.until if self.wish else None


@dataclass(frozen=True, kw_only=True)
class Member:
    """A user of the firm, the agencies that he sees, and his settings by category.

    Who is `undeliverable` has an address that is not written to.
    """

    id: int
    login_id: str
    name: str
    active: bool
    technical: bool
    administrator: bool
    restricted: bool
    undeliverable: bool
    agencies: frozenset[str]
    settings: Mapping[str, Setting]


@dataclass(frozen=True, kw_only=True)
class Office:
    """An agency of the firm; who is not served electronically gets letters by post, and no mails about them."""

    number: str
    name: str
    is_electronic: bool


@dataclass(frozen=True, kw_only=True, order=True)
class Gap:
    """„Niemand liest mit“: nobody is mailed about the letters of a category to an agency (B2)."""

    agency: str
    name: str
    category: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A firm at this moment: its users by login id, its agencies by number, and who is told about what.

    `told` holds login ids by agency and category: of those who share an address the first.
    """

    members: Mapping[str, Member]
    offices: Mapping[str, Office]
    told: Mapping[tuple[str, str], tuple[str, ...]]
    gaps: tuple[Gap, ...]


def coverage(firm: str) -> tuple[Gap, ...]:
    """Return where nobody is mailed: agencies that are served electronically today, by category of letters (B2)."""
    return standing(firm).gaps


def standing(firm: str) -> Standing:
    """Return how a firm stands, asked in five statements however large it is."""
    users = list(agencies.users_of(firm))
    offices = _offices(firm)
    readers = agencies.readers_of(list(offices))
    members = _members(users, readers, _bounced(users))
    told = _told(readers, members, list(offices))
    gaps = [
        Gap(agency=number, name=offices[number].name, category=category)
        for (number, category), logins in told.items()
        if category in WATCHED and offices[number].is_electronic and not logins
    ]
    return Standing(members=members, offices=offices, told=told, gaps=tuple(sorted(gaps)))


def settings_of(user: User) -> Mapping[str, Setting]:
    """Return what holds for one user, by category."""
    return _settings([user], _bounced([user]))[user.id]


def _bounced(users: Sequence[User]) -> set[str]:
    return suppressed([user.email.lower() for user in users])


def _offices(firm: str) -> dict[str, Office]:
    today = clock.today()
    return {
        agency.number: Office(
            number=agency.number,
            name=agency.name,
            is_electronic=is_electronic(agency.electronic_from, agency.electronic_until, today),
        )
        for agency in agencies.agencies_of(firm)
    }


def _members(users: Sequence[User], readers: Sequence[Reader], bounced: set[str]) -> dict[str, Member]:
    seen: dict[int, set[str]] = defaultdict(set)
    for reader in readers:
        seen[reader.user].add(reader.agency)
    settings = _settings(users, bounced)
    return {
        user.login_id: Member(
            id=user.id,
            login_id=user.login_id,
            name=user.name,
            active=user.is_active,
            technical=user.technical,
            administrator=user.administrator,
            restricted=user.restricted,
            undeliverable=user.email.lower() in bounced,
            agencies=frozenset(seen[user.id]),
            settings=settings[user.id],
        )
        for user in users
    }


def _settings(users: Sequence[User], bounced: set[str]) -> dict[int, dict[str, Setting]]:
    rows = chosen([user.id for user in users])
    return {
        user.id: {code: _setting(user, code, rows.get((user.id, code), []), bounced) for code in ORDER}
        for user in users
    }


def _setting(user: User, category: str, rows: Sequence[models.Preference], bounced: set[str]) -> Setting:
    role = Role(administrator=user.administrator, restricted=user.restricted)
    preset = CATEGORIES[category].role_default(role)
    holding = rows[-1] if rows else None
    wish = wish_of(holding) if holding else None
    preference = effective(wish, default=preset)
    reader = _as_reader(user, category)
    deliverable = bool(reader.address) and reader.address not in bounced
    return Setting(
        category=category,
        preference=preference,
        preset=preset,
        ground=ground_of(CATEGORIES[category], role),
        wish=wish,
        later=rows[0].choice if len(rows) > 1 else None,
        since=holding.chosen_at if holding else None,
        by=holding.chosen_by if holding else "",
        obstacle=obstacle(reader, preference, deliverable=deliverable),
    )


def _as_reader(user: User, category: str) -> Reader:
    """Return a user as the reader of any agency: what keeps mails of a category from him is the same for all."""
    return Reader(
        agency="",
        user=user.id,
        login_id=user.login_id,
        address=user.email.lower(),
        active=user.is_active,
        technical=user.technical,
        may_view=right_to(category) in user.rights,
        administrator=user.administrator,
        restricted=user.restricted,
    )


def _told(
    readers: Sequence[Reader], members: Mapping[str, Member], numbers: Sequence[str]
) -> dict[tuple[str, str], tuple[str, ...]]:
    of_agency: dict[str, list[Reader]] = defaultdict(list)
    for reader in readers:
        of_agency[reader.agency].append(reader)
    return {
        (number, code): tuple(reached(of_agency[number], willing))
        for code in CATEGORIES
        for willing in [{login for login, member in members.items() if member.settings[code].obstacle is None}]
        for number in numbers
    }
