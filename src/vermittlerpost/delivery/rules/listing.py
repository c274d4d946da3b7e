"""The mailbox as a list: what it may be narrowed to, how it is ordered, and where a page begins."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from vermittlerpost.delivery.rules.words import Term

BY_HAND = "by_hand"
"""Why a letter is done if its agency says so; reasons but this and the next are those for which cases end."""
SUPERSEDED = "superseded"
"""Why a letter is done if a later one of its case says what holds now."""


class Standing(StrEnum):
    """How far a letter is worked off; what is open is unread or read, and not done."""

    OPEN = "open"
    UNREAD = "unread"
    READ = "read"
    DONE = "done"
    ALL = "all"

    @property
    def is_open(self) -> bool:
        """Tell whether only letters that are not done stand so."""
        return self in {Standing.OPEN, Standing.UNREAD, Standing.READ}


class Sort(StrEnum):
    """How the list is ordered."""

    NEWEST = "newest"
    DUE = "due"


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """What the list is narrowed to; what is empty narrows nothing. `assignee` is a user's key, days are German.

    `unacknowledged` are letters that a firm's software still finds among the new ones.
    """

    standing: Standing = Standing.OPEN
    category: str = ""
    urgency: str = ""
    agency: str = ""
    carrier: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    assignee: int | None = None
    unacknowledged: bool = False
    terms: tuple[Term, ...] = ()

    def order(self, sort: Sort) -> Sort:
        """Return the order that holds: due dates order only what is open, everything else stands by its date."""
        return sort if self.standing.is_open else Sort.NEWEST


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """A place in the list: behind the letter with this key, or before it if the list is read backwards."""

    key: datetime | date
    letter: str
    backwards: bool = False

    def __str__(self) -> str:
        key = self.key.isoformat().replace("+00:00", "Z")
        return f"{'vor' if self.backwards else 'nach'}_{key}_{self.letter}"

    @classmethod
    def read(cls, text: str, order: Sort) -> Self | None:
        """Return the place that a text names in a list of this order; None for a text that names none."""
        direction, _, rest = text.partition("_")
        key, _, letter = rest.rpartition("_")
        try:
            place = date.fromisoformat(key) if order is Sort.DUE else datetime.fromisoformat(key)
        except ValueError:
            return None
        if direction not in {"vor", "nach"} or (isinstance(place, datetime) and place.tzinfo is None):
            return None
        return cls(key=place, letter=letter, backwards=direction == "vor")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the list."""

    letter: str
    case: str
    agency: str
    agency_name: str
    carrier: str
    kind: str
    level: int
    urgency: str
    category: str
    due_on: date | None
    plate: str
    policyholder: str
    provided_at: datetime
    read_at: datetime | None
    done_on: date | None
    done_reason: str
    assignee: str
    fetched_at: datetime | None
    acknowledged_at: datetime | None
    key: datetime | date

    @property
    def is_unread(self) -> bool:
        """Tell whether somebody should still look at it."""
        return self.read_at is None and self.done_on is None

    @property
    def is_done_by_hand(self) -> bool:
        """Tell whether it can be reopened."""
        return self.done_reason == BY_HAND


@dataclass(frozen=True, kw_only=True)
class Page:
    """A part of the list, with the places at which the parts beside it begin."""

    rows: tuple[Row, ...] = ()
    next: Cursor | None = None
    previous: Cursor | None = None
