"""How entries of one subject are chained, so that a changed or missing one is noticed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = b""

STANDSTILL = timedelta(minutes=5)
"""Workers that made no round for longer than this stood still."""

_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, kw_only=True)
class Link:
    """Hold what an entry's hash covers."""

    at: datetime
    kind: str
    actor: str
    subject: str
    position: int
    data: Mapping[str, object]


def hash_of(link: Link, previous: bytes) -> bytes:
    """Return SHA-256 over the previous entry's hash and this entry (UTF-8; UTC; data as JSON, its keys sorted)."""
    at = link.at.astimezone(UTC).isoformat(timespec="microseconds")
    # None of them can hold the character that separates them: the database takes no text with it, JSON escapes it.
    text = "\0".join((at, link.kind, link.actor, link.subject, str(link.position), _canonical(link.data)))
    return hashlib.sha256(previous + text.encode()).digest()


def first_break(chain: Iterable[tuple[Link, bytes]]) -> int | None:
    """Return the position at which a chain, in its order, does not hold; None if it holds to its end."""
    previous = START
    for expected, (link, found) in enumerate(chain, start=1):
        if link.position != expected or hash_of(link, previous) != found:
            return expected
        previous = found
    return None


def end_of(chain: Iterable[tuple[Link, bytes]]) -> tuple[int, bytes]:
    """Return the length and last hash of a chain; of one that does not hold, where it breaks and no hash."""
    length, previous = 0, START
    for link, found in chain:
        length += 1
        if link.position != length or hash_of(link, previous) != found:
            return length, START
        previous = found
    return length, previous
