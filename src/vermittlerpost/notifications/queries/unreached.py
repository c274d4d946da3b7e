"""Ask for the agencies of all firms about whose letters nobody is mailed: the insurer's list (B2)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.lib import clock
from vermittlerpost.notifications.models import FoundGap
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


def found_gaps() -> QuerySet[FoundGap]:
    """Return the gaps that the last look found and that have not ended since, the oldest first: a worklist."""
    return FoundGap.objects.filter(ended_at=None).order_by("since", "agency", "category")


def found_since(numbers: Collection[str]) -> dict[tuple[str, str], datetime]:
    """Return since when gaps are known, by agency and category; a fresh one is not known before the next look."""
    rows = found_gaps().filter(agency__any_of=numbers).values_list("agency_id", "category", "since")
    return {(agency, category): since for agency, category, since in rows}


def firms_to_watch() -> list[str]:
    """Return the firms that may have a gap today, or had one at the last look, by id."""
    served = agencies.electronic_firms(clock.today()).values_list("id", flat=True)
    return sorted({*served, *found_gaps().values_list("agency__firm", flat=True)})
