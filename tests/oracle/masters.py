"""Read carriers, firms, agencies, users, preferences and eVBs; later rows replace earlier ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .files import Refused, Row, good_rows


@dataclass(frozen=True)
class Agency:
    number: str
    parent: str | None
    firm: str
    land: str
    electronic_from: date | None
    electronic_until: date | None

    def channel_on(self, day: date) -> str:
        """Electronic from the first to the last day of the opt-in, both included; otherwise by post."""
        begun = self.electronic_from is not None and self.electronic_from <= day
        ended = self.electronic_until is not None and self.electronic_until < day
        return "electronic" if begun and not ended else "post"


@dataclass(frozen=True)
class User:
    login_id: str
    firm: str
    email: str | None
    administrator: bool
    technical: bool
    rights: tuple[str, ...]
    assigned: tuple[str, ...]
    active: bool


@dataclass(frozen=True)
class Evb:
    number: str
    agency: str
    policyholder: str
    valid_until: date | None
    permanent: bool


@dataclass(frozen=True)
class Masters:
    agencies: Mapping[str, Agency]
    users: Mapping[str, User]
    preferences: Mapping[tuple[str, str], bool]
    evbs: Mapping[str, Evb]


def load(world: Path, refused: Refused) -> Masters:
    """Read the master files in the order in which they build upon one another."""
    carriers = {row["code"] for row in good_rows(world, "carriers", refused)}
    firms = {row["id"] for row in good_rows(world, "firms", refused)}
    agencies = _agencies(good_rows(world, "agencies", refused), firms, refused)
    users = _users(good_rows(world, "users", refused), firms, agencies, refused)
    preferences = _preferences(good_rows(world, "preferences", refused), users, refused)
    evbs = _evbs(good_rows(world, "evb", refused), carriers, refused)
    return Masters(agencies, users, preferences, evbs)


def _agencies(rows: list[Row], firms: set[str], refused: Refused) -> dict[str, Agency]:
    """Refuse unknown firms, unknown parents, parents of another firm and circles, in any order of rows.

    A refused parent is an unknown parent for those below it: so look again until nothing more is refused.
    """
    kept = rows
    while True:
        latest = {row["number"]: row for row in kept}
        wrong = {id(row): column for row in kept if (column := _wrong_agency(row, firms, latest))}
        for row in kept:
            if id(row) in wrong:
                refused.note(row, wrong[id(row)])
        if not wrong:
            return {number: _agency(row) for number, row in latest.items()}
        kept = [row for row in kept if id(row) not in wrong]


def _wrong_agency(row: Row, firms: set[str], latest: Mapping[str, Row]) -> str | None:
    if row["firm"] not in firms:
        return "firm"
    if not row["parent"]:
        return None
    parent = latest.get(row["parent"])
    if not parent or parent["firm"] != row["firm"] or _stands_above_itself(row, latest):
        return "parent"
    return None


def _stands_above_itself(row: Row, latest: Mapping[str, Row]) -> bool:
    seen: set[str] = set()
    above = row["parent"]
    while above in latest and above not in seen:
        seen.add(above)
        above = latest[above]["parent"]
    return row["number"] in seen


def _agency(row: Row) -> Agency:
    return Agency(
        row["number"],
        row["parent"],
        row["firm"],
        row["state"],
        row["electronic_from"],
        row["electronic_until"],
    )


def _users(rows: list[Row], firms: set[str], agencies: Mapping[str, Agency], refused: Refused) -> dict[str, User]:
    """Refuse a user of an unknown firm, or with an assigned agency that is unknown or of another firm."""
    users = {}
    for row in rows:
        own = {number for number, agency in agencies.items() if agency.firm == row["firm"]}
        if row["firm"] not in firms:
            refused.note(row, "firm")
        elif not own.issuperset(row["assigned_agencies"]):
            refused.note(row, "assigned_agencies")
        else:
            users[row["login_id"]] = _user(row)
    return users


def _user(row: Row) -> User:
    return User(
        login_id=row["login_id"],
        firm=row["firm"],
        email=row["email"],
        administrator=row["administrator"],
        technical=row["technical"],
        rights=row["rights"],
        assigned=row["assigned_agencies"],
        active=row["active"],
    )


def _preferences(rows: list[Row], users: Mapping[str, User], refused: Refused) -> dict[tuple[str, str], bool]:
    preferences = {}
    for row in rows:
        if row["login_id"] not in users:
            refused.note(row, "login_id")
        else:
            preferences[row["login_id"], row["category"]] = row["choice"]
    return preferences


def _evbs(rows: list[Row], carriers: set[str], refused: Refused) -> dict[str, Evb]:
    """Refuse an eVB of an unknown carrier; one of an unknown agency is kept, its notices are clarified."""
    evbs = {}
    for row in rows:
        if row["carrier"] not in carriers:
            refused.note(row, "carrier")
        else:
            evbs[row["number"]] = Evb(
                number=row["number"],
                agency=row["agency"],
                policyholder=row["policyholder_name"],
                valid_until=row["valid_until"],
                permanent=row["kind"] == "permanent",
            )
    return evbs
