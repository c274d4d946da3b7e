"""What may be erased, and the erasing: first the rows, then the files that they spoke of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import ExtractYear

from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.intake import actions as intake
from vermittlerpost.interfaces.ops import retention_beside, wiring
from vermittlerpost.interfaces.ops.retention_beside import Beside
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

_CASES_AT_ONCE = 200


class TooEarly(Refused):
    """Data that must still be kept were to be erased."""

    code = "too_early"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What would go: cases by the year of their end, and other things beside them; and what is held back."""

    before: date
    cases: dict[int, int]
    letters: int
    held: int
    beside: Beside


def erasable_before(today: date, years: int) -> date:
    """Return the day before which a case must have been closed for its data to go: kept for years from year's end.

    Letters of business are kept six years from the end of their calendar year (HGB § 257, AO § 147).
    """
    return date(today.year - years, 1, 1)


def plan(before: date | None) -> Plan:
    """Return what would be erased; refuses a day up to which data must still be kept."""
    latest = erasable_before(clock.today(), settings.ENVIRONMENT.retention_years)
    if before and before > latest:
        raise TooEarly("Aufzubewahren ist, was nach dem {latest} endete.", latest=f"{latest:%d.%m.%Y}")
    day = before or latest
    found = cases.closed_before(day)
    years = found.annotate(year=ExtractYear("closed_on")).order_by("year").values_list("year").annotate(Count("id"))
    return Plan(
        before=day,
        cases=dict(years),
        letters=letters.written_in(found.values("id")).count(),
        held=cases.legally_held().filter(closed_on__lt=day).count(),
        beside=retention_beside.plan(before, day),
    )


def carry_out(chosen: Plan, *, by: str) -> Iterator[int]:
    """Erase what was planned and yield how many cases each batch had; what a crash left is finished first."""
    store = wiring.letter_store()
    for name in letters.erased_pdfs():
        store.remove(name)
    while True:
        count, hashes = intake.erase_cases(chosen.before, limit=_CASES_AT_ONCE, by=by)
        if not count:
            break
        for name in hashes:
            store.remove(name)
        yield count
    intake.erase_papers(chosen.before)
    delivery.clear_erased(wiring.print_folder())
    retention_beside.carry_out(chosen.beside, by=by)
