"""Ask how letters travel, and what lies in the mailbox."""

from vermittlerpost.delivery.queries.deliveries import (
    batches,
    deliveries_of,
    everything_issued,
    mailbox_of,
    receipts_of,
    to_print,
)
from vermittlerpost.delivery.queries.entries import among, colleagues, entries_of, entry, unread
from vermittlerpost.delivery.queries.pages import everything, mailbox
from vermittlerpost.delivery.queries.pressing import due_days, pressing

__all__ = [
    "among", "batches", "colleagues", "deliveries_of", "due_days", "entries_of", "entry", "everything",
    "everything_issued", "mailbox", "mailbox_of", "pressing", "receipts_of", "to_print", "unread",
]  # fmt: skip
