"""Record what happened to a letter at its agency."""

from django.db import transaction

from vermittlerpost.delivery import events
from vermittlerpost.delivery.models import Receipt
from vermittlerpost.delivery.rules import ReceiptKind
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock


@transaction.atomic
def record_receipt(*, letter: str, case: str, kind: ReceiptKind, by: str) -> None:
    """Record a moment of a letter with its actor; the same moment by the same actor may occur again and again."""
    Receipt.objects.create(letter_id=letter, kind=kind, actor=by, at=clock.now())
    data = {"letter": letter, "receipt": kind.value, "actor": by}
    journal.record([Event(kind=events.RECEIVED, subject=case, data=data)], by=by)
