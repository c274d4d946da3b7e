"""What arrives from outside: eVB confirmations, registration notices, applications."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from worldmaker.market import Agency, Carrier
from worldmaker.parties import Party
from worldmaker.sheets import Flaw

OPENING = ("registration", "holder_change", "re_registration")


@dataclass(frozen=True, kw_only=True)
class Cover:
    """An eVB as its carrier issued it; `agency_number` may name an agency that is no longer there."""

    number: str
    carrier: Carrier
    agency: Agency
    agency_number: str
    holder: Party
    issued_on: date
    valid_until: date | None
    kind: str


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A message of a registration authority; messages of one `key` bear the same message id."""

    key: str
    cover: Cover
    received_at: datetime
    kind: str
    evb: str
    plate: str
    season: str
    vin: str
    hsn: str
    tsn: str
    keeper: Party
    registered_on: date | None
    authority: str


@dataclass(frozen=True, kw_only=True)
class Application:
    """An application that came in; its agency is information only."""

    key: str
    received_at: datetime
    evb: str
    plate: str
    vin: str
    agency: str


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A scene of the world: its number, what happens in it, and the keys of the messages that play it."""

    number: str
    story: str
    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Spoilt:
    """A message that must be refused: these cells differ from what it would say, in the file of that day."""

    message: Notice | Application
    flaw: Flaw
    filed: date
    cells: Mapping[str, str]
