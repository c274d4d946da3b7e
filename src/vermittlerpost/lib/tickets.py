"""Tickets: what a link in a mail carries, so that only its holder gets in, for one purpose and for a while."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing

from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused


class TicketGone(Refused):
    """A ticket that is forged, used, out of date or overtaken; which of these it is is not told."""

    code = "ticket_gone"


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """What a ticket is good for, and for how long."""

    code: str
    holds: timedelta


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """A signed text for an address, and until when it holds."""

    text: str
    valid_until: datetime


def issue(purpose: Purpose, content: Mapping[str, Any]) -> Ticket:
    """Sign what the holder of a link shall be known by."""
    at = clock.now()
    text = _signer(purpose).sign_object({**content, "at": at.timestamp()})
    return Ticket(text=text, valid_until=at + purpose.holds)


def read(purpose: Purpose, text: str) -> dict[str, Any]:
    """Return what was signed; refuses what was not signed for this purpose, and what holds no longer."""
    try:
        content: dict[str, Any] = _signer(purpose).unsign_object(text)
    except (signing.BadSignature, ValueError) as error:
        raise gone() from error
    if clock.now() >= datetime.fromtimestamp(content["at"], UTC) + purpose.holds:
        raise gone()
    return content


def gone() -> TicketGone:
    """Make the refusal of a ticket."""
    return TicketGone("Dieser Link gilt nicht mehr.")


def _signer(purpose: Purpose) -> signing.Signer:
    return signing.Signer(salt=f"vermittlerpost.{purpose.code}")
