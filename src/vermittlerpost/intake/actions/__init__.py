"""Take in what comes: files row by row, messages in their order."""

from vermittlerpost.intake.actions.documents import put_documents
from vermittlerpost.intake.actions.evbs import put_evbs
from vermittlerpost.intake.actions.feeding import Feeding, Report, feed, take
from vermittlerpost.intake.actions.messages import take_messages

__all__ = ["Feeding", "Report", "feed", "put_documents", "put_evbs", "take", "take_messages"]
