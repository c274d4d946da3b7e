"""What a document is before it is provided."""

from dataclasses import dataclass
from datetime import datetime

ERASED = ""
"""What a document is called when that need no longer be kept."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A document that is to be put before an agency."""

    document_id: str
    received_at: datetime
    category: str
    agency: str
    title: str
