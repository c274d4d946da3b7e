"""Moments and days as input files write them."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

_GERMANY = ZoneInfo("Europe/Berlin")
_YEARS = range(1990, 2100)
_MOMENT = re.compile(
    r"(?:199|20[0-9])[0-9]-[0-9]{2}-[0-9]{2}[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})?"
)
_DAY = re.compile(r"(?:19|[2-9][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}")


@lru_cache(maxsize=4096)
def moment(text: str) -> datetime:
    """Return an RFC 3339 moment in UTC; without a zone it is German time.

    Refuses years outside 1990–2099, as written and in UTC, and German times that no clock ever showed, those of the
    hour left out in spring. Of the hour that comes twice in autumn the first is meant. Finer than microseconds is cut
    off.
    """
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise ValueError(text)
    read = datetime.fromisoformat(text.upper())
    moment = read.astimezone(UTC) if found[1] else _from_german_time(read)
    if moment.year not in _YEARS:
        raise ValueError(text)
    return moment


@lru_cache(maxsize=4096)
def day(text: str) -> date:
    """Return a calendar day, `YYYY-MM-DD`; refuses years before 1900 and days that do not exist."""
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _from_german_time(read: datetime) -> datetime:
    moment = read.replace(tzinfo=_GERMANY).astimezone(UTC)
    if moment.astimezone(_GERMANY).replace(tzinfo=None) != read:
        raise ValueError(read)
    return moment
