"""Working days of all Länder, two weeks of them, and the mornings on which what came in two weeks before is due."""

from datetime import date, datetime, time, timedelta

from vermittlerpost.cases.rules import STEPS_FROM
from vermittlerpost.lib import clock

# Monday to Friday of two weeks in which no Land keeps a holiday, nor two weeks before, nor two weeks after.
_DAYS = [date(2026, 9, 14) + timedelta(days=day) for day in range(12) if day not in (5, 6)]
_GRACE = timedelta(days=14)

COUNT = len(_DAYS)


def received(number: int) -> datetime:
    """Return when the notices came in that are due on a morning."""
    return clock.german_moment(came_in(number), time(6))


def came_in(number: int) -> date:
    """Return the day on which the notices came in that are due on a morning."""
    return _DAYS[number] - _GRACE


def morning(number: int) -> datetime:
    """Return the moment of a day's run."""
    return clock.german_moment(_DAYS[number], STEPS_FROM)
