"""Unklare Meldungen: applications and signals that fit several cases, and what takes a signal back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from vermittlerpost.cases.rules import CloseReason
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake import queries
from vermittlerpost.intake.desk.papers import Outcome
from vermittlerpost.interfaces.backoffice.forms import Choice, Reason, filled
from vermittlerpost.interfaces.backoffice.lists import CLERKS, MOST
from vermittlerpost.interfaces.backoffice.pages import Visit, done_by, read_by

_KINDS = {
    "other_insurer": "anderer Versicherer bestätigt",
    "deregistration": "außer Betrieb gesetzt",
    "plate_change": "neues Kennzeichen",
    "withdrawn": "Mitteilung zurückgenommen",
}
_ON = {"plate_change": "Der Vorgang {case} hat das neue Kennzeichen; die nächsten Schreiben nennen es."}
_ENDS = "Die Mitteilung beendet den Vorgang {case}."


@read_by(*CLERKS)
def overview(request: Visit) -> HttpResponseBase:
    """Show applications first, since an answered case must not be reminded of, then signals."""
    context = {
        "applications": [_row(one, one.application_id, "Antrag") for one in queries.applications_to_clear()[:MOST]],
        "notices": [
            _withdrawal(one) if one.withdraws else _row(one, one.message_id, _KINDS[one.kind])
            for one in queries.to_clear()[:MOST]
        ],
    }
    return render(request, "backoffice/worklists/unclear.html", context)


def _row(message: Any, number: str, kind: str) -> dict[str, Any]:
    return {"message": message, "number": number, "kind": kind, "cases": queries.cases_meant(message)}


def _withdrawal(notice: Any) -> dict[str, Any]:
    """Return what took back a signal; nothing is chosen for it, but what that signal did may be undone."""
    found = queries.taken_back_by(notice)
    return {
        "message": notice,
        "number": notice.message_id,
        "kind": _KINDS[notice.kind],
        "withdraws": True,
        "signal": found and found.signal,
        "signal_kind": found and _KINDS[found.signal.kind],
        "is_unclear": found and found.signal.outcome == Outcome.AMBIGUOUS,
        "changed": [{"case": case, "why": _reason(case)} for case in (found.cases if found else ())],
    }


def _reason(case: Any) -> str:
    return CloseReason(case.close_reason).words if case.close_reason else ""


@done_by(*CLERKS)
def sort_application(request: Visit, application: str) -> HttpResponseBase:
    """Say which case an application answers."""
    case = filled(Choice, request)["choice"]
    intake.sort_application(application=application, case=case, by=request.user.login_id)
    return _sorted(request, f"Der Antrag {application} beendet den Vorgang {case}.")


@done_by(*CLERKS)
def dismiss_application(request: Visit, application: str) -> HttpResponseBase:
    """Say that an application answers none of them."""
    intake.dismiss_application(
        application=application, reason=filled(Reason, request)["reason"], by=request.user.login_id
    )
    return _sorted(request, f"Der Antrag {application} ist abgelegt; die Vorgänge gehen weiter.")


@done_by(*CLERKS)
def sort_notice(request: Visit, notice: int) -> HttpResponseBase:
    """Say which case a signal means."""
    case = filled(Choice, request)["choice"]
    kind = intake.sort_notice(notice=notice, case=case, by=request.user.login_id)
    return _sorted(request, _ON.get(kind, _ENDS).format(case=case))


@done_by(*CLERKS)
def dismiss_notice(request: Visit, notice: int) -> HttpResponseBase:
    """Say that a signal means none of them."""
    intake.dismiss_notice(notice=notice, reason=filled(Reason, request)["reason"], by=request.user.login_id)
    return _sorted(request, "Die Mitteilung ist abgelegt; offene Vorgänge gehen weiter.")


def _sorted(request: Visit, sentence: str) -> HttpResponseBase:
    messages.success(request, sentence)
    return redirect("unclear")
