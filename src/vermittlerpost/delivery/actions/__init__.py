"""Bring letters to their agencies, and note what becomes of them."""

from vermittlerpost.delivery.actions.erasing import clear_erased, erase
from vermittlerpost.delivery.actions.lingering import retry_batch, settle_batch
from vermittlerpost.delivery.actions.posting import confirm_batches, hand_over_due, send
from vermittlerpost.delivery.actions.printing import build_batches, clear_recalled, hand_over, note_return, recall
from vermittlerpost.delivery.actions.receipts import record_receipt, record_receipts
from vermittlerpost.delivery.actions.reissuing import reissue
from vermittlerpost.delivery.actions.returning import note_returns, send_again, settle_return
from vermittlerpost.delivery.actions.sending import dispatch, is_provided, wait_for_printing, withdraw
from vermittlerpost.delivery.actions.shipping import acknowledge, note_fetched, note_listed, watch
from vermittlerpost.delivery.actions.working import (
    NoColleague,
    assign,
    mark_done,
    mark_read,
    mark_unread,
    reopen,
    settle,
    supersede,
)

__all__ = [
    "NoColleague", "acknowledge", "assign", "build_batches", "clear_erased", "clear_recalled", "confirm_batches",
    "dispatch", "erase", "hand_over", "hand_over_due", "is_provided", "mark_done", "mark_read", "mark_unread",
    "note_fetched", "note_listed", "note_return", "note_returns", "recall", "record_receipt", "record_receipts",
    "reissue", "reopen", "retry_batch", "send", "send_again", "settle", "settle_batch", "settle_return", "supersede",
    "wait_for_printing", "watch", "withdraw",
]  # fmt: skip
