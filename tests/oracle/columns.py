"""Say of every column of every input file what a cell may hold and what it then means."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from . import plates
from .days import BERLIN

Reader = Callable[[str], Any]

LAENDER = tuple(f"DE-{land}" for land in "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH".split())
RIGHTS = ("basic", "view_portfolio", "document_archive")
CATEGORIES = (
    "important_letters",
    "urgent_reminders",
    "archive_document",
    "portfolio_event",
    "statement_available",
    "news",
)
OPENING = ("registration", "holder_change", "re_registration")
STOPPING = ("other_insurer", "deregistration")
NOTICE_KINDS = (*OPENING, *STOPPING, "plate_change", "withdrawn")
SHORTEST_SEASON, LONGEST_SEASON = 2, 11


def text(cell: str) -> str:
    if not cell:
        raise ValueError("empty")
    return cell


def optional(reader: Reader) -> Reader:
    return lambda cell: reader(cell) if cell else None


def one_of(*words: str) -> Reader:
    return lambda cell: words[words.index(cell)]


def shaped(pattern: str) -> Reader:
    """Accept what has this form once it is in upper case."""
    form = re.compile(pattern)

    def reader(cell: str) -> str:
        if not form.fullmatch(cell.upper()):
            raise ValueError(cell)
        return cell.upper()

    return reader


def listed(reader: Reader) -> Reader:
    """Accept any number of entries, separated by `|` or `;`."""
    return lambda cell: tuple(reader(entry.strip()) for entry in re.split(r"[|;]", cell) if entry.strip())


def yes_no(cell: str) -> bool:
    return {"yes": True, "no": False}[one_of("yes", "no")(cell)]


def day(cell: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        raise ValueError(cell)
    return date.fromisoformat(cell)


def moment(cell: str) -> datetime:
    """Read RFC 3339; without a zone it is Europe/Berlin."""
    written = cell.upper().replace(" ", "T")
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?", written):
        raise ValueError(cell)
    value = datetime.fromisoformat(written)
    return (value if value.tzinfo else value.replace(tzinfo=BERLIN)).astimezone(UTC)


def address(cell: str) -> str:
    """Read an e-mail address; addresses are compared in lower case."""
    if not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", cell):
        raise ValueError(cell)
    return cell.lower()


def season(cell: str) -> str:
    """Read `04-10`: two to eleven whole months, also across the year end."""
    months = re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|1[0-2])", cell)
    if not months:
        raise ValueError(cell)
    length = (int(months[2]) - int(months[1])) % 12 + 1
    if not SHORTEST_SEASON <= length <= LONGEST_SEASON:
        raise ValueError(cell)
    return cell


def evb_number(cell: str) -> str:
    """Read seven digits or letters without I and O, in any case, blanks between them or not."""
    number: str = shaped("[A-HJ-NP-Z0-9]{7}")(cell.replace(" ", ""))
    return number


vin = shaped("[A-HJ-NPR-Z0-9]{5,17}")

COLUMNS: Mapping[str, Mapping[str, Reader]] = {
    "carriers": {
        "code": text,
        "name": text,
        "legal_name": text,
        "sender_street": text,
        "sender_postcode": text,
        "sender_city": text,
        "process": one_of("kfz_standard"),
    },
    "firms": {"id": text, "name": text, "self_service": yes_no},
    "agencies": {
        "number": text,
        "parent": optional(text),
        "firm": text,
        "name": text,
        "street": text,
        "postcode": text,
        "city": text,
        "state": one_of(*LAENDER),
        "electronic_from": optional(day),
        "electronic_until": optional(day),
        "contact_name": text,
        "contact_email": address,
        "contact_phone": text,
    },
    "users": {
        "login_id": text,
        "firm": text,
        "name": text,
        "email": optional(address),
        "administrator": yes_no,
        "technical": yes_no,
        "rights": listed(one_of(*RIGHTS)),
        "assigned_agencies": listed(text),
        "active": yes_no,
    },
    "preferences": {"login_id": text, "category": one_of(*CATEGORIES), "choice": yes_no},
    "evb": {
        "number": evb_number,
        "carrier": text,
        "agency": text,
        "policyholder_name": text,
        "policyholder_street": text,
        "policyholder_postcode": text,
        "policyholder_city": text,
        "issued_on": day,
        "valid_until": optional(day),
        "kind": one_of("single", "permanent"),
    },
    "notices": {
        "message_id": text,
        "received_at": moment,
        "kind": one_of(*NOTICE_KINDS),
        "evb": optional(evb_number),
        "plate": plates.read,
        "season": optional(season),
        "vin": optional(vin),
        "hsn": optional(shaped("[A-Z0-9]{4}")),
        "tsn": optional(shaped("[A-Z0-9]{3}")),
        "keeper_name": text,
        "keeper_street": text,
        "keeper_postcode": text,
        "keeper_city": text,
        "registered_on": optional(day),
        "authority": optional(text),
    },
    "applications": {
        "application_id": text,
        "received_at": moment,
        "evb": optional(evb_number),
        "plate": optional(plates.read),
        "vin": optional(vin),
        "agency": optional(text),
    },
}


def wrong_together(kind: str, values: Mapping[str, Any]) -> str | None:
    """Name the column that is wrong only beside another one."""
    if kind == "agencies" and values["electronic_until"]:
        begins = values["electronic_from"]
        return "electronic_until" if not begins or values["electronic_until"] < begins else None
    if kind == "notices" and not (values["evb"] or values["vin"]):
        return "evb"
    if kind == "applications" and not (values["evb"] or values["plate"] or values["vin"]):
        return "evb"
    return None
