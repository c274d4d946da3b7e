"""Bring letters to their agencies, and note what becomes of them."""

from vermittlerpost.delivery.actions.printing import build_batches, clear_recalled, hand_over, note_return, recall
from vermittlerpost.delivery.actions.receipts import record_receipt
from vermittlerpost.delivery.actions.sending import dispatch, is_provided, wait_for_printing, withdraw

__all__ = [
    "build_batches",
    "clear_recalled",
    "dispatch",
    "hand_over",
    "is_provided",
    "note_return",
    "recall",
    "record_receipt",
    "wait_for_printing",
    "withdraw",
]
