"""How entries of one subject are chained, so that a changed or missing one is noticed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

START = b""


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
    """Return SHA-256 over the previous entry's hash and this entry as canonical JSON (keys sorted, UTF-8, UTC)."""
    text = json.dumps(
        {
            "at": link.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "kind": link.kind,
            "actor": link.actor,
            "subject": link.subject,
            "position": link.position,
            "data": link.data,
        },
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(previous + text.encode()).digest()


def first_break(chain: Iterable[tuple[Link, bytes]]) -> int | None:
    """Return the position at which a chain, in its order, does not hold; None if it holds to its end."""
    previous = START
    for expected, (link, found) in enumerate(chain, start=1):
        if link.position != expected or hash_of(link, previous) != found:
            return expected
        previous = found
    return None
