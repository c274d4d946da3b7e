"""Change a case with a reason: hold, resume, ask, hand over, end, open again, withdraw its cancellation, send again."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import State
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.intake import actions as intake
from vermittlerpost.interfaces.backoffice.forms import Question, Reason, ToAgency, Until, filled
from vermittlerpost.interfaces.backoffice.lists import CLERKS
from vermittlerpost.interfaces.backoffice.pages import Visit, done_by, filled_in_by
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib.errors import Refused


@done_by(*CLERKS)
def hold(request: Visit, case: str) -> HttpResponseBase:
    """Let a case rest for a bounded time."""
    asked = filled(Until, request)
    cases.hold(case=case, until=asked["until"], reason=asked["reason"], by=request.user.login_id)
    return _changed(request, case, f"Der Vorgang ruht bis {asked['until']:%d.%m.%Y} und läuft dann weiter.")


@done_by(*CLERKS)
def resume(request: Visit, case: str) -> HttpResponseBase:
    """Lift a hold."""
    cases.resume(case=case, by=request.user.login_id)
    return _changed(request, case, "Der Vorgang läuft weiter.")


@filled_in_by(*CLERKS)
def ask(request: Visit, case: str) -> HttpResponseBase:
    """Ask the agency something by letter; what was typed stays if that is refused."""
    found = queries.everything().select_related("agency").filter(id=case).exclude(state=State.CLOSED).first()
    if found is None or found.process not in PROCESSES:
        raise Http404
    form = Question(request.POST or None, longest=PROCESSES[found.process].longest_hold_days)
    if form.is_valid():
        try:
            letter = cases.ask(case=case, by=request.user.login_id, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("text", refusal.sentence)
        else:
            return _changed(request, case, f"Die Rückfrage geht als Schreiben {letter} an die Agentur.")
    return render(request, "backoffice/filing/ask.html", {"case": found, "form": form})


@done_by(StaffRole.APPROVER)
def revoke(request: Visit, case: str) -> HttpResponseBase:
    """Withdraw a cancellation that should not have been, though no application came."""
    cases.revoke_cancellation(case=case, reason=filled(Reason, request)["reason"], by=request.user.login_id)
    return _changed(
        request, case, "Die Kündigung ist zurückgenommen. Der Vorgang steht wieder unter „Kündigungen vorschlagen“."
    )


@done_by(*CLERKS)
def reroute(request: Visit, case: str) -> HttpResponseBase:
    """Hand a case to another agency."""
    asked = filled(ToAgency, request)
    agency = asked["agency"].strip()
    cases.reroute(case=case, agency=agency, reason=asked["reason"], by=request.user.login_id)
    return _changed(request, case, f"Die nächsten Schreiben gehen an die Agentur {agency}.")


@done_by(*CLERKS)
def close(request: Visit, case: str) -> HttpResponseBase:
    """End a case."""
    cases.close(case=case, reason=filled(Reason, request)["reason"], by=request.user.login_id)
    return _changed(request, case, "Der Vorgang ist beendet; was noch nicht hinaus war, ist zurückgezogen.")


@done_by(*CLERKS)
def reopen(request: Visit, case: str) -> HttpResponseBase:
    """Open a case again."""
    unheard = intake.reopen(case=case, reason=filled(Reason, request)["reason"], by=request.user.login_id)
    sentence = "Der Vorgang ist wieder offen."
    if unheard:
        sentence += f" Inzwischen kam, was ihn meinen kann ({unheard}): bitte unter „Unklare Meldungen“ klären."
    return _changed(request, case, sentence)


@done_by(*CLERKS)
def reissue(request: Visit, letter: str) -> HttpResponseBase:
    """Send a letter once more, on paper."""
    delivery.reissue(letter=letter, reason=filled(Reason, request)["reason"], by=request.user.login_id)
    sentence = (
        f"Das Schreiben {letter} geht mit dem nächsten Druckstapel noch einmal hinaus; eine E-Mail gibt es nicht."
    )
    return _changed(request, letters.case_of(letter), sentence)


def _changed(request: Visit, case: str, sentence: str) -> HttpResponseBase:
    messages.success(request, sentence)
    return redirect("desk_case", case=case)
