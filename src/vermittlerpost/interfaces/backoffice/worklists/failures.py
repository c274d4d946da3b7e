"""What failed, of every kind: a row per failure with what is known of it, and what a person can do about it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries as of_cases
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.delivery import queries as of_print
from vermittlerpost.delivery.rules import BatchState
from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange import queries as of_systems
from vermittlerpost.interfaces.backoffice.lists import MOST
from vermittlerpost.interfaces.backoffice.printing import folder
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import actions as letters
from vermittlerpost.letters import queries as of_letters
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries as of_mails
from vermittlerpost.notifications.rules import MailState

Deed = Callable[[str, str, str], None]
"""What is done about a failure: its reference, the reason, and by whom."""

_MAIL_WORDS = {
    MailState.REFUSED.value: "E-Mail abgewiesen",
    MailState.UNKNOWN.value: "E-Mail: ungewiss, ob sie hinausging",
}
_NOT_HANDED_OVER = "noch nicht übergeben; übergeben wird unter „Druck“, erneut versuchen ruft ihn zurück"
_NOT_LAID = "die Dateien liegen noch nicht bei der Druckerei"
_NOT_CONFIRMED = "die Druckerei hat den Empfang nicht bestätigt"


def all_of_them() -> list[dict[str, Any]]:
    """Return what failed, kind by kind, of each as much as can be worked off in a day."""
    return [row for rows in (_steps, _pdfs, _announcements, _mails, _webhooks, _batches) for row in rows()]


def _steps() -> list[dict[str, Any]]:
    return [
        _row("step", one.case_id, "Schritt im Vorgang", one.stuck_at, one.stuck_reason) | {"case": one.case_id}
        for one in of_cases.stuck()[:MOST]
    ]


def _pdfs() -> list[dict[str, Any]]:
    return [
        _row("letter", one.letter_id, "PDF des Schreibens", one.stuck_at, one.stuck_reason) | {"case": one.letter.case}
        for one in of_letters.stuck().select_related("letter")[:MOST]
    ]


def _announcements() -> list[dict[str, Any]]:
    return [
        _row("announcement", one.data.get("matter", one.subject), "Bekanntgabe", one.stuck_at, one.stuck_reason)
        for one in journal.stuck()[:MOST]
    ]


def _mails() -> list[dict[str, Any]]:
    return [
        _row("mail", one.id, _MAIL_WORDS[one.state], one.made_at, one.reply) | {"may_settle": True}
        for one in of_mails.to_settle()[:MOST]
    ]


def _webhooks() -> list[dict[str, Any]]:
    """Return what systems were not told; one whose webhook has ended cannot be tried again."""
    return [
        _row("webhook", one.id, f"Meldung an „{one.webhook.holder}“", one.settled_at, one.reply)
        | {"case": one.case, "may_settle": True, "may_retry": one.webhook.ended_at is None}
        for one in of_systems.failed().select_related("webhook")[:MOST]
    ]


def _batches() -> list[dict[str, Any]]:
    stuck = of_print.stuck_batches(patience=settings.ENVIRONMENT.print_patience)
    return [
        _row("batch", one.id, "Druckstapel", one.handed_over_at or one.built_at, _why(one))
        | {"may_settle": one.state == BatchState.HANDED_OVER}
        for one in stuck[:MOST]
    ]


def _why(batch: Any) -> str:
    if batch.state != BatchState.HANDED_OVER:
        return _NOT_HANDED_OVER
    return _NOT_CONFIRMED if batch.sent_at else _NOT_LAID


def _row(kind: str, reference: str, what: str, since: Any, why: str) -> dict[str, Any]:
    return {"kind": kind, "reference": reference, "what": what, "since": since, "why": why, "may_retry": True}


def _retry_step(reference: str, reason: str, by: str) -> None:
    cases.retry(case=reference, reason=reason, by=by)


def _retry_letter(reference: str, reason: str, by: str) -> None:
    letters.retry(letter=reference, reason=reason, by=by)


def _retry_announcement(reference: str, reason: str, by: str) -> None:
    notifications.reannounce(matter=reference, reason=reason, by=by)


def _retry_mail(reference: str, reason: str, by: str) -> None:
    notifications.retry(mail=reference, reason=reason, by=by)


def _retry_webhook(reference: str, reason: str, by: str) -> None:
    failed = of_systems.failed().select_related("webhook").filter(id=reference).first()
    if failed is None:
        raise exchange.NotFailed("Die Meldung {dispatch} ist nicht aufgegeben.", dispatch=reference)
    webhook = failed.webhook
    exchange.redrive(webhook=webhook.id, holder=webhook.holder, dispatches=[reference], reason=reason, by=by)


def _retry_batch(reference: str, reason: str, by: str) -> None:
    delivery.retry_batch(reference, reason=reason, by=by)
    delivery.clear_recalled(folder())


def _settle_mail(reference: str, reason: str, by: str) -> None:
    notifications.settle(mail=reference, reason=reason, by=by)


def _settle_webhook(reference: str, reason: str, by: str) -> None:
    exchange.settle(dispatch=reference, reason=reason, by=by)


def _settle_batch(reference: str, reason: str, by: str) -> None:
    delivery.settle_batch(reference, reason=reason, by=by)


TRIES: Mapping[str, Deed] = {
    "step": _retry_step,
    "letter": _retry_letter,
    "announcement": _retry_announcement,
    "mail": _retry_mail,
    "webhook": _retry_webhook,
    "batch": _retry_batch,
}
SETTLES: Mapping[str, Deed] = {"mail": _settle_mail, "webhook": _settle_webhook, "batch": _settle_batch}
