"""Bounces: what mail servers say about mails that could not be delivered."""

from collections import Counter

from vermittlerpost.interfaces.ops.bounces.boxes import Box
from vermittlerpost.interfaces.ops.bounces.reading import bounce_in
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications.rules import BounceFate

NO_BOUNCE = "no_bounce"


def read(box: Box, *, by: str) -> Counter[str]:
    """Read what is new in a mailbox and return how much of it became what; each mail is read once.

    What is no bounce (an answer, an out-of-office note) changes nothing and stays where people find it.
    """
    fates: Counter[str] = Counter()
    with box.open() as mails:
        for mail in mails:
            found = bounce_in(mail.content)
            fate = notifications.note_bounce(found, by=by) if found else None
            mail.settle()
            fates[fate.value if fate else NO_BOUNCE] += 1
    return fates


__all__ = ["NO_BOUNCE", "BounceFate", "read"]
