"""Ask how letters travel, and what lies in the mailbox."""

from vermittlerpost.delivery.queries.deliveries import (
    Returns,
    arrivals_in,
    arrived,
    batches,
    channel_on,
    deliveries_of,
    everything_issued,
    mailbox_of,
    receipts_of,
    returned,
    returns_since,
    to_print,
)
from vermittlerpost.delivery.queries.entries import among, assigned, colleagues, entries_of, entry, unread
from vermittlerpost.delivery.queries.pages import everything, mailbox
from vermittlerpost.delivery.queries.pressing import due_days, pressing
from vermittlerpost.delivery.queries.printing import handed_over_last, stuck_batches, unconfirmed_batches
from vermittlerpost.delivery.queries.shipments import (
    all_software,
    left_lying,
    overdue,
    pages_of_shipments,
    shipment,
    shipments,
    software_of,
    uncollected,
)

__all__ = [
    "Returns", "all_software", "among", "arrivals_in", "arrived", "assigned", "batches", "channel_on", "colleagues",
    "deliveries_of", "due_days", "entries_of", "entry", "everything", "everything_issued", "handed_over_last",
    "left_lying", "mailbox", "mailbox_of", "overdue", "pages_of_shipments", "pressing", "receipts_of", "returned",
    "returns_since", "shipment", "shipments", "software_of", "stuck_batches", "to_print", "uncollected",
    "unconfirmed_batches", "unread",
]  # fmt: skip
