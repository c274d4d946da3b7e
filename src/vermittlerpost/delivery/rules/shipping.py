"""What a firm's software finds at the BiPRO interface, who fetches it, and what becomes of what nobody fetches."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from vermittlerpost.letters.rules import Facts
from vermittlerpost.lib.errors import Refused

NOT_URGENT = "normal"
"""The urgency of letters whose pick-up is not watched."""


class ShipmentErased(Refused):
    """A shipment's letter was erased when it need no longer be kept."""

    code = "shipment_erased"


class Content(StrEnum):
    """What a shipment (Lieferung) brings: a letter, or no more than the news that its case has ended."""

    LETTER = "letter"
    ENDING = "ending"


class Alike(NamedTuple):
    """Shipments that differ in their ids only, as those of one run do; the rest is that of a `Line`."""

    ids: list[str]
    category: str
    provided_at: str
    acknowledged_at: str | None
    available_until: str
    content: str


class Line(NamedTuple):
    """A shipment as a list tells of it, in texts.

    Moments are those of German clocks, `2026-01-31 06:00:00`; days are `2026-05-01`.
    """

    id: str
    category: str
    provided_at: str
    acknowledged_at: str | None
    available_until: str
    content: str


@dataclass(frozen=True, kw_only=True)
class Detail:
    """A shipment as it is fetched; `facts` are those of its letter, which for an ending is the case's newest.

    `done_on` and `done_reason` tell that nothing is left to do about the letter, and why; `goes_by_post` that it is, or
    is to be, on paper as well.
    """

    id: str
    letter: str
    case: str
    content: Content
    category: str
    agency: str
    carrier: str
    provided_at: datetime
    acknowledged_at: datetime | None
    available_until: date
    done_on: date | None
    done_reason: str
    goes_by_post: bool
    facts: Facts


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Somebody whose software fetches letters, with when it was last here and what it calls itself."""

    login_id: str
    firm: str
    technical: bool
    active: bool
    last_login: datetime | None
    listed_at: datetime | None
    fetched_at: datetime | None
    acknowledged_at: datetime | None
    consumer: str


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """An urgent letter that waits for a firm's software for too long, and nobody has read it elsewhere."""

    letter: str
    firm: str
    agency: str
    provided_at: datetime
    goes_by_post: bool


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """What a firm's software has left lying: the letters, the oldest first, and whether they are printed as well."""

    firm: str
    agencies: tuple[str, ...]
    letters: tuple[str, ...]
    oldest: datetime
    by_post: bool


def alarms_of(overdue: list[Overdue]) -> list[Alarm]:
    """Return one alarm for each firm that letters are overdue of, by firm."""
    letters: dict[str, list[Overdue]] = {}
    for one in sorted(overdue, key=lambda one: (one.firm, one.provided_at, one.letter)):
        letters.setdefault(one.firm, []).append(one)
    return [
        Alarm(
            firm=firm,
            agencies=tuple(sorted({one.agency for one in of_firm})),
            letters=tuple(one.letter for one in of_firm),
            oldest=of_firm[0].provided_at,
            by_post=of_firm[0].goes_by_post,
        )
        for firm, of_firm in letters.items()
    ]
