"""Hand what comes back from the print shop and the post to the room that keeps it."""

from collections.abc import Sequence

from vermittlerpost.delivery import actions as delivery
from vermittlerpost.delivery.rules import BatchReceipt, Return
from vermittlerpost.intake.formats.print_receipts import PrintReceiptRow
from vermittlerpost.intake.formats.returns import ReturnRow
from vermittlerpost.lib.verdicts import Verdict


def put_print_receipts(rows: Sequence[PrintReceiptRow], *, by: str) -> list[Verdict]:
    """Note which batches the print shop has."""
    receipts = [
        BatchReceipt(
            batch=row.batch,
            sha256=row.pdf_sha256,
            letters=row.letters,
            received_at=row.received_at,
            printed_at=row.printed_at,
        )
        for row in rows
    ]
    return delivery.confirm_batches(receipts, by=by)


def put_returns(rows: Sequence[ReturnRow], *, by: str) -> list[Verdict]:
    """Note which letters came back."""
    returns = [Return(letter=row.letter, returned_on=row.returned_on, reason=row.reason) for row in rows]
    return delivery.note_returns(returns, by=by)
