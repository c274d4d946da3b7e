"""Read what old mail servers write by hand: plain text above a copy of the mail that could not be delivered."""

import re
from email import message_from_string
from email.message import EmailMessage

from vermittlerpost.interfaces.ops.bounces.ours import our_mail
from vermittlerpost.notifications.rules import Bounce, bounce_of, status_in

_QMAIL = "Hi. This is the qmail-send program"
_EXIM = "mail delivery failed"
_COPY = re.compile(
    r"^-+ (?:Below this line is a copy of the message\.|This is a copy of (?:the|your) message.*-)$", re.MULTILINE
)


def bounce_in(message: EmailMessage) -> Bounce | None:
    """Return what qmail or Exim says about a mail of ours; None for everything else.

    What it says counts only above a copy that bears our Message-ID. Without a status code it counts as passing.
    """
    if message.get_content_type() != "text/plain":
        return None
    text = _text_of(message)
    copy = _COPY.search(text)
    if copy is None or not (_is_from_qmail(text) or _is_from_exim(message)):
        return None
    mail = our_mail(str(message_from_string(text[copy.end() :].lstrip()).get("Message-ID", "")))
    return bounce_of(mail, status_in(text[: copy.start()])) if mail else None


def _is_from_qmail(text: str) -> bool:
    return text.startswith(_QMAIL)


def _is_from_exim(message: EmailMessage) -> bool:
    subject = str(message.get("Subject", "")).strip().lower()
    return "X-Failed-Recipients" in message and subject.startswith(_EXIM)


def _text_of(message: EmailMessage) -> str:
    content = message.get_payload(decode=True)
    text = content.decode("ascii", "replace") if isinstance(content, bytes) else ""
    return "\n".join(text.strip().splitlines())
