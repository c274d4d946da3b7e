"""Count days as the process does: German calendar days, working days of a Land, the morning run at 07:00."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

BERLIN = ZoneInfo("Europe/Berlin")
SATURDAY = 5


def german_day(moment: datetime) -> date:
    return moment.astimezone(BERLIN).date()


def run_on(day: date) -> datetime:
    """Return the moment of the day's run, 07:00 Europe/Berlin, in UTC."""
    return datetime.combine(day, time(7), BERLIN).astimezone(UTC)


def is_working_day(day: date, land: str) -> bool:
    """Neither Saturday, Sunday nor a public holiday of the whole Land (such as `DE-NW`)."""
    return day.weekday() < SATURDAY and day not in _public_holidays(land)


def roll(day: date, land: str) -> date:
    """Move a day forward to the next working day; a working day stays where it is."""
    while not is_working_day(day, land):
        day += timedelta(days=1)
    return day


@cache
def _public_holidays(land: str) -> holidays.HolidayBase:
    return holidays.country_holidays("DE", subdiv=land.removeprefix("DE-"))
