"""Kündigungen: one person proposes, somebody else decides, and what if the application comes after all."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.rules import LETTERS_BEFORE_CANCELLATION
from vermittlerpost.intake import actions as intake
from vermittlerpost.interfaces.backoffice.forms import Reason, filled
from vermittlerpost.interfaces.backoffice.lists import CLERKS, DECIDERS
from vermittlerpost.interfaces.backoffice.pages import Visit, done_by, read_by
from vermittlerpost.interfaces.backoffice.words import proofs_of
from vermittlerpost.interfaces.backoffice.worklists.picking import pick


@read_by(*CLERKS)
def proposals(request: Visit) -> HttpResponseBase:
    """Show the cases whose agencies did not answer, and for one of them what was written and delivered."""
    picked = pick(queries.proposable().select_related("agency"), request.GET.get("auswahl", ""))
    chosen = picked.chosen
    context = {
        "picked": picked,
        "proofs": proofs_of(chosen.id) if chosen else [],
        "earlier": queries.cancellations_of(chosen.id) if chosen else [],
        "may_propose": chosen is not None and queries.times_told([chosen])[chosen.id] >= LETTERS_BEFORE_CANCELLATION,
    }
    return render(request, "backoffice/worklists/proposals.html", context)


@read_by(*DECIDERS)
def approvals(request: Visit) -> HttpResponseBase:
    """Show what was proposed, and for one of it by whom and why."""
    picked = pick(queries.undecided_cancellations().select_related("case__agency"), request.GET.get("auswahl", ""))
    chosen = picked.chosen
    context = {
        "picked": picked,
        "proofs": proofs_of(chosen.case_id) if chosen else [],
        "is_own": chosen is not None and chosen.proposed_by == request.user.login_id,
        "may_decide": StaffRole.APPROVER in request.user.roles,
    }
    return render(request, "backoffice/worklists/approvals.html", context)


@read_by(*CLERKS)
def answered(request: Visit) -> HttpResponseBase:
    """Show where an application came after the cancellation, and for one of them by whom that was decided and why."""
    picked = pick(queries.answered_cancellations(), request.GET.get("auswahl", ""))
    chosen = picked.chosen
    context = {
        "picked": picked,
        "proofs": proofs_of(chosen.case_id) if chosen else [],
        "may_decide": StaffRole.CASE_WORKER in request.user.roles,
    }
    return render(request, "backoffice/worklists/answered.html", context)


@done_by(StaffRole.CASE_WORKER)
def propose(request: Visit, case: str) -> HttpResponseBase:
    """Propose to cancel."""
    cases.propose(case=case, reason=filled(Reason, request)["reason"], by=request.user.login_id)
    messages.success(request, f"Der Vorschlag zu {case} liegt zur Freigabe. Entscheiden muss jemand anderes.")
    return redirect("proposals")


@done_by(StaffRole.CASE_WORKER)
def remind_again(request: Visit, case: str) -> HttpResponseBase:
    """Write once more to an agency that was not told twice."""
    cases.remind_again(case=case, reason=filled(Reason, request)["reason"], by=request.user.login_id)
    messages.success(request, f"Die Agentur wird im Vorgang {case} noch erinnert; danach steht er wieder hier.")
    return redirect("proposals")


@done_by(StaffRole.APPROVER)
def approve(request: Visit, case: str) -> HttpResponseBase:
    """Approve, after a last look at what came in."""
    intake.approve_cancellation(case=case, by=request.user.login_id)
    messages.success(request, f"Die vorläufige Deckung im Vorgang {case} ist gekündigt; die Agentur erfährt es jetzt.")
    return redirect("approvals")


@done_by(StaffRole.APPROVER)
def decline(request: Visit, case: str) -> HttpResponseBase:
    """Decline, with a reason."""
    cases.decline(case=case, reason=filled(Reason, request)["reason"], by=request.user.login_id)
    messages.success(request, f"Der Vorschlag zu {case} ist abgelehnt; es wird nicht gekündigt.")
    return redirect("approvals")


@done_by(StaffRole.CASE_WORKER)
def withdraw(request: Visit, case: str) -> HttpResponseBase:
    """Let the cover stay, with a reason."""
    cases.withdraw_cancellation(case=case, reason=filled(Reason, request)["reason"], by=request.user.login_id)
    messages.success(request, f"Die Kündigung im Vorgang {case} ist zurückgenommen; die Deckung bleibt.")
    return redirect("answered")


@done_by(StaffRole.CASE_WORKER)
def uphold(request: Visit, case: str) -> HttpResponseBase:
    """Leave it at the cancellation, with a reason."""
    cases.uphold_cancellation(case=case, reason=filled(Reason, request)["reason"], by=request.user.login_id)
    messages.success(request, f"Im Vorgang {case} bleibt es bei der Kündigung; der Antrag wird ein neuer Vertrag.")
    return redirect("answered")
