"""Ask for the agencies of all firms about whose letters nobody is mailed: the insurer's list (B2)."""

from dataclasses import dataclass

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.lib import clock
from vermittlerpost.notifications.queries.standing import Gap, coverage


@dataclass(frozen=True, kw_only=True)
class Unreached:
    """A firm with agencies that are served electronically and about whose letters nobody is mailed."""

    firm: str
    name: str
    gaps: tuple[Gap, ...]


def unreached(*, after: str, limit: int) -> list[Unreached]:
    """Return the first of these firms behind another one, by id; each firm is asked for itself."""
    found: list[Unreached] = []
    for firm in agencies.electronic_firms(clock.today(), after=after):
        gaps = coverage(firm.id)
        if gaps:
            found.append(Unreached(firm=firm.id, name=firm.name, gaps=gaps))
        if len(found) == limit:
            break
    return found
