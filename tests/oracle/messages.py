"""Read notices and applications and put them into the order in which they are fed."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from .files import Refused, Row, good_rows
from .plates import Plate

Identity = tuple[str, bool]


@dataclass(frozen=True)
class Notice:
    """A message of the authority: a registration, a stop signal, a new plate, or a withdrawal."""

    message_id: str
    received_at: datetime
    kind: str
    evb: str | None
    plate: Plate
    vin: str | None
    keeper: str
    registered_on: date | None


@dataclass(frozen=True)
class Application:
    application_id: str
    received_at: datetime
    evb: str | None
    plate: Plate | None
    vin: str | None


Message = Notice | Application


def load(world: Path, refused: Refused) -> list[Message]:
    """Read all messages; at the same instant notices come before applications, then by id."""
    notices = [_notice(row) for row in _first_said(good_rows(world, "notices", refused), refused)]
    applications = [_application(row) for row in _first_said(good_rows(world, "applications", refused), refused)]
    notices.sort(key=lambda notice: (notice.received_at, notice.message_id, notice.kind == "withdrawn"))
    applications.sort(key=lambda application: (application.received_at, application.application_id))
    return sorted([*notices, *applications], key=lambda message: message.received_at)


def _first_said(rows: list[Row], refused: Refused) -> list[Row]:
    """Keep what is new; word for word again changes nothing, a known id with other content is refused."""
    known: dict[Identity, Row] = {}
    for row in rows:
        first = known.setdefault(_identity(row), row)
        for column in first.values:
            if row[column] != first[column]:
                refused.note(row, column)
                break
    return list(known.values())


def _identity(row: Row) -> Identity:
    """A withdrawal bears the id of the notice that it withdraws, and yet is another message."""
    if "message_id" in row.values:
        return row["message_id"], row["kind"] == "withdrawn"
    return row["application_id"], False


def _notice(row: Row) -> Notice:
    return Notice(
        message_id=row["message_id"],
        received_at=row["received_at"],
        kind=row["kind"],
        evb=row["evb"],
        plate=row["plate"],
        vin=row["vin"],
        keeper=row["keeper_name"],
        registered_on=row["registered_on"],
    )


def _application(row: Row) -> Application:
    return Application(
        application_id=row["application_id"],
        received_at=row["received_at"],
        evb=row["evb"],
        plate=row["plate"],
        vin=row["vin"],
    )
