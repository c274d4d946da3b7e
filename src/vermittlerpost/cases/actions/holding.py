"""Hold a case for a bounded time; it goes on by itself."""

from datetime import date, timedelta

from django.db import transaction

from vermittlerpost.cases import events
from vermittlerpost.cases.actions.locking import lock_open
from vermittlerpost.cases.actions.opening import steps_from
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.models import Case, Deadline
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import after_hold
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused


class HoldTooLong(Refused):
    """The hold would last longer than the process allows, or would end before it begins."""

    code = "hold_too_long"


class NothingToHold(Refused):
    """Nothing is pending in the case that could be held, or nothing is held."""

    code = "nothing_to_hold"


@transaction.atomic
def hold(*, case: str, until: date, reason: str, by: str) -> None:
    """Take no step up to and including a day; refuses more days than the process allows, and a case at rest.

    The pending step is then taken on the next working day: nothing has to resume it.
    """
    held, deadline = pending(case)
    longest = PROCESSES[held.process].longest_hold_days
    if not clock.today() <= until <= clock.today() + timedelta(days=longest):
        raise HoldTooLong(
            "Angehalten werden kann ein Vorgang ab heute bis zu {days} Tage.", days=str(longest), case=case
        )
    rest(held, deadline, until=until, reason=reason)
    data = {"until": until.isoformat(), "reason": reason}
    journal.record([Event(kind=events.HELD, subject=case, data=data)], by=by)


@transaction.atomic
def resume(*, case: str, by: str) -> None:
    """Lift a hold before it ends; the pending step is due on its planned day, or at once if that has passed."""
    held, deadline = pending(case)
    if held.held_until is None:
        raise NothingToHold("Der Vorgang {case} ist nicht angehalten.", case=case)
    next_on = rest(held, deadline, until=None, reason="")
    journal.record([Event(kind=events.RESUMED, subject=case, data={"next_on": next_on.isoformat()})], by=by)


def pending(case: str) -> tuple[Case, Deadline]:
    """Return a case and its pending step, locked; refuses a closed case and one in which nothing is pending."""
    locked = lock_open(case)
    deadline = Deadline.objects.filter(case=case).first()
    if deadline is None:
        raise NothingToHold("Im Vorgang {case} steht kein Schritt an.", case=case)
    return locked, deadline


def rest(case: Case, deadline: Deadline, *, until: date | None, reason: str) -> date:
    """Move the pending step of a locked case behind a hold, or back to its own day, and return its day."""
    Case.objects.filter(id=case.id).update(held_until=until, hold_reason=reason)
    counting = COUNTINGS[PROCESSES[case.process].counting]
    land = case.agency.state if case.agency else ""
    next_on = after_hold(deadline.planned_on, until, counting, land)
    Deadline.objects.filter(case=case.id).update(due_at=steps_from(next_on))
    return next_on
