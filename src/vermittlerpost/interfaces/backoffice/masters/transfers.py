"""Bestandsübertragung: a portfolio or a single case moves to another agency on a day, seen before it is done."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.interfaces.backoffice.masters.forms import Handover
from vermittlerpost.interfaces.backoffice.pages import Visit, done_by, filled_in_by, has_role, read_by
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

_MOVERS = (StaffRole.ADMINISTRATOR, StaffRole.CASE_WORKER)
_SHOWN = 100


@read_by(*_MOVERS)
def overview(request: Visit) -> HttpResponseBase:
    """Show the transfers that wait for their day, and the latest that ended."""
    context = {
        "ahead": queries.transfers_ahead(),
        "ended": queries.transfers_ended().select_related("source", "target")[:_SHOWN],
        "may_move": has_role(request.user, _MOVERS),
    }
    return render(request, "backoffice/masters/transfers.html", context)


@filled_in_by(*_MOVERS)
def plan(request: Visit) -> HttpResponseBase:
    """Show which cases would move, then let them."""
    begun = {"source": request.GET.get("von", ""), "case": request.GET.get("vorgang", "")}
    form = Handover(request.POST or None, initial=begun | {"effective_on": clock.today()})
    is_ready = form.is_bound and form.is_valid()
    if is_ready and "transfer" in request.POST:
        try:
            planned = cases.transfer(form.move(), by=request.user.login_id)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _told(planned))
            return redirect("transfers")
    preview = _preview(form.move()) if is_ready else None
    return render(request, "backoffice/masters/transfer.html", {"form": form, "preview": preview})


def _preview(move: cases.Move) -> dict[str, Any]:
    moving = queries.open_at(move.source, move.case)
    shown = list(moving[:_SHOWN])
    titles, steps = queries.titles_of_states(), queries.next_steps(shown)
    return {
        "move": move,
        "is_today": move.effective_on <= clock.today(),
        "number": moving.count(),
        "rows": [{"case": case, "state": titles.get(case.state, case.state), "step": steps[case.id]} for case in shown],
        "has_more": moving.count() > _SHOWN,
    }


def _told(planned: Any) -> str:
    if planned.effective_on > clock.today():
        day = f"{planned.effective_on:%d.%m.%Y}"
        return f"Vorgesehen: Am {day} geht der Bestand von selbst an Agentur {planned.target_id}."
    moved = "1 Vorgang" if planned.moved == 1 else f"{planned.moved} Vorgänge"
    return f"Übergeben an Agentur {planned.target_id}: {moved}. Die nächsten Schreiben gehen dorthin."


@done_by(*_MOVERS)
def withdraw(request: Visit, transfer: int) -> HttpResponseBase:
    """Let a transfer not happen."""
    cases.withdraw_transfer(transfer, by=request.user.login_id)
    messages.success(request, "Die Übertragung ist zurückgezogen; alles bleibt, wo es ist.")
    return redirect("transfers")
