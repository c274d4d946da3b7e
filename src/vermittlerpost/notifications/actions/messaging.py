"""Leave mails that somebody caused: an invitation, a new password, a question to the contact."""

import secrets
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import transaction

from vermittlerpost.agencies.models import User
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock, identifiers
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.nudge import nudge
from vermittlerpost.notifications import events, queries
from vermittlerpost.notifications.messages import MESSAGES
from vermittlerpost.notifications.models import Mail
from vermittlerpost.notifications.rules import LONGEST_RETRY, MailState
from vermittlerpost.notifications.texts import headers


class NoAddress(Refused):
    """The user has no address that he could be written to at."""

    code = "no_address"


class Written(NamedTuple):
    """A mail that somebody caused, with where it goes now."""

    mail: str
    message: str
    content: Mapping[str, str]
    address: str


@transaction.atomic
def send_message(message: str, *, user: int, content: Mapping[str, str], address: str = "", by: str) -> str:
    """Leave a mail and return its id; it goes to the user's stored address unless another one is given.

    Such a mail is nobody's choice and waits for no other, so neither R1 nor the merge window holds for it. Refuses
    a content that has not exactly the keys that the message names, and what cannot be mailed to.
    """
    if content.keys() != MESSAGES[message].keys:
        raise ValueError(f"{message} needs {sorted(MESSAGES[message].keys)}, not {sorted(content)}.")
    login_id, stored = User.objects.values_list("login_id", "email").get(id=user)
    if not (address or stored):
        raise NoAddress("Zu diesem Benutzer ist keine E-Mail-Adresse hinterlegt. Bitte tragen Sie eine ein.")
    headers.addressable(address or stored)
    mail = identifiers.derive("M", message, login_id, secrets.token_hex())
    now = clock.now()
    Mail.objects.create(
        id=mail,
        user_id=user,
        message=message,
        address=address,
        content=dict(content),
        state=MailState.WAITING,
        made_at=now,
        next_attempt_at=now,
    )
    # The journal names the message alone: its content opens doors, and is gone once the mail has left.
    data = {"mail": mail, "message": message}
    journal.record([Event(kind=events.MESSAGE_LEFT, subject=f"user:{login_id}", data=data)], by=by)
    nudge("post")
    return mail


def still_to_be_sent(mails: Sequence[str]) -> Mapping[str, Written]:
    """Return those of the mails that have an address which is not suppressed, within the caller's transaction."""
    if not mails:
        return {}
    rows = Mail.objects.filter(id__any_of=mails).values_list("id", "message", "content", "address", "user__email")
    written = [Written(mail, code, content or {}, own or stored) for mail, code, content, own, stored in rows]
    suppressed = queries.suppressed([one.address.lower() for one in written])
    return {one.mail: one for one in written if one.address and one.address.lower() not in suppressed}


def forget_contents() -> int:
    """Empty what nobody has settled for as long as a mail is tried at most, and return how many mails that are."""
    unsettled = Mail.objects.filter(state__in=[MailState.REFUSED, MailState.UNKNOWN], content__isnull=False)
    return unsettled.filter(made_at__lt=clock.now() - LONGEST_RETRY).update(content=None)
