"""Settle what became of mails that were sent, and what a person says about those that are unclear."""

import random
from collections.abc import Iterable, Mapping, Sequence
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


def settle_results(results: Iterable[Result], attempts: Mapping[str, int], *, by: str) -> None:
    """Write down the fate of each mail at its given attempt; what the line says nothing about is unknown."""
    fates = {mail: Result(mail=mail, outcome=Outcome.UNKNOWN, reason="Verbindung abgebrochen") for mail in attempts}
    try:
        for result in results:
            fates[result.mail] = result
    finally:
        for mail, result in _settle(list(fates.values()), attempts, by=by):
            if result.blames_recipient:
                suppress(mail.user.email, reason=result.reason, by=by)


@transaction.atomic
def _settle(results: Sequence[Result], attempts: Mapping[str, int], *, by: str) -> list[tuple[Mail, Result]]:
    now, mails = clock.now(), _still_ours(attempts)
    fates = [(mails[r.mail], r, _fate(mails[r.mail], r, now)) for r in results if r.mail in mails]
    rows = [_row(mail, result, fate, now) for mail, result, fate in fates]
    bulk.update(Mail, ["state", "next_attempt_at", "sent_at", "reply", "lease_until"], rows)
    journal.record([_event(mail, result, fate) for mail, result, fate in fates], by=by)
    return [(mail, result) for mail, result, _ in fates]


def _still_ours(attempts: Mapping[str, int]) -> dict[str, Mail]:
    # Who was given up for dead must not overrule what has been decided about his mails since.
    locked = Mail.objects.select_for_update(of=("self",)).select_related("user").order_by("id")
    held = locked.filter(id__in=list(attempts), state__in=[MailState.SENDING, MailState.UNKNOWN])
    return {mail.id: mail for mail in held if mail.attempts == attempts[mail.id]}


def _fate(mail: Mail, result: Result, now: datetime) -> MailState:
    if result.outcome is Outcome.SENT:
        return MailState.SENT
    if result.outcome is Outcome.UNKNOWN:
        return MailState.UNKNOWN
    is_given_up = result.outcome is Outcome.REFUSED_PERMANENTLY or now - mail.made_at >= LONGEST_RETRY
    return MailState.REFUSED if is_given_up else MailState.WAITING


def _row(mail: Mail, result: Result, fate: MailState, now: datetime) -> tuple[object, ...]:
    jitter = random.uniform(-1, 1)  # noqa: S311 (spreads load, guards nothing)
    sent_at = now if fate is MailState.SENT else None
    return mail.id, fate.value, now + pause_before(mail.attempts, jitter), sent_at, result.reason, None


_EVENTS = {
    MailState.SENT: events.MAIL_SENT,
    MailState.UNKNOWN: events.MAIL_UNKNOWN,
    MailState.REFUSED: events.MAIL_REFUSED,
    MailState.WAITING: events.MAIL_DELAYED,
}


def _event(mail: Mail, result: Result, fate: MailState) -> Event:
    data = {"mail": mail.id, "category": mail.category, "reply": result.reason, "attempt": mail.attempts}
    return Event(kind=_EVENTS[fate], subject=f"mail:{mail.id}", data=data)


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
