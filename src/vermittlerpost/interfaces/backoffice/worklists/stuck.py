"""Liegen geblieben: what failed, to be tried again or settled with a reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries as of_cases
from vermittlerpost.interfaces.backoffice.forms import Reason, filled
from vermittlerpost.interfaces.backoffice.lists import KEEPERS, MOST
from vermittlerpost.interfaces.backoffice.pages import Visit, done_by, read_by
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import actions as letters
from vermittlerpost.letters import queries as of_letters
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries as of_mails
from vermittlerpost.notifications.rules import MailState

_MAIL_WORDS = {
    MailState.REFUSED.value: "E-Mail abgewiesen",
    MailState.UNKNOWN.value: "E-Mail: ungewiss, ob sie hinausging",
}


@read_by(*KEEPERS)
def overview(request: Visit) -> HttpResponseBase:
    """Show all that failed, with its reason as far as it is known."""
    return render(request, "backoffice/worklists/stuck.html", {"rows": _rows()})


def _rows() -> list[dict[str, Any]]:
    steps = [
        _row("step", one.case_id, "Schritt im Vorgang", one.stuck_at, one.stuck_reason) | {"case": one.case_id}
        for one in of_cases.stuck()[:MOST]
    ]
    pdfs = [
        _row("letter", one.letter_id, "PDF des Schreibens", one.stuck_at, one.stuck_reason) | {"case": one.letter.case}
        for one in of_letters.stuck().select_related("letter")[:MOST]
    ]
    announcements = [
        _row("announcement", one.data.get("matter", one.subject), "Bekanntgabe", one.stuck_at, one.stuck_reason)
        for one in journal.stuck()[:MOST]
    ]
    mails = [
        _row("mail", one.id, _MAIL_WORDS[one.state], one.made_at, one.reply) | {"may_settle": True}
        for one in of_mails.to_settle()[:MOST]
    ]
    return [*steps, *pdfs, *announcements, *mails]


def _row(kind: str, reference: str, what: str, since: Any, why: str) -> dict[str, Any]:
    return {"kind": kind, "reference": reference, "what": what, "since": since, "why": why}


def _retry_step(reference: str, reason: str, by: str) -> None:
    cases.retry(case=reference, reason=reason, by=by)


def _retry_letter(reference: str, reason: str, by: str) -> None:
    letters.retry(letter=reference, reason=reason, by=by)


def _retry_announcement(reference: str, reason: str, by: str) -> None:
    notifications.reannounce(matter=reference, reason=reason, by=by)


def _retry_mail(reference: str, reason: str, by: str) -> None:
    notifications.retry(mail=reference, reason=reason, by=by)


_TRIES: dict[str, Callable[[str, str, str], None]] = {
    "step": _retry_step,
    "letter": _retry_letter,
    "announcement": _retry_announcement,
    "mail": _retry_mail,
}


@done_by(*KEEPERS)
def retry(request: Visit, kind: str, reference: str) -> HttpResponseBase:
    """Try something again."""
    if kind not in _TRIES:
        raise Http404
    _TRIES[kind](reference, filled(Reason, request)["reason"], request.user.login_id)
    messages.success(request, f"{reference} wird erneut versucht.")
    return redirect("stuck")


@done_by(*KEEPERS)
def settle(request: Visit, mail: str) -> HttpResponseBase:
    """Close a mail for good: somebody knows what became of it."""
    notifications.settle(mail=mail, reason=filled(Reason, request)["reason"], by=request.user.login_id)
    messages.success(request, f"Die E-Mail {mail} ist abgeschlossen.")
    return redirect("stuck")
