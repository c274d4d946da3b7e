"""Bring letters to their agencies, and note what becomes of them."""

from vermittlerpost.delivery.actions.printing import build_batches, clear_recalled, hand_over, note_return, recall
from vermittlerpost.delivery.actions.receipts import record_receipt, record_receipts
from vermittlerpost.delivery.actions.sending import dispatch, is_provided, wait_for_printing, withdraw
from vermittlerpost.delivery.actions.working import (
    NoColleague,
    assign,
    mark_done,
    mark_read,
    mark_unread,
    reopen,
    settle,
)

__all__ = [
    "NoColleague", "assign", "build_batches", "clear_recalled", "dispatch", "hand_over", "is_provided", "mark_done",
    "mark_read", "mark_unread", "note_return", "recall", "record_receipt", "record_receipts", "reopen", "settle",
    "wait_for_printing", "withdraw",
]  # fmt: skip
