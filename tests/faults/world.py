"""A world so small that everything in it can be counted: six letters on one morning, by mail and by post."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from vermittlerpost.intake.formats import FORMATS

ELECTRONIC, PAPER = "0047110", "0047120"
CARRIERS = ("UH", "FW")
LONG_AGO = "2026-03-02T06:00:00+01:00"
REQUESTED = "2026-03-16T07:00:00+01:00"
LATELY = "2026-03-17T06:00:00+01:00"
MORNING = "2026-03-31T07:00:00+02:00"
SOON = "2026-03-31T07:20:00+02:00"
LATER = "2026-03-31T10:00:00+02:00"
"""What came in long ago is reminded of, what came in lately is asked for.
Soon both kinds of mail have left, later every lease has run out.
"""


def masters(folder: Path) -> list[str]:
    """Write carriers, a firm, two agencies and three users, two of whom are mailed."""
    return [
        write(folder, "carriers", [{"code": code, "process": "kfz_standard"} for code in CARRIERS]),
        write(folder, "firms", [{"id": "F001"}]),
        write(
            folder,
            "agencies",
            [
                {"number": ELECTRONIC, "parent": "", "electronic_from": "2020-01-01", "electronic_until": ""},
                {"number": PAPER, "parent": "", "electronic_from": "", "electronic_until": ""},
            ],
        ),
        write(
            folder,
            "users",
            [
                user("chefin", administrator="yes"),
                user("agentur", assigned_agencies=ELECTRONIC),
                user("buero"),
            ],
        ),
    ]


def user(login_id: str, **cells: str) -> dict[str, str]:
    """Return a user's row."""
    plain = {"administrator": "no", "rights": "basic|view_portfolio", "assigned_agencies": ""}
    return {"login_id": login_id, "email": f"{login_id}@makler.example", **plain, **cells}


def registrations(
    folder: Path, numbers: Sequence[int], *, agency: str, received_at: str, carrier: str = "UH"
) -> list[str]:
    """Write eVBs of an agency and the notices that use them."""
    return [
        write(folder, "evb", [_evb(number, agency, carrier) for number in numbers]),
        write(folder, "notices", [_notice(number, received_at) for number in numbers]),
    ]


def signals(folder: Path, kinds: Mapping[int, str], *, received_at: str) -> str:
    """Write notices of other kinds about vehicles; a changed plate is one that no vehicle here has had."""
    rows = []
    for number, kind in kinds.items():
        borne = plate(number + 1000) if kind == "plate_change" else plate(number)
        rows.append({**_notice(number, received_at), "message_id": f"S{number}", "kind": kind, "plate": borne})
    return write(folder, "notices", rows)


def applications(folder: Path, numbers: Sequence[int], *, received_at: str, by: str = "evb") -> str:
    """Write the applications that end cases; `by` is the one thing that they say about the vehicle."""
    marks = {"evb": evb, "vin": vin, "plate": plate}
    nothing = dict.fromkeys(marks, "")
    rows = [
        {"application_id": f"A{number}", "received_at": received_at, **nothing, by: marks[by](number)}
        for number in numbers
    ]
    return write(folder, "applications", rows)


def evb(number: int) -> str:
    """Return the eVB of a vehicle."""
    return f"Q{number:06}"


def vin(number: int) -> str:
    """Return the VIN of a vehicle."""
    return f"WVWZZZ1JZ{number:08}"


def plate(number: int) -> str:
    """Return the plate of a vehicle."""
    return f"K-{chr(65 + number // 9000 % 26)} {1000 + number % 9000}"


def _evb(number: int, agency: str, carrier: str) -> dict[str, str]:
    return {"number": evb(number), "carrier": carrier, "agency": agency, "valid_until": ""}


def _notice(number: int, received_at: str) -> dict[str, str]:
    own = {"message_id": f"Z{number}", "evb": evb(number), "vin": vin(number), "plate": plate(number)}
    return own | {"received_at": received_at, "season": "", "registered_on": received_at[:10]}


def write(folder: Path, name: str, rows: Sequence[Mapping[str, str]]) -> str:
    """Write an input file; columns that a row does not name are filled with the examples of their format."""
    examples = {column.name: column.example for column in FORMATS[name].columns}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(examples), delimiter=";")
        table.writeheader()
        for row in rows:
            assert row.keys() <= examples.keys(), row.keys() - examples.keys()
            table.writerow({**examples, **row})
    return str(path)
