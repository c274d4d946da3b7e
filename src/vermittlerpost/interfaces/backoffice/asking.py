"""Read what an address asks for: whatever somebody typed there, a page shows something sensible."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest

from vermittlerpost.lib import clock

_YEARS = range(2000, 2100)
_LONGEST = 100
_MOST_DIGITS = 18


def text_of(request: HttpRequest, name: str) -> str:
    """Return what was asked for in words."""
    return request.GET.get(name, "").replace("\0", "").strip()[:_LONGEST]


def day_of(request: HttpRequest, name: str) -> date | None:
    """Return the day that was asked for, None if it is none."""
    try:
        day = date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def number_of(text: str) -> int:
    """Return what was asked for as a number that the database can compare, 0 if it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else 0


@dataclass(frozen=True, kw_only=True)
class Period:
    """Some German days, the first and the last included; `is_cut` if more were asked for than can be shown at once."""

    first: date
    last: date
    is_cut: bool = False

    @property
    def since(self) -> datetime:
        """Return the moment at which it begins."""
        return clock.german_moment(self.first, time())

    @property
    def until(self) -> datetime:
        """Return the moment at which it is over."""
        return clock.german_moment(clock.day_after(self.last), time())


def period_of(request: HttpRequest, *, usual: int, most: int) -> Period:
    """Return the days from `ab` to `bis` that were asked for: `usual` ones up to today if none, `most` at most."""
    last = day_of(request, "bis")
    first = day_of(request, "ab")
    if last is None:
        last = clock.today() if first is None else min(clock.today(), first + timedelta(days=most - 1))
    if first is None:
        first = last - timedelta(days=usual - 1)
    last = max(first, last)
    earliest = last - timedelta(days=most - 1)
    return Period(first=max(first, earliest), last=last, is_cut=first < earliest)


def place_of(request: HttpRequest, name: str) -> tuple[datetime, str] | None:
    """Return behind which moment and key the page begins that was asked for, None for the first one."""
    moment, _, key = request.GET.get(name, "").replace("\0", "").partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, key) if at.tzinfo and at.year in _YEARS else None


def place(at: datetime, key: object) -> str:
    """Return how an address says that its page begins behind a moment and key."""
    return f"{at.isoformat()}~{key}"
