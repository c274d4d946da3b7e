"""Record what happened to letters at their agency."""

from collections.abc import Mapping

from django.db import transaction

from vermittlerpost.delivery import events
from vermittlerpost.delivery.actions.working import mark_read
from vermittlerpost.delivery.models import Receipt
from vermittlerpost.delivery.rules import ReceiptKind
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import bulk, clock


def record_receipt(*, letter: str, case: str, kind: ReceiptKind, by: str) -> None:
    """Record a moment of a letter with its actor; the same moment by the same actor may occur again and again."""
    record_receipts(letters={letter: case}, kind=kind, by=by)


@transaction.atomic
def record_receipts(*, letters: Mapping[str, str], kind: ReceiptKind, by: str) -> None:
    """Record the same moment of many letters (letter -> case); what is displayed to a person is read with that."""
    if kind is ReceiptKind.DISPLAYED:
        mark_read(letters=list(letters), by=by)
    now = clock.now()
    bulk.insert(Receipt, ["letter", "kind", "actor", "at"], [(letter, kind, by, now) for letter in letters])
    data = {"receipt": kind.value, "actor": by}
    journal.record(
        [Event(kind=events.RECEIVED, subject=case, data={"letter": letter} | data) for letter, case in letters.items()],
        by=by,
    )
