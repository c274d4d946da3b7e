"""Webhooks: which events are told in which words, how they are signed, and how long they are repeated."""

import base64
import hashlib
import hmac
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

GIVEN_UP_AFTER = timedelta(hours=72)
_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=6)
_LONGEST_ADDRESS = 500


class HookEvent(StrEnum):
    """What a webhook can ask to be told."""

    LETTER_ISSUED = "letter.issued"
    LETTER_PROVIDED = "letter.provided"
    LETTER_READ = "letter.read"
    LETTER_ACKNOWLEDGED = "letter.acknowledged"
    CASE_CLOSED = "case.closed"


class DispatchState(StrEnum):
    """How far a message to a webhook has come; what failed is kept until somebody redrives or drops it."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    DROPPED = "dropped"


_ACKNOWLEDGEMENT = "letter.receipt"
JOURNALLED = (*(event.value for event in HookEvent if event is not HookEvent.LETTER_ACKNOWLEDGED), _ACKNOWLEDGEMENT)
"""The kinds of journal entries among which these events are."""

# Ids, codes and moments; who did it and in which words is not told.
_TOLD = ("letter", "kind", "level", "urgency", "agency", "category", "channel", "due_on", "closed_on", "reason")


@dataclass(frozen=True, kw_only=True)
class Happening:
    """A journal entry as far as webhooks need it."""

    entry: int
    at: datetime
    kind: str
    subject: str
    position: int
    data: Mapping[str, Any]

    @property
    def event(self) -> HookEvent | None:
        """Return which event it is, if it is one."""
        if self.kind != _ACKNOWLEDGEMENT:
            return HookEvent(self.kind)
        return HookEvent.LETTER_ACKNOWLEDGED if self.data.get("receipt") == "acknowledged" else None

    def payload(self) -> dict[str, Any]:
        """Return what is told of it: ids, codes and moments, nothing personal.

        `sequence` grows within a case, so that a receiver notices what was redriven late.
        """
        told = {name: self.data[name] for name in _TOLD if self.data.get(name) is not None}
        return {
            "type": self.event,
            "timestamp": self.at.isoformat().replace("+00:00", "Z"),
            "data": {"case": self.subject, "sequence": self.position, **told},
        }


def body_of(payload: Mapping[str, Any]) -> bytes:
    """Return a payload as it is sent; the same payload gives the same bytes, whenever it is sent."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def secret_of(salt: str, root: str) -> bytes:
    """Return a webhook's secret: derived from the installation's, so that none lies in the database."""
    return hmac.digest(root.encode(), f"webhook:{salt}".encode(), hashlib.sha256)


def shown(secret: bytes) -> str:
    """Return a secret as receivers enter it (Standard Webhooks)."""
    return f"whsec_{base64.b64encode(secret).decode()}"


def signed_headers(dispatch: str, at: datetime, body: bytes, secret: bytes) -> dict[str, str]:
    """Return the headers by which a receiver knows that a message is ours and new (Standard Webhooks 1.0)."""
    moment = str(int(at.timestamp()))
    signature = hmac.digest(secret, b".".join([dispatch.encode(), moment.encode(), body]), hashlib.sha256)
    return {
        "webhook-id": dispatch,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }


def pause_before(repetition: int, jitter: float) -> timedelta:
    """Return how long to wait before a repetition (1 is the first): doubled each time, stretched by up to a fifth."""
    return min(_FIRST_PAUSE * (1 << min(repetition, 12) - 1), _LONGEST_PAUSE) * (1 + jitter / 5)


def is_address(url: str, schemes: Collection[str]) -> bool:
    """Tell whether a webhook may be at an address: one of the schemes, a host, no login, at most 500 characters."""
    if len(url) > _LONGEST_ADDRESS or not url.isascii() or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    is_plain = not (parts.username or parts.password or parts.fragment) and port != 0
    return parts.scheme in schemes and bool(parts.hostname) and is_plain
