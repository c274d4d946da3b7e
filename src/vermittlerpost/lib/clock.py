"""The one clock: everything that needs the time asks here, so that demo and tests can turn it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

GERMANY = ZoneInfo("Europe/Berlin")

_ahead = timedelta()
_turned_to: ContextVar[datetime | None] = ContextVar("turned_to", default=None)


def now() -> datetime:
    """Return this moment in UTC."""
    return _turned_to.get() or datetime.now(UTC) + _ahead


def today() -> date:
    """Return the German calendar day of this moment."""
    return german_day(now())


def german_day(moment: datetime) -> date:
    """Return the calendar day that a moment falls on in Germany."""
    return moment.astimezone(GERMANY).date()


def german_moment(day: date, at: time) -> datetime:
    """Return the UTC moment at which German clocks show `at` on `day`."""
    return datetime.combine(day, at, tzinfo=GERMANY).astimezone(UTC)


def day_after(day: date) -> date:
    """Return the next calendar day."""
    return day + timedelta(days=1)


def run_ahead(by: timedelta) -> None:
    """Let the clock of this process run so far ahead of the real one, or behind it if `by` is negative."""
    global _ahead  # noqa: PLW0603 (there is one clock to a process)
    _ahead = by


@contextmanager
def turned_to(moment: datetime) -> Iterator[None]:
    """Let the clock stand at `moment` within the block; refuses moments without a zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs a zone.")
    token = _turned_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _turned_to.reset(token)
