"""Settle what became of mails that were sent, and what a person says about those that are unclear."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction

from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.notifications import events
from vermittlerpost.notifications.actions.suppressing import suppress
from vermittlerpost.notifications.models import Mail
from vermittlerpost.notifications.rules import LONGEST_RETRY, MailState, pause_before
from vermittlerpost.notifications.transports import Outcome, Result


class NothingToSettle(Refused):
    """There is no such mail, or it is neither refused nor unknown."""

    code = "nothing_to_settle"


class ContentForgotten(Refused):
    """The mail's content was emptied, so that it cannot be sent again."""

    code = "content_forgotten"


class Attempt(NamedTuple):
    """A mail that this process sends: of which category or message, which attempt that is, when the mail was made."""

    mail: str
    category: str
    number: int
    made_at: datetime


class _Fate(NamedTuple):
    """What became of an attempt, and what that makes of the mail."""

    attempt: Attempt
    result: Result
    state: MailState


# Who was given up for dead must not overrule what has been decided about his mails since.
_SETTLE = """
    UPDATE notifications_mail AS mail
    SET state = fate.state, next_attempt_at = fate.next_attempt_at, reply = fate.reply, lease_until = NULL,
        sent_at = CASE fate.state WHEN 'sent' THEN %s END,
        content = CASE fate.state WHEN 'sent' THEN NULL ELSE mail.content END
    FROM unnest(%s::text[], %s::int[], %s::text[], %s::timestamptz[], %s::text[])
        AS fate (mail, attempt, state, next_attempt_at, reply)
    WHERE mail.id = fate.mail AND mail.attempts = fate.attempt AND mail.state IN ('sending', 'unknown')
    RETURNING mail.id
"""


def settle_results(results: Iterable[Result], attempts: Sequence[Attempt], *, by: str) -> None:
    """Write down the fate of each mail that was tried; what the line says nothing about is unknown."""
    known: dict[str, Result] = {}
    try:
        for result in results:
            known[result.mail] = result
    finally:
        for fate in _settle([_fate(attempt, known) for attempt in attempts], by=by):
            if fate.result.blames_recipient:
                suppress(_address_of(fate.attempt.mail), reason=fate.result.reason, by=by)


def _fate(attempt: Attempt, results: Mapping[str, Result]) -> _Fate:
    result = results.get(attempt.mail) or Result(
        mail=attempt.mail, outcome=Outcome.UNKNOWN, reason="Verbindung abgebrochen"
    )
    return _Fate(attempt=attempt, result=result, state=_state(attempt, result.outcome))


def _state(attempt: Attempt, outcome: Outcome) -> MailState:
    if outcome is Outcome.SENT:
        return MailState.SENT
    if outcome is Outcome.UNKNOWN:
        return MailState.UNKNOWN
    is_given_up = outcome is Outcome.REFUSED_PERMANENTLY or clock.now() - attempt.made_at >= LONGEST_RETRY
    return MailState.REFUSED if is_given_up else MailState.WAITING


@transaction.atomic
def _settle(fates: Sequence[_Fate], *, by: str) -> list[_Fate]:
    """Settle the mails that are still ours, and return those."""
    if not fates:
        return []
    now = clock.now()
    rows = [_row(fate, now) for fate in fates]
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [now, *map(list, zip(*rows, strict=True))])
        ours = {mail for (mail,) in cursor.fetchall()}
    settled = [fate for fate in fates if fate.attempt.mail in ours]
    journal.record([_event(fate) for fate in settled], by=by)
    return settled


def _row(fate: _Fate, now: datetime) -> tuple[object, ...]:
    jitter = random.uniform(-1, 1)  # noqa: S311 (spreads load, guards nothing)
    attempt = fate.attempt
    return (
        attempt.mail,
        attempt.number,
        fate.state.value,
        now + pause_before(attempt.number, jitter),
        fate.result.reason,
    )


def _address_of(mail: str) -> str:
    own, stored = Mail.objects.values_list("address", "user__email").get(id=mail)
    return own or stored


_EVENTS = {
    MailState.SENT: events.MAIL_SENT,
    MailState.UNKNOWN: events.MAIL_UNKNOWN,
    MailState.REFUSED: events.MAIL_REFUSED,
    MailState.WAITING: events.MAIL_DELAYED,
}


def _event(fate: _Fate) -> Event:
    attempt = fate.attempt
    data = {
        "mail": attempt.mail,
        "category": attempt.category,
        "reply": fate.result.reason,
        "attempt": attempt.number,
    }
    return Event(kind=_EVENTS[fate.state], subject=f"mail:{attempt.mail}", data=data)


@transaction.atomic
def settle(*, mail: str, reason: str, by: str) -> None:
    """Close a refused or unknown mail for good: somebody knows what became of it; refuses other mails."""
    _decide(mail, MailState.SETTLED, events.MAIL_SETTLED, reason, by=by)
    Mail.objects.filter(id=mail).update(content=None)


def retry(*, mail: str, reason: str, by: str) -> None:
    """Send a refused or unknown mail again, at the risk of a second one that the person takes.

    Refuses other mails, and those whose content has been forgotten: what they offered has expired.
    """
    if Mail.objects.filter(id=mail, content__isnull=True).exclude(message="").exists():
        raise ContentForgotten("Was in der E-Mail {mail} stand, ist nicht mehr da. Bitte neu veranlassen.", mail=mail)
    _decide(mail, MailState.WAITING, events.MAIL_RETRIED, reason, by=by)


@transaction.atomic
def _decide(mail: str, state: MailState, kind: Kind, reason: str, *, by: str) -> None:
    unclear = Mail.objects.filter(id=mail, state__in=[MailState.REFUSED, MailState.UNKNOWN])
    now = clock.now()
    if not unclear.update(state=state, next_attempt_at=now, made_at=now, lease_until=None):
        raise NothingToSettle("Die E-Mail {mail} ist weder abgewiesen noch ungewiss.", mail=mail)
    journal.record([Event(kind=kind, subject=f"mail:{mail}", data={"mail": mail, "reason": reason})], by=by)
