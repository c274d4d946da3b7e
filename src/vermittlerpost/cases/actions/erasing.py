"""Remove personal data when they need no longer be kept, unless a legal matter needs them."""

from collections.abc import Sequence

from django.db import transaction

from vermittlerpost.cases import events, queries
from vermittlerpost.cases.models import Cancellation, Case, Inquiry, Pause, Plate
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

ERASED = "gelöscht"
"""What stands where a plate stood."""
_EMPTY = dict.fromkeys(
    (
        *("evb", "season", "vin", "hsn", "tsn", "authority", "hold_reason"),
        *("policyholder_name", "policyholder_street", "policyholder_postcode", "policyholder_city"),
        *("keeper_name", "keeper_street", "keeper_postcode", "keeper_city"),
    ),
    "",
)


class NoSuchCase(Refused):
    """There is no such case, or its data are gone."""

    code = "no_such_case"


@transaction.atomic
def hold_legally(*, case: str, reason: str, by: str) -> None:
    """Keep a case's data however old they get; refuses an unknown case and one whose data are gone."""
    _set_hold(case, reason, events.LEGALLY_HELD, reason, by=by)


@transaction.atomic
def release_legally(*, case: str, reason: str, by: str) -> None:
    """Let a case's data be erased when their time has come; refuses what `hold_legally` refuses."""
    _set_hold(case, "", events.LEGALLY_RELEASED, reason, by=by)


def _set_hold(case: str, hold: str, kind: Kind, reason: str, *, by: str) -> None:
    if not Case.objects.filter(id=case, erased_on=None).update(legal_hold=hold):
        raise NoSuchCase("Den Vorgang {case} gibt es nicht, oder seine Angaben sind gelöscht.", case=case)
    journal.record([Event(kind=kind, subject=case, data={"reason": reason})], by=by)


@transaction.atomic
def erase(cases: Sequence[str], *, by: str) -> list[str]:
    """Remove what is personal in closed cases and their letters, and return the hashes of PDFs that may go.

    What was done, when and by whom stays in the journal, and the hashes of the letters with it. A case that is open,
    held legally or erased already is passed over.
    """
    rows = queries.to_be_erased().filter(id__any_of=list(cases)).select_for_update().order_by("id")
    ids = list(rows.values_list("id", flat=True))
    Case.objects.filter(id__any_of=ids).update(**_EMPTY, plate=ERASED, registered_on=None, erased_on=clock.today())
    Plate.objects.filter(case__any_of=ids).delete()
    Pause.objects.filter(case__any_of=ids).update(note="")
    Inquiry.objects.filter(case__any_of=ids).update(text="", answer="")
    Cancellation.objects.filter(case__any_of=ids).update(reason="", answer="", settled_reason="")
    gone = delivery.erase(ids)
    journal.record(
        [Event(kind=events.ERASED, subject=case, data={"letters": gone.letters.get(case, 0)}) for case in ids], by=by
    )
    return gone.hashes
