"""Clear what a person had to look at: say whose a registration is, so that its process begins."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from vermittlerpost.agencies.models import Agency, Carrier
from vermittlerpost.cases import events
from vermittlerpost.cases.actions.locking import lock_open
from vermittlerpost.cases.actions.opening import steps_from
from vermittlerpost.cases.actions.rerouting import UnknownAgency
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.models import Case, Deadline
from vermittlerpost.cases.processes import newest
from vermittlerpost.cases.rules import Party, State, first_step_on
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock, identifiers
from vermittlerpost.lib.errors import Refused


class NothingToClear(Refused):
    """Nobody has to clear the case (any more)."""

    code = "nothing_to_clear"


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Whose a registration is: agency, carrier, and the eVB and policyholder if they are known."""

    agency: str
    carrier: str
    evb: str = ""
    policyholder: Party | None = None


@transaction.atomic
def clear(*, case: str, placement: Placement, reason: str, by: str) -> date:
    """Let the process of a cleared case begin, and return the day of its first step, today at the earliest.

    The grace period counts from the notice, as it does for everybody. Refuses a case that is not to be cleared, and
    an agency or carrier that is unknown.
    """
    locked = lock_open(case)
    if locked.state != State.CLARIFICATION:
        raise NothingToClear("Der Vorgang {case} ist kein Klärfall (mehr).", case=case)
    agency = Agency.objects.filter(number=placement.agency).first()
    carrier = Carrier.objects.filter(code=placement.carrier).first()
    if agency is None or carrier is None:
        raise UnknownAgency("Agentur oder Risikoträger ist nicht bekannt.", agency=placement.agency)
    next_on = _begin(locked, placement, agency, carrier)
    data = {
        "agency": agency.number,
        "confirmation": identifiers.derive("E", placement.evb) if placement.evb else None,
        "next_on": next_on.isoformat(),
        "reason": reason.strip(),
    }
    journal.record([Event(kind=events.CLEARED, subject=case, data=data)], by=by)
    return next_on


def _begin(case: Case, placement: Placement, agency: Agency, carrier: Carrier) -> date:
    process = newest(carrier.process)
    counting = COUNTINGS[process.counting]
    earliest = counting.roll(clock.today(), agency.state)
    next_on = max(first_step_on(process, counting, case.opened_on, agency.state), earliest)
    party = placement.policyholder or Party()
    Case.objects.filter(id=case.id).update(
        state=State.GRACE,
        agency=agency,
        carrier=carrier,
        process=process.code,
        evb=placement.evb or case.evb,
        policyholder_name=party.name,
        policyholder_street=party.street,
        policyholder_postcode=party.postcode,
        policyholder_city=party.city,
    )
    Deadline.objects.create(case=case, planned_on=next_on, due_at=steps_from(next_on))
    return next_on
