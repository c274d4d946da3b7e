"""One case with everything: its time line, letters with their proofs, what comes next, and what can be done."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.cases import queries
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import PROMISED, Settlement, State, Subject
from vermittlerpost.delivery.channels import CHANNELS
from vermittlerpost.intake import queries as received
from vermittlerpost.interfaces.backoffice.forms import Reason, ToAgency, Until
from vermittlerpost.interfaces.backoffice.lists import CLERKS
from vermittlerpost.interfaces.backoffice.pages import Visit, has_role, read_by
from vermittlerpost.interfaces.backoffice.words import proofs_of
from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.events import sentence_of
from vermittlerpost.letters import actions as letters
from vermittlerpost.letters import queries as written
from vermittlerpost.lib import clock


@read_by()
def overview(request: Visit, case: str) -> HttpResponseBase:
    """Show a case; that staff look at it is no receipt (R9)."""
    found = queries.everything().select_related("agency", "carrier").filter(id=case).first()
    if found is None:
        raise Http404
    step = queries.next_step(found)
    context = {
        "case": found,
        "state": queries.titles_of_states().get(found.state, found.state),
        "step": step,
        "way": CHANNELS[step.channel].title if step.channel else "",
        "moments": _moments(case),
        "broken_at": journal.broken_at(case),
        "proofs": proofs_of(case),
        "plates": queries.plates_of([case])[case],
        "pauses": queries.pauses_of(case),
        "inquiries": queries.inquiries_of(case),
        "subjects": {subject.value: subject.words for subject in Subject},
        "cancellations": queries.cancellations_of(case),
        "settlements": {settlement.value: settlement.words for settlement in Settlement},
        "related": received.related_cases(found),
        "may_work": has_role(request.user, CLERKS),
        "may_approve": has_role(request.user, [StaffRole.APPROVER]),
        "cancelled": queries.standing_cancellation(case),
        **_offers(found),
    }
    return render(request, "backoffice/filing/case.html", context)


def _moments(case: str) -> list[dict[str, Any]]:
    return [
        {"at": one.at, "actor": one.actor, "kind": one.kind, "sentence": sentence_of(one.kind, one.data)}
        for one in journal.about(case)
    ]


def _offers(case: Any) -> dict[str, Any]:
    """Return what can be done with a case as it stands; the actions ask again."""
    is_open = case.state != State.CLOSED
    process = PROCESSES.get(case.process)
    is_planned = is_open and process is not None and case.state not in set(State) - {State.GRACE}
    longest = clock.today() + timedelta(days=process.longest_hold_days) if process else None
    return {
        "is_open": is_open,
        "may_hold": is_planned,
        "may_ask": is_open and process is not None,
        "may_resume": is_planned and case.held_until is not None,
        "promised_until": case.held_until if case.hold_reason in PROMISED else None,
        "may_settle": queries.answered_cancellations().filter(case=case).first(),
        "may_propose": case.state == State.CANCELLATION_PROPOSED,
        "is_clarification": case.state == State.CLARIFICATION,
        "hold": Until(auto_id="hold_%s", initial={"until": longest}),
        "reroute": ToAgency(auto_id="reroute_%s"),
        "close": Reason(auto_id="close_%s"),
        "reopen": Reason(auto_id="reopen_%s"),
    }


@read_by()
def pdf(request: Visit, letter: str) -> HttpResponseBase:
    """Return a letter as it was written, to be shown in the browser."""
    if not written.case_of(letter):
        raise Http404
    content = letters.pdf_of(letter, written.store(), by=request.user.login_id)
    return HttpResponse(content, "application/pdf", headers={"Content-Disposition": f'inline; filename="{letter}.pdf"'})
