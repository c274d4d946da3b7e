"""Write once more to an agency that was not told twice, such as one that took a case over, before it is cancelled."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from vermittlerpost.cases import events, queries
from vermittlerpost.cases.actions.locking import lock_open
from vermittlerpost.cases.actions.opening import steps_from
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.models import Cancellation, Case, Deadline
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import LETTERS_BEFORE_CANCELLATION, Repeat, State, repeat_last
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import bulk, clock
from vermittlerpost.lib.errors import Refused

_LAPSED = "Die Agentur wird erst erinnert."


class NothingToRepeat(Refused):
    """The case is not at the point of cancellation, or its agency was told twice."""

    code = "nothing_to_repeat"


@transaction.atomic
def remind_again(*, case: str, reason: str, by: str) -> None:
    """Let the last letters of the process be written once more, as many as the agency that has the case now lacks.

    They are letters of their own, each with a level above those so far (R5) and a fresh due date; the next run writes
    the first, and the proposal to cancel comes again by itself after the last. A proposal that nobody has decided on
    lapses. Refuses a case that is not at the point of cancellation, and one whose agency was told twice.
    """
    locked = lock_open(case)
    if not repeat([locked], reason=reason, by=by):
        raise NothingToRepeat(
            "Im Vorgang {case} steht keine Kündigung an, oder die Agentur ist schon zweimal erreicht.", case=case
        )


def repeat(cases: Sequence[Case], *, reason: str, by: str) -> int:
    """Do so for those of locked cases that need it, within the caller's transaction, and return how many they are."""
    waiting = [case for case in cases if case.state == State.CANCELLATION_PROPOSED and case.agency]
    told = queries.times_told(waiting)
    lacking = {case.id: LETTERS_BEFORE_CANCELLATION - told[case.id] for case in waiting}
    needy = [case for case in waiting if lacking[case.id] > 0]
    highest = _highest_levels(needy)
    repeats = {c.id: repeat_last(PROCESSES[c.process], lacking[c.id], highest[c.id]) for c in needy}
    if needy:
        _set_back(needy, repeats, reason=reason.strip(), by=by)
    return len(needy)


def _highest_levels(cases: Sequence[Case]) -> dict[str, int]:
    kinds = {case.id: PROCESSES[case.process].letters for case in cases}
    highest = dict.fromkeys(kinds, 0)
    found = letters.written_in(Case.objects.filter(id__any_of=list(kinds)).values("id"))
    for case, kind, level in found.values_list("case", "kind", "level"):
        if kind in kinds[case]:
            highest[case] = max(highest[case], level)
    return highest


def _set_back(cases: Sequence[Case], repeats: Mapping[str, Repeat], *, reason: str, by: str) -> None:
    days = {case.id: _next_day(case) for case in cases}
    bulk.update(Case, ["state", "raised"], [(case, one.state, one.raised) for case, one in repeats.items()])
    Deadline.objects.bulk_create(
        [Deadline(case=case, planned_on=days[case.id], due_at=steps_from(days[case.id])) for case in cases]
    )
    lapsed = _let_lapse(list(repeats), by=by)
    journal.record([*lapsed, *(_event(case, repeats[case.id], days[case.id], reason) for case in cases)], by=by)


def _next_day(case: Case) -> date:
    land = case.agency.state if case.agency else ""
    return COUNTINGS[PROCESSES[case.process].counting].roll(clock.today(), land)


def _let_lapse(cases: Sequence[str], *, by: str) -> list[Event]:
    undecided = list(Cancellation.objects.filter(case__any_of=cases, decided_at=None).order_by("id"))
    Cancellation.objects.filter(id__in=[one.id for one in undecided]).update(
        answer=_LAPSED, decided_by=by, decided_at=clock.now()
    )
    return [
        Event(
            kind=events.CANCELLATION_DECLINED,
            subject=one.case_id,
            data={"proposed_by": one.proposed_by, "reason": _LAPSED},
        )
        for one in undecided
    ]


def _event(case: Case, repeat: Repeat, day: date, reason: str) -> Event:
    data = {
        "agency": case.agency_id,
        "before": case.state,
        "after": repeat.state,
        "next_on": day.isoformat(),
        "reason": reason,
    }
    return Event(kind=events.CANCELLATION_PUT_OFF, subject=case.id, data=data)
