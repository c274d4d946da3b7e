"""Move a day forward to the next that is neither Saturday, Sunday nor a public holiday of the Land (cf. § 193 BGB)."""

from datetime import date, timedelta
from functools import cache

from vermittlerpost.cases.rules import Counting


@cache
def _public_holidays(state: str, year: int) -> frozenset[date]:
    import holidays  # noqa: PLC0415 (it loads the calendars of the whole world; most commands need none)

    # Holidays that only parts of a Land keep are another category of the library and do not count.
    return frozenset(holidays.country_holidays("DE", subdiv=state.removeprefix("DE-"), years=year))


def _is_free(day: date, state: str) -> bool:
    return day.weekday() >= 5 or day in _public_holidays(state, day.year)


def _roll(day: date, state: str) -> date:
    while _is_free(day, state):
        day += timedelta(days=1)
    return day


COUNTING = Counting(title="Werktag des Landes", roll=_roll)
