"""django-post-office with its defaults: a queue of mails in the same database, sent to the same server."""

import logging
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from post_office import mail

from vermittlerpost.notifications.transports import Envelope

logging.getLogger("post_office").setLevel(logging.WARNING)


def queue(envelopes: Sequence[Envelope]) -> None:
    """Queue mails with the same content, headers included, as this library keeps them."""
    mail.send_many([_request(envelope) for envelope in envelopes])


def send_all() -> int:
    """Send all that is queued, and return how many went."""
    total = 0
    while sum(batch := mail.send_queued()):
        assert not any(batch[1:]), batch
        total += batch[0]
    return total


def _request(envelope: Envelope) -> dict[str, Any]:
    message = message_from_bytes(envelope.data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text
    assert html
    return {
        "recipients": envelope.recipient,
        "sender": str(message["From"]),
        "subject": str(message["Subject"]),
        "message": _literal(text.get_content()),
        "html_message": _literal(html.get_content()),
        "headers": {name: str(message[name]) for name in ("Message-ID", "Date", "Auto-Submitted")},
    }


def _literal(text: str) -> str:
    """Return a template of Django that says just this: what it queues is rendered when it is queued."""
    assert "{%" not in text
    assert "{{" not in text
    return text
