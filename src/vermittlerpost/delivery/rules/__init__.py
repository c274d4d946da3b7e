"""How a letter may travel, what software finds of it, and how the mailbox lists, finds and orders what has arrived."""

from vermittlerpost.delivery.rules.listing import (
    BY_HAND,
    SUPERSEDED,
    Criteria,
    Cursor,
    Page,
    Row,
    Sort,
    Standing,
)
from vermittlerpost.delivery.rules.shipping import (
    NOT_URGENT,
    Alarm,
    Alike,
    Caller,
    Content,
    Detail,
    Line,
    Overdue,
    ShipmentErased,
    alarms_of,
)
from vermittlerpost.delivery.rules.travelling import (
    BY_POST,
    GOES_AGAIN,
    BatchReceipt,
    BatchState,
    Channel,
    Listing,
    Parcel,
    ReceiptKind,
    Return,
    State,
    choose,
)
from vermittlerpost.delivery.rules.words import Term, folded, lexemes_of, sought, terms_of

__all__ = [
    "BY_HAND", "BY_POST", "GOES_AGAIN", "NOT_URGENT", "SUPERSEDED", "Alarm", "Alike", "BatchReceipt",
    "BatchState", "Caller", "Channel", "Content", "Criteria", "Cursor", "Detail", "Line", "Listing", "Overdue",
    "Page", "Parcel", "ReceiptKind", "Return", "Row", "ShipmentErased", "Sort", "Standing", "State", "Term",
    "alarms_of", "choose", "folded", "lexemes_of", "sought", "terms_of",
]  # fmt: skip
