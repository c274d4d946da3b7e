"""Send mails: claim, act, settle, with no transaction open while a server thinks."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import NamedTuple

from django.db import connection, transaction

from vermittlerpost.agencies.models import User
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.notifications import composing, events
from vermittlerpost.notifications.actions.checking import Spoken, still_to_be_told
from vermittlerpost.notifications.actions.emptying import withdraw_empty
from vermittlerpost.notifications.actions.messaging import Written, still_to_be_sent
from vermittlerpost.notifications.actions.settling import Attempt, settle_results
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.messages import MESSAGES
from vermittlerpost.notifications.models import Mail
from vermittlerpost.notifications.rules import MailState
from vermittlerpost.notifications.transports import Envelope, Line, Outcome, Result

_LEASE = timedelta(minutes=30)

_CLAIM = """
    WITH due AS MATERIALIZED (
        SELECT id, next_attempt_at FROM notifications_mail
        WHERE state = 'waiting' AND (next_attempt_at <= %(now)s OR next_attempt_at <= %(due_by)s AND attempts = 0)
        ORDER BY next_attempt_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
    ), claimed AS (
        UPDATE notifications_mail mail
        SET state = 'sending', lease_until = %(lease_until)s, attempts = mail.attempts + 1
        FROM due WHERE mail.id = due.id
        RETURNING mail.id, mail.user_id, mail.category || mail.message AS category, mail.attempts, mail.made_at,
                  due.next_attempt_at
    )
    SELECT user_id, id, category, attempts, made_at FROM claimed ORDER BY next_attempt_at, id
"""


class _Recipient(NamedTuple):
    """To whom a mail goes."""

    user: int
    address: str
    administrator: bool
    self_service: bool


_Writer = Callable[[composing.Operator], Envelope]


class _Claimed(NamedTuple):
    """A mail that is to be sent now, and what writes it."""

    attempt: Attempt
    write: _Writer


def post(line: Line, operator: composing.Operator, *, due_by: datetime, limit: int, by: str) -> int:
    """Send up to `limit` mails that are due, and return how many were claimed.

    `due_by` hastens bundles that would wait for more, not the repetition of what was refused.

    R1 is asked again at the last moment. From the claim on a mail counts as being sent: if this process dies, it is
    `unknown`, shown, and never repeated by itself (R3).
    """
    claimed, count = _claim(due_by, limit, by=by)
    misfits: list[Result] = []
    # Each mail is written when the line asks for it: while the server is busy with the one before.
    results = line.send(_envelopes(claimed, operator, misfits))
    settle_results(chain(results, misfits), [one.attempt for one in claimed], by=by)
    return count


def _envelopes(claimed: Sequence[_Claimed], operator: composing.Operator, misfits: list[Result]) -> Iterator[Envelope]:
    """Yield the mails as they travel; those that cannot be written are left in `misfits`."""
    for one in claimed:
        try:
            envelope = one.write(operator)
        except (Refused, ValueError, KeyError) as error:
            reason = f"Nicht zu verfassen: {type(error).__name__}"
            misfits.append(Result(mail=one.attempt.mail, outcome=Outcome.REFUSED_PERMANENTLY, reason=reason))
        else:
            yield envelope


@transaction.atomic
def _claim(due_by: datetime, limit: int, *, by: str) -> tuple[list[_Claimed], int]:
    users = _due(due_by, limit)
    writers = _writers_of_notifications(users) | _writers_of_messages(users)
    withdraw_empty([one.mail for one in users if one.mail not in writers], reason="nobody_to_tell", by=by)
    return [_Claimed(one, writers[one.mail]) for one in users if one.mail in writers], len(users)


def _due(due_by: datetime, limit: int) -> dict[Attempt, int]:
    """Claim what is due and return the user of each mail."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"now": now, "due_by": due_by, "limit": limit, "lease_until": now + _LEASE})
        return {Attempt(*attempt): user for user, *attempt in cursor.fetchall()}


def _recipients(users: Collection[int]) -> dict[int, _Recipient]:
    rows = User.objects.filter(id__in=users).values_list("id", "email", "administrator", "firm__self_service")
    return {row[0]: _Recipient(*row) for row in rows}


def _writers_of_notifications(users: Mapping[Attempt, int]) -> dict[str, _Writer]:
    spoken = still_to_be_told([one.mail for one in users if one.category not in MESSAGES])
    recipients = _recipients({user for one, user in users.items() if one.mail in spoken})
    return {
        one.mail: partial(_notification, one, spoken[one.mail], recipients[user])
        for one, user in users.items()
        if one.mail in spoken
    }


def _writers_of_messages(users: Mapping[Attempt, int]) -> dict[str, _Writer]:
    written = still_to_be_sent([one.mail for one in users if one.category in MESSAGES])
    return {mail: partial(_message, one) for mail, one in written.items()}


def _message(written: Written, operator: composing.Operator) -> Envelope:
    mail = composing.PersonalMail(
        mail=written.mail,
        message=written.message,
        content=written.content,
        address=written.address,
        at=clock.now(),
    )
    data = composing.compose_message(mail, operator)
    return Envelope(mail=written.mail, sender=operator.address, recipient=written.address, data=data)


def _notification(
    attempt: Attempt, items: Sequence[Spoken], recipient: _Recipient, operator: composing.Operator
) -> Envelope:
    announcement = composing.Announcement(
        mail=attempt.mail,
        category=attempt.category,
        items=[_item(said) for said in items],
        recipient=composing.Recipient(
            address=recipient.address,
            administrator=recipient.administrator,
            origin=items[0].origin,
            self_service=recipient.self_service,
        ),
        at=clock.now(),
    )
    return Envelope(
        mail=attempt.mail,
        sender=operator.address,
        recipient=recipient.address,
        data=composing.compose(announcement, operator),
    )


def _item(said: Spoken) -> composing.Item:
    agency = said.agency if CATEGORIES[said.category].names_agency else None
    return composing.Item(letter=said.matter, agency=agency, urgency=said.urgency or "normal", due_on=said.due_on)


@transaction.atomic
def doubt_abandoned(*, by: str) -> int:
    """Mark as `unknown` what a process was sending when it died, and return how many mails that are."""
    abandoned = list(
        Mail.objects.select_for_update(skip_locked=True)
        .filter(state=MailState.SENDING, lease_until__lt=clock.now())
        .order_by("id")
        .values_list("id", flat=True)
    )
    Mail.objects.filter(id__in=abandoned).update(state=MailState.UNKNOWN, lease_until=None)
    journal.record(
        [Event(kind=events.MAIL_UNKNOWN, subject=f"mail:{mail}", data={"mail": mail}) for mail in abandoned],
        by=by,
    )
    return len(abandoned)
