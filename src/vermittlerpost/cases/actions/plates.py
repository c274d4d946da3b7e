"""Keep the plates that a case has had."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vermittlerpost.cases import events
from vermittlerpost.cases.models import Case, Plate
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import bulk


@dataclass(frozen=True, kw_only=True)
class NewPlate:
    """A plate that the vehicle of a case bears from a day on."""

    case: str
    message_id: str
    plate: str
    plate_key: str
    season: str
    since: date


def add_plate(new: NewPlate, *, by: str) -> None:
    """Give a case a plate of which is known late, within the caller's transaction.

    If its vehicle has borne another one since, only the history has one more.
    """
    if Plate.objects.filter(case=new.case, since__gt=new.since).exists():
        _keep([new], by=by)
    else:
        change_plates([new], by=by)


def change_plates(changes: Sequence[NewPlate], *, by: str) -> None:
    """Give cases their new plates, within the caller's transaction; the earlier ones stay in their history."""
    newest = {new.case: new for new in changes}
    bulk.update(Case, ["plate", "season"], [(case, new.plate, new.season) for case, new in newest.items()])
    _keep(changes, by=by)


def _keep(changes: Sequence[NewPlate], *, by: str) -> None:
    bulk.insert(
        Plate,
        ["case", "plate", "key", "since"],
        [(new.case, new.plate, new.plate_key, new.since) for new in changes],
    )
    journal.record(
        [Event(kind=events.PLATE_CHANGED, subject=new.case, data={"message_id": new.message_id}) for new in changes],
        by=by,
    )
