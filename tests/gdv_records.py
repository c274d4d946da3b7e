"""GDV records written by hand, each cell into its bytes, for tests and for the sample in the examples."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

LENGTH = 256

Cells = Mapping[int, str]
"""What stands from a byte on, counted from 1."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where somebody lives."""

    street: str
    postcode: str
    city: str


COLOGNE = Place(street="Weiße Gasse 3", postcode="50668", city="Köln")


def record(kind: str, cells: Cells, *, share: str = "", **head: str) -> str:
    """Return a record: kind, head and cells in their bytes, blanks elsewhere."""
    text = [" "] * LENGTH
    at = {
        1: kind,
        5: head.get("insurer", "9999"),
        11: head.get("line", "050"),
        14: f"{head.get('contract', '47110001'):>17}",
        31: "01",
        33: head.get("agency", "4710"),
        LENGTH: share,
        **cells,
    }
    for first, cell in at.items():
        text[first - 1 : first - 1 + len(cell)] = cell
    return "".join(text)


def opening(made_on: date = date(2026, 2, 1)) -> str:
    return record("0001", {5: "9999 Nordlicht", 70: _day(made_on), 78: _day(made_on)}, share="1")


def ending() -> str:
    return record("9999", {})


def address(
    name: str = "Übelacker", first_name: str = "Sören", place: Place = COLOGNE, role: str = "01", **head: str
) -> str:
    """Return an address of a person; without a first name that of a firm, whose name may go over three lines of 30."""
    lines = [f"{line:30}" for line in textwrap.wrap(name, 30, break_on_hyphens=False)]
    cells = {
        43: "1" if first_name else "3",
        44: "".join(lines),
        **({104: first_name} if first_name else {}),
        154: "D",
        157: place.postcode,
        163: place.city,
        188: place.street[:30],
        239: role,
    }
    return record("0100", cells, share="1", **head)


def confirmation(
    number: str,
    *,
    begins_on: date | None = date(2026, 1, 5),
    valid_until: date | None = date(2026, 7, 5),
    kind: str = "1",
    **head: str,
) -> str:
    days = {54: "00000000", 62: _day(valid_until), 70: _day(begins_on)}
    return record("0392", {46: number, 53: kind, **days}, **head)


def contract(received_on: date | None, **head: str) -> list[str]:
    """Return what is general about a contract, with the day on which its application came in."""
    return [
        record("0200", {}, share="1", **head),
        record("0200", {139: _day(received_on)}, share="2", **head),
    ]


def vehicle(*, vin: str = "", plate: str = "", evb: str = "", **head: str) -> list[str]:
    return [
        record("0210", {43: "112", 97: vin, 114: plate}, share="1", **head),
        record("0210", {213: evb}, share="2", **head),
    ]


def content(*records: str, line_end: str = "\r\n", encoding: str = "iso-8859-1") -> bytes:
    """Return records as a file; a letter that the encoding does not have becomes a question mark."""
    return "".join(f"{one}{line_end}" for one in records).encode(encoding, "replace")


def _day(day: date | None) -> str:
    return f"{day:%d%m%Y}" if day else "00000000"


def sample() -> dict[str, Any]:
    """Return the sample file by its name: three contracts of which one is an application, and one flaw."""
    return {
        "bestand.gdv": content(
            opening(),
            address(),
            confirmation("NL7K2P9"),
            address("Krüger", "Änne", contract="47110002"),
            *contract(date(2026, 2, 10), contract="47110002"),
            *vehicle(vin="WVWZZZ1JZ3W386752", plate="K-WB 4444", evb="NL7K2P8", contract="47110002"),
            address("Bäckerei Süß GmbH", "", contract="47110003", agency="0012345678"),
            confirmation("NLIO2P7", kind="2", contract="47110003", agency="0012345678"),
            ending(),
        )
    }
