"""What stands around the text of a letter: address, info block, codes; as values that the layout places."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vermittlerpost.letters.layout import codes
from vermittlerpost.letters.rules import Facts, day_in_words

FONTS = Path(__file__).parent / "fonts"
TEMPLATE = (Path(__file__).parent / "letter.typ").read_text(encoding="utf-8")

# The window holds six lines of 10 pt or eight of 8 pt; a line of 10 pt takes some 40 letters.
_LINES, _LETTERS_PER_LINE = 6, 40


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a letter stands: of how many pages it is, and which one of its print batch (0: of none)."""

    pages: int = 1
    number: int = 0


def values(facts: Facts, place: Place) -> dict[str, Any]:
    """Return what the layout places around the text; names of pictures are those that `pictures` gives."""
    carrier = facts.carrier
    address = _address(facts)
    return {
        "carrier": carrier.name,
        "sender": f"{carrier.legal_name} · {carrier.street} · {carrier.postcode} {carrier.city}",
        "address": address,
        "address_size": 10 if _fits(address) else 8,
        "info": [[label, value] for label, value in _info(facts) if value],
        "imprint": carrier.imprint,
        "pages": place.pages,
        "matrices": [_name(place, page) for page in range(1, place.pages + 1)],
        "qr": _name(place, 0) if facts.portal_url else "",
        "url": facts.portal_url,
    }


def pictures(facts: Facts, place: Place) -> dict[str, str]:
    """Return the codes of a letter as SVG files: its page's QR code, and a DataMatrix per sheet for the inserter.

    The DataMatrix reads `letter page pages`, in a print batch also the letter's number there: `V-… 01 02 00017`.
    """
    drawn = {_name(place, page): codes.datamatrix(_mark(facts, place, page)) for page in range(1, place.pages + 1)}
    return drawn | ({_name(place, 0): codes.qr(facts.portal_url)} if facts.portal_url else {})


def _name(place: Place, page: int) -> str:
    return f"{place.number}-{page}.svg"


def _mark(facts: Facts, place: Place, page: int) -> str:
    return f"{facts.letter} {page:02} {place.pages:02}" + (f" {place.number:05}" if place.number else "")


def _address(facts: Facts) -> list[str]:
    agency = facts.agency
    return [agency.name, agency.street, f"{agency.postcode} {agency.city}"]


def _fits(address: list[str]) -> bool:
    longest_word = max(len(word) for line in address for word in line.split())
    return longest_word <= _LETTERS_PER_LINE and sum(-(-len(line) // _LETTERS_PER_LINE) for line in address) <= _LINES


def _info(facts: Facts) -> list[tuple[str, str]]:
    contact = facts.contact
    return [
        ("Vorgang", facts.case),
        ("Kennzeichen", facts.vehicle.plate),
        ("Agentur", facts.agency.number),
        ("Datum", day_in_words(facts.issued_on)),
        ("Ansprechpartner", contact.name),
        ("Telefon", contact.phone),
        ("E-Mail", contact.email),
    ]
