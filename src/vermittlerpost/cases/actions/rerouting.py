"""Hand cases to another agency."""

from collections.abc import Sequence

from django.db import transaction

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import Agency
from vermittlerpost.cases import events
from vermittlerpost.cases.actions.locking import lock_open
from vermittlerpost.cases.actions.opening import steps_from
from vermittlerpost.cases.actions.repeating import repeat
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.models import Case, Deadline
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import State, after_hold
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import bulk
from vermittlerpost.lib.errors import Refused


class UnknownAgency(Refused):
    """The agency that should get the case does not exist."""

    code = "unknown_agency"


@transaction.atomic
def reroute(*, case: str, agency: str, reason: str, by: str) -> None:
    """Let the next letters of a case go to another agency; refuses an unknown agency and a closed case.

    Letters already issued stay where they are. The pending step keeps its day, moved forward where the new
    agency's Land does not work on it. Where everything was written already, the new agency is reminded before
    anything may be cancelled.
    """
    locked = lock_open(case)
    move([locked], known(agency), reason=reason, by=by)


def known(number: str) -> Agency:
    """Return an agency; refuses an unknown one."""
    found = agencies.known_agencies([number]).get(number)
    if found is None:
        raise UnknownAgency("Die Agentur {agency} ist nicht bekannt.", agency=number)
    return found


def move(cases: Sequence[Case], target: Agency, *, reason: str, by: str) -> None:
    """Give locked cases to another agency, within the caller's transaction, with the days of their pending steps."""
    bulk.update(Case, ["agency"], [(case.id, target.number) for case in cases])
    pending = {deadline.case_id: deadline for deadline in Deadline.objects.filter(case__any_of=[c.id for c in cases])}
    bulk.update(
        Deadline,
        ["planned_on", "due_at"],
        [(case.id, *_days(case, pending[case.id], target.state)) for case in cases if case.id in pending],
    )
    journal.record(
        [
            Event(
                kind=events.REROUTED,
                subject=case.id,
                data={"before": case.agency_id, "after": target.number, "reason": reason},
            )
            for case in cases
        ],
        by=by,
    )
    waiting = [case.id for case in cases if case.state == State.CANCELLATION_PROPOSED]
    repeat(list(Case.objects.select_related("agency").filter(id__any_of=waiting)), reason=reason, by=by)


def _days(case: Case, deadline: Deadline, land: str) -> tuple[object, object]:
    counting = COUNTINGS[PROCESSES[case.process].counting]
    planned_on = counting.roll(deadline.planned_on, land)
    return planned_on, steps_from(after_hold(planned_on, case.held_until, counting, land))
