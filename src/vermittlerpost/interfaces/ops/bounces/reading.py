"""Read a delivery status notification (RFC 3464): which of our mails, failed for good or for now, and why."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from typing import Any

from vermittlerpost.lib import identifiers
from vermittlerpost.notifications.rules import Bounce

_OURS = re.compile(r"<(M-[0-9A-Z-]{1,20})@")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_NOT_THE_ADDRESS = re.compile(r"5\.(2\.[23]|3\.\d+|4\.\d+|7\.\d+)")
"""Full mailboxes, too large mails, trouble of servers and networks, and policies: no fault of the address."""
_HEADERS = {"text/rfc822-headers", "message/rfc822-headers"}


def bounce_in(content: bytes) -> Bounce | None:
    """Return what a mail says about one of ours; None for anything but a report that its delivery failed.

    An automatic answer is none: it proves that the mail arrived. Whatever a stranger writes into a report about
    addresses is not believed; only the id of the mail counts.
    """
    message = message_from_bytes(content, policy=default)
    if message.get_content_type() != "multipart/report" or _report_type(message) != "delivery-status":
        return None
    failed = next((one for one in _recipients(message) if _said(one, "Action").lower() == "failed"), None)
    mail = _mail_of(message)
    if failed is None or mail is None:
        return None
    status = _STATUS.search(_said(failed, "Status"))
    code = status[0] if status else ""
    return Bounce(
        mail=mail, is_permanent=code.startswith("5") and not _NOT_THE_ADDRESS.fullmatch(code), reason=_reason(code)
    )


def _reason(code: str) -> str:
    # The server's own words may quote the address, which belongs into no journal.
    return f"Unzustellbar laut Mailserver, Status {code or 'ohne Angabe'}"


def _report_type(message: EmailMessage) -> str:
    return str(message.get_param("report-type", "")).lower()


def _recipients(message: EmailMessage) -> Iterator["Message[Any, Any]"]:
    """Yield what the report says about each recipient; its first block is about the report itself."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and isinstance(blocks := part.get_payload(), list):
            yield from (block for block in blocks[1:] if isinstance(block, Message))


def _mail_of(message: EmailMessage) -> str | None:
    """Return the id of our mail by the Message-ID of what came back, or by what the report refers to."""
    for text in (*_returned(message), _said(message, "In-Reply-To"), _said(message, "References")):
        found = _OURS.search(text)
        if found and identifiers.is_sound(found[1]):
            return found[1]
    return None


def _returned(message: EmailMessage) -> Iterator[str]:
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            yield from (_said(one, "Message-ID") for one in part.iter_parts())
        elif part.get_content_type() in _HEADERS:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield _said(message_from_bytes(content), "Message-ID")


def _said(message: "Message[Any, Any]", header: str) -> str:
    return str(message.get(header, ""))
