"""What stands around the text of a letter: address, info block, codes; as values that the layout places."""

import re
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from pathlib import Path
from typing import Any

from vermittlerpost.letters.layout import codes
from vermittlerpost.letters.rules import Facts, day_in_words

FOLDER = Path(__file__).parent

# The window takes six lines of 10 pt with some 38 small letters each, or eight of 8 pt with some 48.
_LINES, _LETTERS = 6, 38
_CAPITAL = 1.5
# What is longer than any post office needs is cut, so that street and city stay in the window.
_LONGEST_NAME, _LONGEST_LINE = 165, 90
# A line of the info block takes some 26 small letters; a longer word (an address) goes on behind a sign.
_INFO_LETTERS = 26
_PIECE = re.compile(r"[^@./_-]{1,24}[@./_-]?|.")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a letter stands: of how many pages it is, and which one of its print batch (0: of none).

    `before` counts the sheets that go before it in the same envelope.
    """

    pages: int = 1
    number: int = 0
    before: int = 0

    @property
    def sheets(self) -> range:
        """Return the numbers of its pages among the sheets of the envelope."""
        return range(self.before + 1, self.before + self.pages + 1)


def values(facts: Facts, place: Place) -> dict[str, Any]:
    """Return what the layout places around the text; names of pictures are those that `pictures` gives."""
    carrier = facts.carrier
    address = _address(facts)
    return {
        "carrier": carrier.name,
        "sender": f"{carrier.legal_name} · {carrier.street} · {carrier.postcode} {carrier.city}",
        "address": address,
        "roomy": _is_roomy(address),
        "info": [[label, _in_lines(value)] for label, value in _info(facts) if value],
        "imprint": carrier.imprint,
        "pages": place.pages,
        "matrices": [_name(place, number) for number in place.sheets],
        "qr": _name(place, 0) if facts.portal_url else "",
        "url": facts.portal_url,
    }


def pictures(facts: Facts, place: Place) -> dict[str, str]:
    """Return the codes of a letter as SVG files: its page's QR code, and a DataMatrix per sheet for the inserter.

    The DataMatrix reads `letter sheet sheets`, in a print batch also the letter's number there: `V-… 01 02 00017`.
    """
    sheets = range(1, place.sheets.stop)
    drawn = {_name(place, number): codes.datamatrix(_mark(facts, place, number)) for number in sheets}
    return drawn | ({_name(place, 0): codes.qr(facts.portal_url)} if facts.portal_url else {})


def _name(place: Place, number: int) -> str:
    return f"{place.number}-{number}.svg"


def _mark(facts: Facts, place: Place, number: int) -> str:
    sheets = place.before + place.pages
    return f"{facts.letter} {number:02} {sheets:02}" + (f" {place.number:05}" if place.number else "")


def _in_lines(text: str) -> str:
    return " ".join(word if _width(word) <= _INFO_LETTERS else _broken(word) for word in text.split())


def _broken(word: str) -> str:
    # No invisible spaces: who copies an address must get it as it is.
    person, at, place = word.partition("@")
    if at and max(_width(person) + 1, _width(place)) <= _INFO_LETTERS:
        return f"{person}@\n{place}"
    lines = [""]
    for piece in _PIECE.findall(word):
        if _width(lines[-1] + piece) > _INFO_LETTERS:
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines)


def _address(facts: Facts) -> list[str]:
    agency = facts.agency
    lines = (agency.street, f"{agency.postcode} {agency.city}")
    return [_cut(agency.name, _LONGEST_NAME), *(_cut(line, _LONGEST_LINE) for line in lines)]


def _cut(line: str, longest: int) -> str:
    fitting = sum(width <= longest for width in accumulate(map(_width, line)))
    return line if fitting == len(line) else line[: fitting - 1] + "…"


def _is_roomy(address: list[str]) -> bool:
    longest_word = max((_width(word) for line in address for word in line.split()), default=0)
    return longest_word <= _LETTERS and sum(ceil(_width(line) / _LETTERS) for line in address) <= _LINES


def _width(text: str) -> float:
    return sum(_CAPITAL if letter.isupper() else 1 for letter in text)


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
