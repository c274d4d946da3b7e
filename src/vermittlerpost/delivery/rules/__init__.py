"""How a letter may travel, and how the mailbox lists, finds and orders what has arrived."""

from vermittlerpost.delivery.rules.listing import BY_HAND, Criteria, Cursor, Page, Row, Sort, Standing
from vermittlerpost.delivery.rules.travelling import (
    BatchState,
    Channel,
    Listing,
    Parcel,
    ReceiptKind,
    State,
    choose,
)
from vermittlerpost.delivery.rules.words import Term, folded, lexemes_of, sought, terms_of

__all__ = [
    "BY_HAND", "BatchState", "Channel", "Criteria", "Cursor", "Listing", "Page", "Parcel", "ReceiptKind", "Row",
    "Sort", "Standing", "State", "Term", "choose", "folded", "lexemes_of", "sought", "terms_of",
]  # fmt: skip
