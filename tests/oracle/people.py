"""Decide letter by letter who is mailed, who is not, and why."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from .cases import Letter
from .masters import Agency, Masters, User

Line = dict[str, Any]


def tell(letters: list[Letter], masters: Masters, moment: datetime) -> tuple[list[Line], list[Line]]:
    """Return the decisions and the mails of one run; what goes by post mails nobody and decides nothing."""
    decisions = []
    bundles: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for letter in letters:
        if letter.channel == "electronic":
            for user, line in _decisions_on(letter, masters):
                decisions.append(line)
                if line["outcome"] == "mailed":
                    bundles[user.login_id, letter.step.category].append(letter.name)
    sent_at = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    mails = [
        {"login_id": login_id, "category": category, "sent_at": sent_at, "letters": sorted(names)}
        for (login_id, category), names in sorted(bundles.items())
    ]
    return decisions, mails


def _decisions_on(letter: Letter, masters: Masters) -> list[tuple[User, Line]]:
    """Ask every user in scope, by login id; one address is mailed about one letter once."""
    lines = []
    addresses: set[str | None] = set()
    for _, user in sorted(masters.users.items()):
        if not sees(user, letter.agency, masters.agencies):
            continue
        wanted, origin = effective_preference(user, letter.step.category, masters)
        reason = _objection(user, wanted) or ("already_mailed" if user.email in addresses else None)
        if not reason:
            addresses.add(user.email)
        outcome = "not_mailed" if reason else "mailed"
        line = {
            "letter": letter.name,
            "login_id": user.login_id,
            "outcome": outcome,
            "reason": reason,
            "origin": origin,
        }
        lines.append((user, line))
    return lines


def _objection(user: User, wanted: bool) -> str | None:
    """Return the first reason that holds, in the order of the rules."""
    if not user.active:
        return "inactive"
    if user.technical:
        return "technical"
    if "view_portfolio" not in user.rights:
        return "no_right"
    if not wanted:
        return "preference"
    if not user.email:
        return "no_address"
    return None


def sees(user: User, agency: Agency, agencies: Mapping[str, Agency]) -> bool:
    """Unrestricted: all agencies of the firm; restricted: the assigned ones and everything below them."""
    if user.firm != agency.firm:
        return False
    if not user.assigned:
        return True
    line_upwards: Agency | None = agency
    while line_upwards:
        if line_upwards.number in user.assigned:
            return True
        line_upwards = agencies[line_upwards.parent] if line_upwards.parent else None
    return False


def effective_preference(user: User, category: str, masters: Masters) -> tuple[bool, str]:
    """The explicit choice, else the role default: yes for administrators and for restricted users."""
    choice = masters.preferences.get((user.login_id, category))
    if choice is not None:
        return choice, "explicit"
    return user.administrator or bool(user.assigned), "role_default"
