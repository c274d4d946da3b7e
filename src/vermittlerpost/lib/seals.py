"""Seals: a short mark beside an id, by which the house knows again what it wrote itself."""

import hmac

_LENGTH = 12


def seal(text: str, key: str) -> str:
    """Return the mark of a text, which only who has the key can make (HMAC-SHA-256, its first 48 bits)."""
    return hmac.digest(key.encode(), text.encode(), "sha256").hex()[:_LENGTH]


def is_sealed(text: str, mark: str, key: str) -> bool:
    """Tell whether a mark is that of a text; how much of it is right cannot be told from the time that this takes."""
    return hmac.compare_digest(seal(text, key), mark)
