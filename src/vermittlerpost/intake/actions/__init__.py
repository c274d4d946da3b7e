"""Take in what comes: files row by row, messages in their order."""

from vermittlerpost.intake.actions.clearing import (
    approve_cancellation,
    clear_with_evb,
    dismiss_application,
    dismiss_notice,
    sort_application,
    sort_notice,
)
from vermittlerpost.intake.actions.documents import put_documents
from vermittlerpost.intake.actions.erasing import erase_cases, erase_papers
from vermittlerpost.intake.actions.evbs import put_evbs
from vermittlerpost.intake.actions.feeding import Feeding, Report, feed, take
from vermittlerpost.intake.actions.messages import take_messages
from vermittlerpost.intake.actions.reopening import reopen

__all__ = [
    "Feeding", "Report", "approve_cancellation", "clear_with_evb", "dismiss_application", "dismiss_notice",
    "erase_cases", "erase_papers", "feed", "put_documents", "put_evbs", "reopen", "sort_application", "sort_notice",
    "take", "take_messages",
]  # fmt: skip
