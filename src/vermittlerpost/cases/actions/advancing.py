"""Take the steps that are due: the sweep."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from vermittlerpost.agencies.models import Agency, Carrier
from vermittlerpost.cases import events, queries
from vermittlerpost.cases.actions.halting import is_halted
from vermittlerpost.cases.actions.opening import steps_from
from vermittlerpost.cases.actions.writing import Order, write
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.models import Case, Deadline
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import Schedule, Step, schedule
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import bulk, claim, clock
from vermittlerpost.lib.errors import told


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A step that a case takes on a day."""

    case: Case
    agency: Agency
    carrier: Carrier
    step: Step
    schedule: Schedule


def advance_due(*, limit: int, by: str) -> int:
    """Take one step in each of up to `limit` cases that are due, and return how many were claimed.

    Steps are taken from 07:00 Europe/Berlin, on working days of the agency's Land, and none while they are halted.
    Several workers may sweep at once: a case that somebody else holds is left to him. A case whose step fails is set
    aside, the others proceed.
    """
    return claim.batch(
        lambda: _claim(queries.due(clock.now()), limit),
        lambda deadlines: _advance(deadlines, by=by),
        reclaim=lambda deadlines: _claim(
            queries.due(clock.now()).filter(case__in=[deadline.case_id for deadline in deadlines]),
            len(deadlines),
        ),
        set_aside=lambda deadline, error: _set_aside(deadline, error, by=by),
    )


def _claim(due: QuerySet[Deadline], limit: int) -> list[Deadline]:
    if is_halted():
        return []
    # The case is locked with its deadline, so that an application on its way in is never missed: whoever comes
    # second waits or skips.
    return list(
        due.select_for_update(skip_locked=True, of=("self", "case"))
        .select_related("case__agency", "case__carrier")
        .order_by("due_at")[:limit]
    )


def _advance(deadlines: Sequence[Deadline], *, by: str) -> None:
    today = clock.today()
    taken = [_take(deadline, today) for deadline in deadlines]
    write([order for step in taken if (order := _order(step))], by=by)
    bulk.update(
        Case,
        ["state", "requested_on"],
        [(t.case.id, t.step.state, t.case.requested_on or (today if t.step.letter else None)) for t in taken],
    )
    _set_deadlines(taken)
    journal.record([_event(step) for step in taken], by=by)


def _take(deadline: Deadline, today: date) -> Taken:
    case = deadline.case
    process = PROCESSES[case.process]
    step = process.step_after(case.state)
    if step is None:
        raise LookupError(f"{case.id} has a deadline after its last step.")
    if case.agency is None or case.carrier is None:
        raise LookupError(f"{case.id} has nobody to write to, or nobody who writes.")
    planned = schedule(step, COUNTINGS[process.counting], today, case.agency.state)
    return Taken(case=case, agency=case.agency, carrier=case.carrier, step=step, schedule=planned)


def _order(taken: Taken) -> Order | None:
    if taken.step.letter is None:
        return None
    return Order(
        case=taken.case,
        agency=taken.agency,
        carrier=taken.carrier,
        kind=taken.step.letter,
        step=taken.step.raised(taken.case.raised),
        schedule=taken.schedule,
    )


def _set_deadlines(taken: Iterable[Taken]) -> None:
    going_on = [(t.case.id, t.schedule.next_on, steps_from(t.schedule.next_on)) for t in taken if t.schedule.next_on]
    bulk.update(Deadline, ["planned_on", "due_at"], going_on)
    last = [t.case.id for t in taken if t.schedule.next_on is None]
    if last:
        Deadline.objects.filter(case__in=last).delete()


def _event(taken: Taken) -> Event:
    next_on = taken.schedule.next_on
    data = {
        "before": taken.case.state,
        "after": taken.step.state,
        "title": taken.step.title,
        "next_on": next_on.isoformat() if next_on else None,
    }
    return Event(kind=events.STEP_TAKEN, subject=taken.case.id, data=data)


def _set_aside(deadline: Deadline, error: Exception, *, by: str) -> None:
    with transaction.atomic():
        Deadline.objects.filter(case=deadline.case_id).update(stuck_at=clock.now(), stuck_reason=told(error))
        event = Event(kind=events.STUCK, subject=deadline.case_id, data={"error": type(error).__name__})
        journal.record([event], by=by)
