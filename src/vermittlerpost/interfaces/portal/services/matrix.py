"""The table of a firm's users and their switches: which rows, which cells, which page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vermittlerpost.interfaces.portal.services import words
from vermittlerpost.interfaces.portal.services.forms import Filter
from vermittlerpost.interfaces.portal.services.roster import alphabetical
from vermittlerpost.interfaces.portal.services.words import Words
from vermittlerpost.notifications.queries import Member, Standing

ROWS_PER_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Line:
    """A user with his switches in words; technical users have none."""

    member: Member
    role: str
    agencies: int
    cells: tuple[Words, ...]


def matching(standing: Standing, asked: Filter) -> list[Member]:
    """Return the users that a filter lets through, by name."""
    found = [member for member in standing.members.values() if _passes(member, asked)]
    return sorted(found, key=lambda member: (alphabetical(member.name), member.login_id))


def _passes(member: Member, asked: Filter) -> bool:
    return (
        asked.words in f"{member.name} {member.login_id}".casefold()
        and _has_role(member, asked.role)
        and (not asked.agency or asked.agency in member.agencies)
        and _is_in_state(member, asked.state)
        and (not asked.without or member.settings[asked.without].obstacle is not None)
    )


def _has_role(member: Member, role: str) -> bool:
    roles = {
        "": True,
        "technisch": member.technical,
        "administrator": member.administrator and not member.technical,
        "eingeschraenkt": member.restricted and not member.technical,
        "uebrige": not (member.technical or member.administrator or member.restricted),
    }
    return roles[role]


def _is_in_state(member: Member, state: str) -> bool:
    states = {
        "": True,
        "aktiv": member.active,
        "deaktiviert": not member.active,
        "unzustellbar": member.active and not member.technical and member.undeliverable,
    }
    return states[state]


def page_of(members: Sequence[Member], after: str) -> tuple[Sequence[Member], str]:
    """Return the users that follow on a login id in this order, and the login id that the next page follows on."""
    logins = [member.login_id for member in members]
    start = logins.index(after) + 1 if after in logins else 0
    shown = members[start : start + ROWS_PER_PAGE]
    return shown, shown[-1].login_id if start + ROWS_PER_PAGE < len(members) else ""


def line(member: Member, names: Mapping[str, str]) -> Line:
    """Return a user as a row of the table."""
    cells = [words.of_setting(setting, name=member.name, names=names) for setting in member.settings.values()]
    return Line(
        member=member,
        role=words.role(administrator=member.administrator, technical=member.technical),
        agencies=len(member.agencies),
        cells=() if member.technical else tuple(cells),
    )
