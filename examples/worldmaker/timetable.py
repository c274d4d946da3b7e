"""When the shipped process takes its steps, so that scenes can be timed around them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

GERMANY = ZoneInfo("Europe/Berlin")
FIRST_DAY, LAST_NOTICE_DAY, LAST_DAY = date(2026, 2, 23), date(2026, 5, 10), date(2026, 6, 14)
HOLIDAYS = frozenset({date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 14), date(2026, 5, 25)})
CORPUS_CHRISTI, CORPUS_CHRISTI_STATES = date(2026, 6, 4), frozenset({"BW", "BY", "HE", "NW", "RP", "SL"})
INTERVAL = timedelta(days=14)
NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """The days on which one case moves if nothing ends it."""

    request: date
    request_due: date
    reminder_1: date
    reminder_1_due: date
    reminder_2: date
    reminder_2_due: date
    proposal: date


def timetable(day_0: date, state: str) -> Timetable:
    """Return the steps of a case that starts on `day_0` at an agency in this Land."""
    request = roll(day_0 + INTERVAL, state)
    request_due = roll(request + INTERVAL, state)
    reminder_1 = roll(request_due + NEXT_DAY, state)
    reminder_1_due = roll(reminder_1 + INTERVAL, state)
    reminder_2 = roll(reminder_1_due + NEXT_DAY, state)
    reminder_2_due = roll(reminder_2 + INTERVAL, state)
    return Timetable(
        request=request,
        request_due=request_due,
        reminder_1=reminder_1,
        reminder_1_due=reminder_1_due,
        reminder_2=reminder_2,
        reminder_2_due=reminder_2_due,
        proposal=roll(reminder_2_due + NEXT_DAY, state),
    )


def roll(day: date, state: str) -> date:
    """Return the first working day of the Land that is not before `day` (spring of 2026 only)."""
    while not is_working_day(day, state):
        day += NEXT_DAY
    return day


def is_working_day(day: date, state: str) -> bool:
    """Say whether people work on this day in this Land."""
    corpus_christi = day == CORPUS_CHRISTI and state in CORPUS_CHRISTI_STATES
    return day.weekday() < 5 and day not in HOLIDAYS and not corpus_christi


def moment(text: str) -> datetime:
    """Return the moment at which German clocks show `text` (2026-02-23 05:30:00)."""
    return datetime.fromisoformat(text).replace(tzinfo=GERMANY)


def at(day: date, clock: str) -> datetime:
    """Return the moment at which German clocks show `clock` on `day`."""
    return moment(f"{day.isoformat()} {clock}")
