"""Hand a case to another agency."""

from django.db import transaction

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import events
from vermittlerpost.cases.actions.locking import lock_open
from vermittlerpost.cases.actions.opening import steps_from
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.models import Case, Deadline
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import after_hold
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib.errors import Refused


class UnknownAgency(Refused):
    """The agency that should get the case does not exist."""

    code = "unknown_agency"


@transaction.atomic
def reroute(*, case: str, agency: str, reason: str, by: str) -> None:
    """Let the next letters of a case go to another agency; refuses an unknown agency and a closed case.

    Letters already issued stay where they are. The pending step keeps its day, moved forward where the new
    agency's Land does not work on it.
    """
    locked = lock_open(case)
    target = agencies.known_agencies([agency]).get(agency)
    if target is None:
        raise UnknownAgency("Die Agentur {agency} ist nicht bekannt.", agency=agency)
    Case.objects.filter(id=case).update(agency=target)
    _move_deadline(locked, target.state)
    data = {"before": locked.agency_id, "after": agency, "reason": reason}
    journal.record([Event(kind=events.REROUTED, subject=case, data=data)], by=by)


def _move_deadline(case: Case, land: str) -> None:
    deadline = Deadline.objects.filter(case=case.id).first()
    if deadline is None:
        return
    counting = COUNTINGS[PROCESSES[case.process].counting]
    planned_on = counting.roll(deadline.planned_on, land)
    next_on = after_hold(planned_on, case.held_until, counting, land)
    Deadline.objects.filter(case=case.id).update(planned_on=planned_on, due_at=steps_from(next_on))
