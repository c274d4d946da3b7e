"""What a letter is made from: facts that are frozen when it is issued, so that it can be made again byte for byte."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

_LETTER_ID = re.compile(r"[A-Z0-9-]{1,17}")
_WEEKDAYS = ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So.")
_MONTHS = ("Januar Februar März April Mai Juni Juli August September Oktober November Dezember").split()


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """The risk carrier that writes; `imprint` is its legally required small print."""

    name: str
    legal_name: str
    street: str
    postcode: str
    city: str
    imprint: str


@dataclass(frozen=True, kw_only=True)
class Agency:
    """The agency that is written to."""

    number: str
    name: str
    street: str
    postcode: str
    city: str

    @property
    def place(self) -> str:
        """Return where its post goes, in one line."""
        return f"{self.street}, {self.postcode} {self.city}"


@dataclass(frozen=True, kw_only=True)
class Cover:
    """A sheet before a letter whose agency has another address by now: where it goes, and the day of the sheet."""

    agency: Agency
    on: date


@dataclass(frozen=True, kw_only=True)
class Contact:
    """The agency's personal contact at the carrier (Maklerbetreuer)."""

    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Party:
    """A policyholder or keeper."""

    name: str
    street: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True, kw_only=True)
class Vehicle:
    """The vehicle as it was registered; `season` is `04-10`, `previous_plates` are the oldest first."""

    plate: str
    previous_plates: tuple[str, ...] = ()
    season: str = ""
    vin: str = ""
    hsn: str = ""
    tsn: str = ""


@dataclass(frozen=True, kw_only=True)
class EarlierLetter:
    """A letter that was written in the same case before."""

    title: str
    issued_on: date


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that one letter says, frozen; refuses letter ids but 1 to 17 of `A-Z0-9-`, and addresses outside ASCII.

    `portal_url` is empty for agencies that get paper, as they have no page to open. `next_step` is a whole sentence
    with its date. `keeper` is given only if it is somebody else than the policyholder. `wording` is the version of the
    kind in whose words the letter speaks for ever. `taken_over` says that another agency was written to in the case
    before: what was asked of that one, this one was not asked.
    """

    letter: str
    case: str
    kind: str
    level: int
    urgency: str
    issued_on: date
    due_on: date | None = None
    first_requested_on: date | None = None
    next_step: str = ""
    text: str = ""
    portal_url: str = ""
    carrier: Carrier
    agency: Agency
    contact: Contact
    vehicle: Vehicle
    evb: str = ""
    registered_on: date | None = None
    authority: str = ""
    policyholder: Party | None = None
    keeper: Party | None = None
    earlier: tuple[EarlierLetter, ...] = ()
    wording: int = 1
    taken_over: bool = False

    def __post_init__(self) -> None:
        if not _LETTER_ID.fullmatch(self.letter):
            raise ValueError(f"{self.letter!r} is no letter id.")
        if not self.portal_url.isascii():
            raise ValueError(f"{self.portal_url!r} cannot be put into a QR code.")

    def to_json(self) -> dict[str, Any]:
        """Return the facts as JSON knows them: always the same keys in the same order, days as `YYYY-MM-DD`."""
        return {name: _json_value(value) for name, value in vars(self).items()}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """Make the facts from what `to_json` gave; refuses unknown keys."""
        return cls(**{key: _READERS.get(key, _same)(value) for key, value in document.items()})


def _json_value(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_json_value(one) for one in value]
    return {name: _json_value(one) for name, one in vars(value).items()}


def _same(value: Any) -> Any:
    return value


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _party(value: Mapping[str, str] | None) -> Party | None:
    return Party(**value) if value else None


def _vehicle(value: Mapping[str, Any]) -> Vehicle:
    return Vehicle(**{**value, "previous_plates": tuple(value["previous_plates"])})


def _earlier(value: list[Mapping[str, str]]) -> tuple[EarlierLetter, ...]:
    return tuple(EarlierLetter(title=one["title"], issued_on=date.fromisoformat(one["issued_on"])) for one in value)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "issued_on": date.fromisoformat,
    "due_on": _day,
    "first_requested_on": _day,
    "registered_on": _day,
    "carrier": lambda value: Carrier(**value),
    "agency": lambda value: Agency(**value),
    "contact": lambda value: Contact(**value),
    "vehicle": _vehicle,
    "policyholder": _party,
    "keeper": _party,
    "earlier": _earlier,
}


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the text of a letter may name, as it is printed; what is not known is empty.

    `taken_over` is the agency's number if another one had the case before it.
    """

    case: str
    plate: str
    previous_plates: str
    season: str
    vin: str
    hsn_tsn: str
    evb: str
    registered: str
    policyholder: str
    keeper: str
    agency: str
    taken_over: str
    issued_on: str
    due_on: str
    first_requested_on: str
    earlier: str
    next_step: str
    text: str
    portal_url: str
    carrier: str
    carrier_address: str
    contact: str


NAMES = frozenset(field.name for field in fields(Words))
"""The placeholders that a letter's text may use."""


def words(facts: Facts) -> Words:
    """Return the facts in the words of a letter: days as `13.04.2026`, the due date as `Mo., 13.04.2026`."""
    vehicle, carrier, contact = facts.vehicle, facts.carrier, facts.contact
    return Words(
        case=facts.case,
        plate=vehicle.plate,
        previous_plates=", ".join(vehicle.previous_plates),
        season=season_in_words(vehicle.season),
        vin=vehicle.vin,
        hsn_tsn=_joined(" / ", vehicle.hsn, vehicle.tsn),
        evb=facts.evb,
        registered=_joined(", ", day_in_words(facts.registered_on), facts.authority),
        policyholder=_address(facts.policyholder),
        keeper=_address(facts.keeper),
        agency=facts.agency.number,
        taken_over=facts.agency.number if facts.taken_over else "",
        issued_on=day_in_words(facts.issued_on),
        due_on=due_day_in_words(facts.due_on),
        first_requested_on=day_in_words(facts.first_requested_on),
        earlier=", ".join(f"{one.title} vom {day_in_words(one.issued_on)}" for one in facts.earlier),
        next_step=facts.next_step,
        text=facts.text,
        portal_url=facts.portal_url,
        carrier=carrier.legal_name,
        carrier_address=_joined(", ", carrier.legal_name, carrier.street, f"{carrier.postcode} {carrier.city}"),
        contact=_joined(", ", contact.name, contact.phone and f"Telefon {contact.phone}", contact.email),
    )


def day_in_words(day: date | None) -> str:
    """Return `13.04.2026`, or nothing for no day."""
    return f"{day:%d.%m.%Y}" if day else ""


def due_day_in_words(day: date | None) -> str:
    """Return `Mo., 13.04.2026`, or nothing for no day."""
    return f"{_WEEKDAYS[day.weekday()]}, {day:%d.%m.%Y}" if day else ""


def season_in_words(season: str) -> str:
    """Return `April bis Oktober` for `04-10`, or nothing for no season."""
    if not season:
        return ""
    first, last = season.split("-")
    return f"{_MONTHS[int(first) - 1]} bis {_MONTHS[int(last) - 1]}"


def _address(party: Party | None) -> str:
    return _joined(", ", party.name, party.street, f"{party.postcode} {party.city}".strip()) if party else ""


def _joined(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)
