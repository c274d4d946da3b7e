"""A mail that has nothing left to say is not sent."""

from collections.abc import Sequence

from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.notifications import events
from vermittlerpost.notifications.models import Mail, Mention
from vermittlerpost.notifications.rules import MailState, Outcome


def withdraw_empty(mails: Sequence[str], *, reason: str, by: str) -> None:
    """Withdraw those of the mails that speak of nothing any more."""
    if not mails:
        return
    speaking = set(Mention.objects.filter(mail__in=mails, outcome=Outcome.MAILED).values_list("mail", flat=True))
    empty = [mail for mail in mails if mail not in speaking]
    Mail.objects.filter(id__in=empty).update(state=MailState.WITHDRAWN, lease_until=None, content=None)
    journal.record(
        [
            Event(kind=events.MAIL_WITHDRAWN, subject=f"mail:{mail}", data={"mail": mail, "reason": reason})
            for mail in empty
        ],
        by=by,
    )
