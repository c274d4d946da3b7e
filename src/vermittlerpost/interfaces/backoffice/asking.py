"""Read what an address asks for: whatever somebody typed there, a page shows something sensible."""

from datetime import date

from django.http import HttpRequest

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
