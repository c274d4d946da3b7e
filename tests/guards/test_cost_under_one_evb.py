"""What a message reads, in rows and pages, however many vehicles a fleet has registered under one permanent eVB."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import connection, transaction
from tests import acts

from vermittlerpost.cases.models import Case
from vermittlerpost.cases.rules import CloseReason, State
from vermittlerpost.intake.formats.applications import ApplicationRow
from vermittlerpost.intake.formats.notices import NoticeRow

FLEET, SMALL_FLEET = "FLT0001", "FLT0002"
FEW, MANY = 30, 1500
WHERE_KEYS_HAPPEN_TO_LIE = 1.1

pytestmark = pytest.mark.usefixtures("stage")


@dataclass(kw_only=True)
class Reading:
    """Count what statements read, by having PostgreSQL explain each before it is run."""

    rows: int = 0
    pages: int = 0

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if isinstance(sql, str) and sql.lstrip().startswith("SELECT"):
            plan = self._explained(sql, params)
            self.rows += plan["Actual Rows"]
            self.pages += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        return execute(sql, params, many, context)

    def _explained(self, sql: str, params: Any) -> dict[str, Any]:
        with connection.connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
            (explained,) = cursor.fetchone()
        plan: dict[str, Any] = (json.loads(explained) if isinstance(explained, str) else explained)[0]["Plan"]
        return plan


def registration(number: int, fleet: str = FLEET) -> NoticeRow:
    """Return the registration of a vehicle of a fleet."""
    return acts.notice(f"Z-{number:05}", evb=fleet, vin=f"WVWZZZ1JZ3W{number:06}", plate=f"K-AA {number + 1}")


def grow(numbers: range, fleet: str = FLEET) -> None:
    """Register vehicles of a fleet, of which every other has its application already."""
    acts.receive(*(registration(number, fleet) for number in numbers))
    answered = [f"Z-{number:05}" for number in numbers if number % 2]
    Case.objects.filter(message_id__in=answered).update(state=State.CLOSED, close_reason=CloseReason.APPLICATION)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case, cases_plate, intake_notice, intake_application, journal_chain")


def read_by(*messages: NoticeRow | ApplicationRow) -> Reading:
    """Return what it takes to take messages, and have them never taken."""
    reading = Reading()
    with transaction.atomic(), connection.execute_wrapper(reading):
        # Tables as small as a test can make are cheapest to read as a whole; those of an installation never are.
        connection.cursor().execute("SET LOCAL enable_seqscan = off")
        acts.receive(*messages)
        transaction.set_rollback(True)
    return reading


NEW = 8000
KNOWN = registration(0)
MESSAGES: dict[str, Sequence[NoticeRow | ApplicationRow]] = {
    "registrations": [registration(number) for number in range(NEW, NEW + 20)],
    "a stop signal": [replace(KNOWN, message_id="S-1", kind="deregistration")],
    "a stop signal without VIN": [replace(KNOWN, message_id="S-1", kind="deregistration", vin="")],
    "a new plate": [replace(KNOWN, message_id="S-1", kind="plate_change", plate="K-BB 1")],
    "a withdrawal": [replace(KNOWN, kind="withdrawn")],
    "an application": [acts.application("A-1", "2026-02-10 10:00", evb=FLEET, vin=KNOWN.vin)],
    "an application of another vehicle": [acts.application("A-1", "2026-02-10 10:00", evb=FLEET, vin=acts.VIN)],
    "an application without VIN": [acts.application("A-1", "2026-02-10 10:00", evb=FLEET, plate=KNOWN.plate)],
}


def test_a_message_reads_as_many_rows_however_many_cases_its_permanent_evb_has() -> None:
    acts.confirm(FLEET, kind="permanent")
    grow(range(FEW))
    among_few = {name: read_by(*messages).rows for name, messages in MESSAGES.items()}
    grow(range(FEW, MANY))
    assert {name: read_by(*messages).rows for name, messages in MESSAGES.items()} == among_few


def test_a_registration_touches_as_many_pages_however_many_cases_its_permanent_evb_has() -> None:
    # Both fleets lie in the same tables, so that the indexes are as high for one as for the other.
    for fleet, numbers in ((SMALL_FLEET, range(FEW)), (FLEET, range(FEW, MANY))):
        acts.confirm(fleet, kind="permanent")
        grow(numbers, fleet)
    # What was taken back leaves rows behind that the next reading passes over: the first of all would have none.
    _, among_few, among_many = (pages_of(fleet) for fleet in (FLEET, SMALL_FLEET, FLEET))
    assert among_many <= WHERE_KEYS_HAPPEN_TO_LIE * among_few


def pages_of(fleet: str) -> int:
    """Return how many pages it takes to register twenty more vehicles of a fleet."""
    return read_by(*(registration(number, fleet) for number in range(NEW, NEW + 20))).pages
