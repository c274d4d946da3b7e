"""End cases: one transaction stops everything that has not left yet (R6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vermittlerpost.cases import events
from vermittlerpost.cases.actions.crossing import take_back
from vermittlerpost.cases.models import Case, Deadline
from vermittlerpost.cases.rules import CloseReason, State
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.letters import actions as letters
from vermittlerpost.lib import bulk
from vermittlerpost.notifications import actions as notifications


@dataclass(frozen=True, kw_only=True)
class Ending:
    """A case that ends on a day for a reason; `cause` refers to the message or application behind it."""

    case: str
    on: date
    reason: CloseReason
    cause: str


def end(endings: Sequence[Ending], *, by: str) -> None:
    """End cases, within the caller's transaction; those that have ended already stay as they are.

    Unsent mails, unprinted paper and the pending step are withdrawn, letters are shown as settled with the reason, and
    paper that is just on its way is taken back.
    """
    if not endings:
        return
    delivery.wait_for_printing()
    wanted = {ending.case: ending for ending in endings}
    states = dict(
        Case.objects.select_for_update()
        .filter(id__in=list(wanted))
        .exclude(state=State.CLOSED)
        .order_by("id")
        .values_list("id", "state")
    )
    ended = [ending for case, ending in wanted.items() if case in states]
    if not ended:
        return
    bulk.update(
        Case,
        ["state", "closed_on", "close_reason"],
        [(ending.case, State.CLOSED.value, ending.on, ending.reason.value) for ending in ended],
    )
    Deadline.objects.filter(case__in=list(states)).delete()
    # Before the journal, as everybody who works off the mailbox locks entries and chains in this order.
    delivery.settle({ending.case: (ending.on, ending.reason.value) for ending in ended}, by=by)
    journal.record([_event(ending, states[ending.case]) for ending in ended], by=by)
    _stop(ended, by=by)


def _event(ending: Ending, before: str) -> Event:
    data = {
        "closed_on": ending.on.isoformat(),
        "reason": ending.reason.value,
        "words": ending.reason.words,
        "cause": ending.cause,
        "before": before,
        "after": State.CLOSED.value,
    }
    return Event(kind=events.CLOSED, subject=ending.case, data=data)


def _stop(ended: Sequence[Ending], *, by: str) -> None:
    settled = letters.settle({ending.case: (ending.on, ending.reason.value) for ending in ended}, by=by)
    if settled:
        delivery.withdraw(settled, reason="case_ended", by=by)
        notifications.withdraw(sorted(set(settled.values())), by=by)
        take_back({ending.case: (ending.on, ending.reason) for ending in ended}, by=by)
