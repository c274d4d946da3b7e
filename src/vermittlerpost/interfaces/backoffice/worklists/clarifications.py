"""Klärfälle: whose a registration is; candidates are offered, one click clears."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.rules import Clarification
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake import queries as received
from vermittlerpost.interfaces.backoffice.forms import Choice, Placement, filled
from vermittlerpost.interfaces.backoffice.lists import CLERKS
from vermittlerpost.interfaces.backoffice.pages import Visit, done_by, read_by
from vermittlerpost.interfaces.backoffice.worklists.picking import pick


@read_by(*CLERKS)
def overview(request: Visit) -> HttpResponseBase:
    """Show what is to be cleared, and for one of it who may be meant."""
    picked = pick(queries.clarifications(), request.GET.get("auswahl", ""))
    chosen = picked.chosen
    context = {
        "picked": picked,
        "why": {reason.value: reason.words for reason in Clarification},
        "candidates": received.candidates_of(chosen) if chosen else [],
        "related": received.related_cases(chosen) if chosen else [],
        "form": Placement(),
    }
    return render(request, "backoffice/worklists/clarifications.html", context)


@done_by(*CLERKS)
def clear(request: Visit, case: str) -> HttpResponseBase:
    """Let a case belong to an offered confirmation."""
    asked = filled(Choice, request)
    intake.clear_with_evb(case=case, evb=asked["choice"], reason=asked["reason"], by=request.user.login_id)
    messages.success(request, f"{case} ist geklärt; das Verfahren beginnt.")
    return redirect("clarifications")


@done_by(*CLERKS)
def place(request: Visit, case: str) -> HttpResponseBase:
    """Give a case to an agency that somebody names."""
    asked = filled(Placement, request)
    placement = cases.Placement(agency=asked["agency"].strip(), carrier=asked["carrier"])
    cases.clear(case=case, placement=placement, reason=asked["reason"], by=request.user.login_id)
    messages.success(request, f"{case} ist geklärt; das Verfahren beginnt.")
    return redirect("clarifications")
