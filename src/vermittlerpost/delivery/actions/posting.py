"""Bring print batches to the print shop, and note what it answers."""

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from vermittlerpost.delivery import events
from vermittlerpost.delivery.actions.printing import hand_over
from vermittlerpost.delivery.models import Delivery, PrintBatch, Receipt
from vermittlerpost.delivery.rules import BatchReceipt, BatchState, ReceiptKind
from vermittlerpost.delivery.transports import Shop, ShopAway
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import bulk, clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.locks import alone
from vermittlerpost.lib.storage import Folder
from vermittlerpost.lib.verdicts import Accepted, Known, Objection, Verdict

_log = logging.getLogger(__name__)

_UNKNOWN = "Einen übergebenen Druckstapel mit dieser Nummer gibt es nicht."
_OTHER_FILE = "Die Druckerei hat eine andere Datei als die übergebene; der Stapel darf so nicht gedruckt werden."
_OTHER_NUMBER = "Die Druckerei zählt eine andere Zahl von Schreiben, als im Stapel sind."


class DamagedBatch(Refused):
    """The PDF of a batch is no longer what was built."""

    code = "damaged_batch"


def hand_over_due(*, after: timedelta, by: str) -> list[str]:
    """Hand over each batch that could be recalled for long enough, and return which; others wait."""
    due = PrintBatch.objects.filter(state=BatchState.BUILT, built_at__lte=clock.now() - after)
    batches = list(due.order_by("built_at", "id").values_list("id", flat=True))
    for batch in batches:
        hand_over(batch, by=by)
    return batches


def send(files: Folder, shop: Shop, *, by: str) -> list[str]:
    """Lay the files of batches that are handed over at the print shop, and return which arrived.

    One process at a time does so, and no transaction is open meanwhile: a batch that is laid there twice is the same
    files. One that cannot be laid there holds up no other, is tried again, and is stuck in the end.
    """
    with alone("print_shop") as is_mine:
        return list(_send_waiting(files, shop, by=by)) if is_mine else []


def _send_waiting(files: Folder, shop: Shop, *, by: str) -> Iterator[str]:
    waiting = PrintBatch.objects.filter(sent_at=None).exclude(to_send_since=None).order_by("to_send_since", "id")
    for batch in waiting:
        try:
            shop.lay(_files_of(batch, files))
        except (DamagedBatch, OSError) as error:
            _log.error("print_batch_not_sent", extra={"batch": batch.id, "error": type(error).__name__})
            if isinstance(error, ShopAway):
                return  # who does not answer about this batch does not about the next
        else:
            _note_sent(batch, by=by)
            yield batch.id


def _files_of(batch: PrintBatch, files: Folder) -> dict[str, bytes]:
    """Return PDF and manifest, and their checksums last: who sees these has the rest."""
    contents = {f"{batch.id}.{kind}": files.read(f"{batch.id}.{kind}") for kind in ("pdf", "csv")}
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    if sums[f"{batch.id}.pdf"] != batch.sha256:
        raise DamagedBatch("Das PDF des Druckstapels {batch} ist beschädigt.", batch=batch.id)
    return contents | {f"{batch.id}.sha256": "".join(f"{sha256}  {name}\n" for name, sha256 in sums.items()).encode()}


@transaction.atomic
def _note_sent(batch: PrintBatch, *, by: str) -> None:
    if PrintBatch.objects.filter(id=batch.id, sent_at=None).update(sent_at=clock.now()):
        sent = Event(kind=events.BATCH_SENT, subject=f"batch:{batch.id}", data={"sha256": batch.sha256})
        journal.record([sent], by=by)


@transaction.atomic
def confirm_batches(receipts: Sequence[BatchReceipt], *, by: str) -> list[Verdict]:
    """Note that the print shop has batches; refuses what was not handed over, and another file or number of letters."""
    wanted = PrintBatch.objects.select_for_update().filter(id__in=[one.batch for one in receipts])
    handed_over = {batch.id: batch for batch in wanted.filter(state=BatchState.HANDED_OVER).order_by("id")}
    confirmed: dict[str, BatchReceipt] = {}
    verdicts = [_judge(one, handed_over.get(one.batch), confirmed) for one in receipts]
    for receipt in confirmed.values():
        PrintBatch.objects.filter(id=receipt.batch).update(confirmed_at=receipt.received_at)
        _note_printed(receipt.batch, receipt.printed_at, by=by)
    journal.record(
        [Event(kind=events.BATCH_CONFIRMED, subject=f"batch:{batch}", data={}) for batch in confirmed], by=by
    )
    return verdicts


def _judge(receipt: BatchReceipt, batch: PrintBatch | None, confirmed: dict[str, BatchReceipt]) -> Verdict:
    if batch is None:
        return Objection("batch", _UNKNOWN)
    if receipt.sha256 != batch.sha256:
        return Objection("pdf_sha256", _OTHER_FILE)
    if receipt.letters != batch.letters:
        return Objection("letters", _OTHER_NUMBER)
    if batch.confirmed_at or receipt.batch in confirmed:
        return Known()
    confirmed[receipt.batch] = receipt
    return Accepted()


def _note_printed(batch: str, at: datetime | None, *, by: str) -> None:
    """Record for each letter of a batch that it was printed, if the print shop says when."""
    if at is None:
        return
    inside: Mapping[str, str] = dict(
        Delivery.objects.filter(batch=batch).order_by("letter").values_list("letter", "letter__case")
    )
    bulk.insert(
        Receipt, ["letter", "kind", "actor", "at"], [(letter, ReceiptKind.PRINTED, by, at) for letter in inside]
    )
    data = {"receipt": ReceiptKind.PRINTED.value, "actor": by}
    journal.record(
        [Event(kind=events.RECEIVED, subject=case, data={"letter": letter} | data) for letter, case in inside.items()],
        by=by,
    )
