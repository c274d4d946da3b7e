"""End a case by hand, and open one again that ended by mistake."""

from datetime import date

from django.db import transaction

from vermittlerpost.cases import events, queries
from vermittlerpost.cases.actions.ending import Ending, end
from vermittlerpost.cases.actions.locking import NoOpenCase, lock_open
from vermittlerpost.cases.actions.opening import steps_from
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.models import Case, Deadline
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import CloseReason, Settlement, State, next_after
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal import queries as journalled
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock


@transaction.atomic
def close(*, case: str, reason: str, by: str) -> None:
    """End a case by hand, with all that follows from an end; refuses one that has ended."""
    delivery.wait_for_printing()
    lock_open(case)
    end([Ending(case=case, on=clock.today(), reason=CloseReason.BY_HAND, cause=reason.strip())], by=by)


@transaction.atomic
def reopen(*, case: str, reason: str, by: str) -> None:
    """Put a case back into the state in which it ended; its next step falls as if that state began today.

    Letters that were settled stay settled, and what was withdrawn stays withdrawn. Refuses a case that is open, and one
    whose data are gone.
    """
    closed = Case.objects.select_for_update().filter(id=case, state=State.CLOSED, erased_on=None).first()
    if closed is None:
        raise NoOpenCase("Einen beendeten Vorgang {case}, dessen Angaben noch vorliegen, gibt es nicht.", case=case)
    state = _state_before(case)
    Case.objects.filter(id=case).update(state=state, closed_on=None, close_reason="", held_until=None, hold_reason="")
    next_on = _plan(closed, state)
    data = {"next_on": next_on and next_on.isoformat(), "after": state, "reason": reason.strip()}
    journal.record([Event(kind=events.REOPENED, subject=case, data=data)], by=by)


def _state_before(case: str) -> str:
    """Return the state in which a case ended; one whose cancellation was withdrawn since stands before it again."""
    ended = journalled.about(case).filter(kind=events.CLOSED.code).last()
    state = str(ended.data["before"]) if ended else State.GRACE.value
    cancellation = queries.cancellations_of(case).filter(approved=True).last()
    if state == State.CANCELLED and cancellation and cancellation.settled_as == Settlement.COVER_STAYS:
        return State.CANCELLATION_PROPOSED.value
    return state


def _plan(case: Case, state: str) -> date | None:
    process = PROCESSES.get(case.process)
    if process is None or case.agency is None:
        return None
    next_on = next_after(process, COUNTINGS[process.counting], state, clock.today(), case.agency.state)
    if next_on is not None:
        Deadline.objects.create(case=case, planned_on=next_on, due_at=steps_from(next_on))
    return next_on
