"""Settle what became of mails that were sent, and what a person says about those that are unclear."""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.lib import bulk, clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.notifications import events
from vermittlerpost.notifications.actions.suppressing import suppress
from vermittlerpost.notifications.models import Mail
from vermittlerpost.notifications.rules import LONGEST_RETRY, MailState, pause_before
from vermittlerpost.notifications.transports import Outcome, Result


class NothingToSettle(Refused):
    """There is no such mail, or it is neither refused nor unknown."""

    code = "nothing_to_settle"


def settle_results(results: Iterable[Result], mails: Sequence[str], *, by: str) -> None:
    """Write down the fate of each mail; of those that the line says nothing about it is unknown."""
    fates = {mail: Result(mail=mail, outcome=Outcome.UNKNOWN, reason="Verbindung abgebrochen") for mail in mails}
    try:
        for result in results:
            fates[result.mail] = result
    finally:
        _settle(list(fates.values()), by=by)


@transaction.atomic
def _settle(results: Sequence[Result], *, by: str) -> None:
    if not results:
        return
    mails = Mail.objects.select_related("user").in_bulk([result.mail for result in results])
    now = clock.now()
    rows = [_row(mails[result.mail], result, now) for result in results]
    bulk.update(Mail, ["state", "next_attempt_at", "sent_at", "reply", "lease_until"], rows)
    journal.record([event for result in results for event in _events(mails[result.mail], result)], by=by)
    for result in results:
        if result.blames_recipient:
            suppress(mails[result.mail].user.email, reason=result.reason, by=by)


def _row(mail: Mail, result: Result, now: datetime) -> tuple[object, ...]:
    if result.outcome is Outcome.SENT:
        return mail.id, MailState.SENT.value, mail.next_attempt_at, now, result.reason, None
    if result.outcome is Outcome.UNKNOWN:
        return mail.id, MailState.UNKNOWN.value, mail.next_attempt_at, None, result.reason, None
    given_up = result.outcome is Outcome.REFUSED_PERMANENTLY or now - mail.made_at >= LONGEST_RETRY
    if given_up:
        return mail.id, MailState.REFUSED.value, mail.next_attempt_at, None, result.reason, None
    jitter = random.uniform(-1, 1)  # noqa: S311 (spreads load, guards nothing)
    return mail.id, MailState.WAITING.value, now + pause_before(mail.attempts, jitter), None, result.reason, None


def _events(mail: Mail, result: Result) -> Iterable[Event]:
    subject = f"mail:{mail.id}"
    if result.outcome is Outcome.SENT:
        yield Event(kind=events.MAIL_SENT, subject=subject, data={"mail": mail.id, "category": mail.category})
    elif result.outcome is Outcome.UNKNOWN:
        yield Event(kind=events.MAIL_UNKNOWN, subject=subject, data={"mail": mail.id})
    else:
        data = {"mail": mail.id, "reply": result.reason, "attempt": mail.attempts}
        kind = events.MAIL_REFUSED if result.outcome is Outcome.REFUSED_PERMANENTLY else events.MAIL_DELAYED
        yield Event(kind=kind, subject=subject, data=data)


def settle(*, mail: str, reason: str, by: str) -> None:
    """Close a refused or unknown mail for good: somebody knows what became of it; refuses other mails."""
    _decide(mail, MailState.SETTLED, events.MAIL_SETTLED, reason, by=by)


def retry(*, mail: str, reason: str, by: str) -> None:
    """Send a refused or unknown mail again, at the risk of a second one that the person takes; refuses other mails."""
    _decide(mail, MailState.WAITING, events.MAIL_RETRIED, reason, by=by)


@transaction.atomic
def _decide(mail: str, state: MailState, kind: Kind, reason: str, *, by: str) -> None:
    unclear = Mail.objects.filter(id=mail, state__in=[MailState.REFUSED, MailState.UNKNOWN])
    now = clock.now()
    if not unclear.update(state=state, next_attempt_at=now, made_at=now, lease_until=None):
        raise NothingToSettle(f"Die Mail {mail} ist weder abgewiesen noch ungewiss.", mail=mail)
    journal.record([Event(kind=kind, subject=f"mail:{mail}", data={"mail": mail, "reason": reason})], by=by)
