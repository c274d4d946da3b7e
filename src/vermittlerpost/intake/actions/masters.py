"""Hand rows of master data to the rooms that keep them."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import rules
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.intake.formats.agencies import AgencyRow
from vermittlerpost.intake.formats.carriers import CarrierRow
from vermittlerpost.intake.formats.firms import FirmRow
from vermittlerpost.intake.formats.preferences import PreferenceRow
from vermittlerpost.intake.formats.users import UserRow
from vermittlerpost.lib.verdicts import Objection, Verdict
from vermittlerpost.notifications import actions as notifications

T = TypeVar("T")
_NO_PROCESS = "Diesen Prozess gibt es nicht."


def put_carriers(rows: Sequence[CarrierRow], *, by: str) -> list[Verdict]:
    """Put carriers; refuses one whose process is unknown."""
    processes = {process.name for process in PROCESSES.values()}
    good = [row for row in rows if row.process in processes]
    verdicts = iter(agencies.put_carriers(_as(rules.CarrierRow, good), by=by))
    return [next(verdicts) if row.process in processes else Objection("process", _NO_PROCESS) for row in rows]


def put_firms(rows: Sequence[FirmRow], *, by: str) -> list[Verdict]:
    """Put firms."""
    return agencies.put_firms(_as(rules.FirmRow, rows), by=by)


def put_agencies(rows: Sequence[AgencyRow], *, by: str) -> list[Verdict]:
    """Put agencies."""
    return agencies.put_agencies(_as(rules.AgencyRow, rows), by=by)


def put_users(rows: Sequence[UserRow], *, by: str) -> list[Verdict]:
    """Put users."""
    return agencies.put_users(_as(rules.UserRow, rows), by=by)


def put_preferences(rows: Sequence[PreferenceRow], *, by: str) -> list[Verdict]:
    """Put explicit choices."""
    return notifications.put_preferences(
        [notifications.Choice(login_id=row.login_id, category=row.category, wanted=row.choice) for row in rows],
        by=by,
    )


def _as(kind: type[T], rows: Sequence[Any]) -> list[T]:
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    return [kind(**{name: getattr(row, name) for name in names}) for row in rows]
