"""What a look at the house finds."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one look found: `ok`, something to know, or something that must be mended."""

    subject: str
    is_ok: bool
    sentence: str
