"""Read what a mail server sends back (RFC 3464): which of our mails failed, for good or for now, and why."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from typing import Any

from vermittlerpost.interfaces.ops.bounces import plain
from vermittlerpost.interfaces.ops.bounces.ours import our_mail
from vermittlerpost.notifications.rules import Bounce, bounce_of, status_in

_HEADERS = {"text/rfc822-headers", "message/rfc822-headers"}


def bounce_in(content: bytes) -> Bounce | None:
    """Return what a mail says about one of ours; None for anything but a report that its delivery failed.

    An automatic answer is none: it proves that the mail arrived. Whatever a stranger writes into a report about
    addresses is not believed; only the id of the mail counts.
    """
    message = message_from_bytes(content, policy=default)
    return _reported(message) or plain.bounce_in(message)


def _reported(message: EmailMessage) -> Bounce | None:
    if message.get_content_type() != "multipart/report" or _report_type(message) != "delivery-status":
        return None
    failed = next((one for one in _recipients(message) if _said(one, "Action").lower() == "failed"), None)
    mail = _mail_of(message)
    return bounce_of(mail, status_in(_said(failed, "Status"))) if failed is not None and mail else None


def _report_type(message: EmailMessage) -> str:
    return str(message.get_param("report-type", "")).lower()


def _recipients(message: EmailMessage) -> Iterator["Message[Any, Any]"]:
    """Yield what the report says about each recipient; its first block is about the report itself."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and isinstance(blocks := part.get_payload(), list):
            yield from (block for block in blocks[1:] if isinstance(block, Message))


def _mail_of(message: EmailMessage) -> str | None:
    """Return the id of our mail by the Message-ID of what came back, or by what the report refers to."""
    named = (*_returned(message), _said(message, "In-Reply-To"), _said(message, "References"))
    return next(filter(None, map(our_mail, named)), None)


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
