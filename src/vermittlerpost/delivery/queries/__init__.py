"""Ask how letters travel, and what lies in the mailbox."""

from vermittlerpost.delivery.queries.deliveries import (
    arrived,
    batches,
    deliveries_of,
    everything_issued,
    mailbox_of,
    receipts_of,
    returned,
    to_print,
)
from vermittlerpost.delivery.queries.entries import among, colleagues, entries_of, entry, unread
from vermittlerpost.delivery.queries.pages import everything, mailbox
from vermittlerpost.delivery.queries.pressing import due_days, pressing
from vermittlerpost.delivery.queries.shipments import (
    all_software,
    left_lying,
    overdue,
    shipment,
    shipments,
    software_of,
    uncollected,
)

__all__ = [
    "all_software", "among", "arrived", "batches", "colleagues", "deliveries_of", "due_days", "entries_of", "entry",
    "everything", "everything_issued", "left_lying", "mailbox", "mailbox_of", "overdue", "pressing", "receipts_of",
    "returned", "shipment", "shipments", "software_of", "to_print", "uncollected", "unread",
]  # fmt: skip
