"""Ask about cases."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.rules import Right
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.models import Case, Deadline, Plate
from vermittlerpost.cases.rules import LAENDER, STEPS_FROM, State
from vermittlerpost.lib import clock


def visible_to(user: User) -> QuerySet[Case]:
    """Return the cases of the agencies in a user's scope, if he may see portfolio data at all."""
    if not user.is_active or Right.VIEW_PORTFOLIO not in user.rights:
        return Case.objects.none()
    return Case.objects.filter(agency__in=list(agencies.visible_to(user).values_list("number", flat=True)))


def resembling(
    *, vins: Sequence[str], evbs: Sequence[str], plate_keys: Sequence[str], messages: Sequence[str]
) -> list[Case]:
    """Return the cases, open and closed, that share a VIN, an eVB, a plate or the notice with what came in."""
    with connection.cursor() as cursor:
        # One index each; an OR over them would walk the table.
        cursor.execute(
            "SELECT id FROM cases_case WHERE vin = ANY (%s) AND vin <> ''"
            " UNION SELECT id FROM cases_case WHERE evb = ANY (%s) AND evb <> ''"
            " UNION SELECT case_id FROM cases_plate WHERE key = ANY (%s)"
            " UNION SELECT id FROM cases_case WHERE message_id = ANY (%s)",
            [list(vins), list(evbs), list(plate_keys), list(messages)],
        )
        found = [case for (case,) in cursor.fetchall()]
    if not found:
        return []
    return list(Case.objects.filter(id__any_of=found).order_by("opened_on", "id"))


def plates_of(cases: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the plates that cases have had, each once, the first ones first."""
    plates: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for case, plate in Plate.objects.filter(case__any_of=cases).order_by("id").values_list("case", "plate"):
        if plate not in plates[case]:
            plates[case] += (plate,)
    return plates


def due(at: datetime) -> QuerySet[Deadline]:
    """Return whose step is to be taken at a moment: not before 07:00, and only where the agency's Land works that day.

    What is stuck is not among them.
    """
    german = at.astimezone(clock.GERMANY)
    if german.time() < STEPS_FROM:
        return Deadline.objects.none()
    return Deadline.objects.filter(
        due_at__lte=at, stuck_at=None, case__agency__state__in=_working_laender(german.date())
    )


def _working_laender(day: date) -> list[str]:
    roll = COUNTINGS["working_day"].roll
    return [land for land in LAENDER if roll(day, land) == day]


def stuck() -> QuerySet[Deadline]:
    """Return the cases whose step failed."""
    return Deadline.objects.exclude(stuck_at=None).order_by("stuck_at")


def proposed_cancellations() -> QuerySet[Case]:
    """Return the worklist of cases whose cancellation is proposed."""
    return Case.objects.filter(state=State.CANCELLATION_PROPOSED).order_by("opened_on", "id")


def clarifications() -> QuerySet[Case]:
    """Return the worklist of cases that a person must clear."""
    return Case.objects.filter(state=State.CLARIFICATION).order_by("opened_on", "id")


def everything() -> QuerySet[Case]:
    """Return every case, by the notice that opened it."""
    return Case.objects.order_by("message_id")


def messages_of(cases: Collection[str]) -> dict[str, str]:
    """Return the message ids of the notices that opened cases."""
    return dict(Case.objects.filter(id__in=cases).values_list("id", "message_id"))
