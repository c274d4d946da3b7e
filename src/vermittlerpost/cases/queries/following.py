"""Ask what happens next in cases, and what their agencies said about them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet, Sum

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import Agency
from vermittlerpost.cases import rules
from vermittlerpost.cases.models import Case, Deadline, Inquiry, Pause
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.queries.halts import halt_in_force
from vermittlerpost.cases.queries.worklists import answered_cancellations
from vermittlerpost.cases.rules import CloseReason, NextStep, State
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.letters import queries as letters
from vermittlerpost.letters.models import Letter
from vermittlerpost.lib import clock


def next_step(case: Case) -> NextStep:
    """Return what happens next in a case: by its deadline and holds, so that it is the day on which it is done."""
    return next_steps([case])[case.id]


def next_steps(cases: Sequence[Case]) -> Mapping[str, NextStep]:
    """Return what happens next in each of the cases, asked once for all."""
    deadlines = {deadline.case_id: deadline for deadline in Deadline.objects.filter(case__any_of=[c.id for c in cases])}
    offices = agencies.known_agencies({case.agency_id for case in cases if case.agency_id and case.id in deadlines})
    steps = {case.id: _next_step(case, deadlines.get(case.id), offices.get(case.agency_id or "")) for case in cases}
    return steps | _halted(steps) | dict.fromkeys(_answered_late(cases), rules.ANSWERED_LATE)


def _halted(steps: Mapping[str, NextStep]) -> dict[str, NextStep]:
    days = {case: step.day for case, step in steps.items() if step.day}
    halt = halt_in_force() if days else None
    if halt is None:
        return {}
    last = halt.until or clock.today()
    return {case: rules.HALTED for case, day in days.items() if day <= last}


def _answered_late(cases: Sequence[Case]) -> list[str]:
    answered = [case.id for case in cases if case.close_reason == CloseReason.APPLICATION]
    if not answered:
        return []
    return list(answered_cancellations().filter(case__any_of=answered).values_list("case", flat=True))


def _next_step(case: Case, deadline: Deadline | None, office: Agency | None) -> NextStep:
    if deadline is None:
        return rules.AT_REST.get(case.state, rules.AT_REST[State.CANCELLATION_PROPOSED])
    if deadline.stuck_at:
        return rules.STUCK
    step = PROCESSES[case.process].step_after(case.state)
    if step is None:
        raise LookupError(f"{case.id} has a deadline after its last step.")
    is_held = case.held_until is not None and case.held_until >= clock.today()
    day = clock.german_day(deadline.due_at)
    coming = rules.ahead(step, day, case.held_until if is_held else None, case.hold_reason)
    if step.letter is None or office is None:
        return coming
    return replace(coming, letter=step.letter, agency=office.number, channel=delivery.channel_on(office, day))


def pauses_of(case: str) -> QuerySet[Pause]:
    """Return the pauses of a case, oldest first."""
    return Pause.objects.filter(case=case).order_by("at", "id")


def inquiries_of(case: str) -> QuerySet[Inquiry]:
    """Return what agencies asked about a case, oldest first."""
    return Inquiry.objects.filter(case=case).order_by("at", "id")


def open_question(case: Case) -> Letter | None:
    """Return the letter by which the insurer asked the agency of a case something, as long as it may answer.

    Of several the one that is due last; none that the agency took up with a query of its own.
    """
    asked = letters.of_case(case.id).filter(kind=rules.ASKS, agency=case.agency_id, due_on__gte=clock.today())
    return asked.exclude(id__in=inquiries_of(case.id).values("letter")).order_by("-due_on", "id").first()


def latest_pause(case: Case) -> date | None:
    """Return the last day up to which a case may be paused today, None if it may not be paused."""
    if case.process not in PROCESSES or not Deadline.objects.filter(case=case).exists():
        return None
    spent = pauses_of(case.id).aggregate(days=Sum("days"))["days"] or 0
    return rules.latest_pause(PROCESSES[case.process], clock.today(), case.held_until, spent)


def times_told(cases: Sequence[Case]) -> Mapping[str, int]:
    """Return how many letters of its process reached the agency that each of the cases has now.

    What reached another one, from which a case was handed over, does not count; nor does what somebody asked in
    between.
    """
    asked = {case.id: case for case in cases}
    arrived = delivery.arrivals_in(list(asked)).values_list("letter__case", "letter__agency", "letter__kind")
    return Counter(case for case, agency, kind in arrived if _tells(asked[case], agency, kind))


def _tells(case: Case, agency: str, kind: str) -> bool:
    return agency == case.agency_id and kind in PROCESSES[case.process].letters
