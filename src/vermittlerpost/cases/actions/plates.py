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


def change_plates(changes: Sequence[NewPlate], *, by: str) -> None:
    """Give cases their new plates, within the caller's transaction; the earlier ones stay in their history."""
    bulk.insert(
        Plate,
        ["case", "plate", "key", "since"],
        [(new.case, new.plate, new.plate_key, new.since) for new in changes],
    )
    newest = {new.case: new for new in changes}
    bulk.update(Case, ["plate", "season"], [(case, new.plate, new.season) for case, new in newest.items()])
    journal.record(
        [Event(kind=events.PLATE_CHANGED, subject=new.case, data={"message_id": new.message_id}) for new in changes],
        by=by,
    )
