"""Deal with print batches that have been left lying on their way to the print shop."""

from django.db import transaction
from django.db.models import QuerySet

from vermittlerpost.delivery import events
from vermittlerpost.delivery.actions.printing import PRINTING, NoSuchBatch, recall_in
from vermittlerpost.delivery.models import PrintBatch
from vermittlerpost.delivery.rules import BatchState
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.lib import clock
from vermittlerpost.lib.locks import take_turns


@transaction.atomic
def retry_batch(batch: str, *, reason: str, by: str) -> None:
    """Try again: the files of a batch that is handed over are laid at the print shop once more.

    One that is not handed over is recalled, and its letters go into the next. Refuses one that the print shop has.
    """
    take_turns(PRINTING)
    if _unconfirmed(batch).update(to_send_since=clock.now(), sent_at=None):
        _record(events.BATCH_SENT_AGAIN, batch, reason, by=by)
    else:
        recall_in(batch, [BatchState.BUILDING, BatchState.BUILT], reason=reason, by=by)


@transaction.atomic
def settle_batch(batch: str, *, reason: str, by: str) -> None:
    """Note that the print shop has a batch though it has not said so itself; refuses one that it cannot have."""
    take_turns(PRINTING)
    if not _unconfirmed(batch).update(confirmed_at=clock.now()):
        raise NoSuchBatch("Der Druckstapel {batch} ist nicht übergeben oder schon bestätigt.", batch=batch)
    _record(events.BATCH_SETTLED, batch, reason, by=by)


def _unconfirmed(batch: str) -> QuerySet[PrintBatch]:
    handed_over = PrintBatch.objects.filter(id=batch, state=BatchState.HANDED_OVER, confirmed_at=None)
    return handed_over.exclude(to_send_since=None)


def _record(kind: Kind, batch: str, reason: str, *, by: str) -> None:
    journal.record([Event(kind=kind, subject=f"batch:{batch}", data={"reason": reason})], by=by)
