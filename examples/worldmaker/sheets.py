"""The files of the world: their columns, their rows, the flaws in them, and how they are written."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

COLUMNS = {
    "carriers": "code name legal_name sender_street sender_postcode sender_city process",
    "firms": "id name self_service",
    "agencies": (
        "number parent firm name street postcode city state electronic_from electronic_until "
        "contact_name contact_email contact_phone"
    ),
    "users": "login_id firm name email administrator technical rights assigned_agencies active",
    "preferences": "login_id category choice",
    "evb": (
        "number carrier agency policyholder_name policyholder_street policyholder_postcode policyholder_city "
        "issued_on valid_until kind"
    ),
    "notices": (
        "message_id received_at kind evb plate season vin hsn tsn keeper_name keeper_street keeper_postcode "
        "keeper_city registered_on authority"
    ),
    "applications": "application_id received_at evb plate vin agency",
    "documents": "document_id received_at category agency title",
}


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """Why a row must be refused: the column (empty if the row as a whole is wrong) and the rule it breaks."""

    column: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """The cells of one line, and its flaw if it is one of the bad rows."""

    cells: Sequence[str]
    flaw: Flaw | None = None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One file: its name decides nothing, `table` names its columns."""

    name: str
    table: str
    rows: Sequence[Row]
    delimiter: str = ";"
    encoding: str = "utf-8"

    def write_into(self, folder: Path) -> None:
        """Write the file with a header; lines end as on Unix everywhere."""
        with (folder / self.name).open("w", encoding=self.encoding, newline="") as file:
            writer = csv.writer(file, delimiter=self.delimiter, lineterminator="\n")
            writer.writerow(COLUMNS[self.table].split())
            writer.writerows(row.cells for row in self.rows)

    def flaws(self) -> list[tuple[int, Flaw]]:
        """Return the bad rows by line number, the header being line 1."""
        return [(line, row.flaw) for line, row in enumerate(self.rows, start=2) if row.flaw]


def yes_no(*, when: bool) -> str:
    """Return a boolean cell."""
    return "yes" if when else "no"


def day(value: date | None) -> str:
    """Return the cell of a calendar day that may be unknown."""
    return value.isoformat() if value else ""


def local(value: datetime) -> str:
    """Return the cell of a moment as German clocks show it, with offset."""
    return value.isoformat(timespec="seconds")
