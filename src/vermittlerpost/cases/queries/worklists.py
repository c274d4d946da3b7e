"""Ask who may see which cases, and what is to be done in them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.rules import Right
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.models import Cancellation, Case, Deadline, Inquiry
from vermittlerpost.cases.rules import LAENDER, STEPS_FROM, CloseReason, State
from vermittlerpost.lib import clock


def visible_to(user: User) -> QuerySet[Case]:
    """Return the cases of the agencies in a user's scope, if he may see portfolio data at all."""
    return Case.objects.filter(agency__any_of=scope_of(user))


def scope_of(user: User) -> list[str]:
    """Return the agencies whose cases a user may see: those in his scope, if he may see portfolio data at all."""
    if not user.is_active or Right.VIEW_PORTFOLIO not in user.rights:
        return []
    return list(agencies.visible_to(user).order_by("number").values_list("number", flat=True))


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


@dataclass(frozen=True, kw_only=True)
class Planned:
    """When the next step of a case is due, and the Land whose working days count."""

    case: str
    due_at: datetime
    land: str
    is_stuck: bool


def planned() -> list[Planned]:
    """Return every planned step there is, also those that are due or stuck."""
    rows = Deadline.objects.order_by("case").values_list("case", "due_at", "case__agency__state", "stuck_at")
    return [Planned(case=case, due_at=at, land=land, is_stuck=stuck is not None) for case, at, land, stuck in rows]


def works_on(day: date, land: str) -> bool:
    """Tell whether a day is a working day of a Land, so that steps are taken."""
    return COUNTINGS["working_day"].roll(day, land) == day


def stuck() -> QuerySet[Deadline]:
    """Return the cases whose step failed."""
    return Deadline.objects.exclude(stuck_at=None).order_by("stuck_at")


def proposed_cancellations() -> QuerySet[Case]:
    """Return the worklist of cases whose cancellation is proposed."""
    return Case.objects.filter(state=State.CANCELLATION_PROPOSED).order_by("opened_on", "id")


def proposable() -> QuerySet[Case]:
    """Return those of the cases at the point of cancellation for which nobody has made a proposal."""
    undecided = Cancellation.objects.filter(case=OuterRef("id"), decided_at=None)
    return proposed_cancellations().filter(~Exists(undecided))


def undecided_cancellations() -> QuerySet[Cancellation]:
    """Return the proposals to cancel about which nobody has decided, the first first: a worklist."""
    return Cancellation.objects.filter(decided_at=None).select_related("case").order_by("proposed_at", "id")


def cancellations_of(case: str) -> QuerySet[Cancellation]:
    """Return what was proposed and decided about cancelling a case, oldest first."""
    return Cancellation.objects.filter(case=case).order_by("proposed_at", "id")


def answered_cancellations() -> QuerySet[Cancellation]:
    """Return the cancellations after which an application came, as long as nobody has decided what becomes of them.

    A worklist, the first first.
    """
    answered = Cancellation.objects.filter(approved=True, settled_as="", case__close_reason=CloseReason.APPLICATION)
    return answered.filter(case__erased_on=None).select_related("case__agency").order_by("case__closed_on", "id")


def standing_cancellation(case: str) -> Cancellation | None:
    """Return the cancellation that holds in a case, unless its cover is not cancelled or it has ended."""
    approved = Cancellation.objects.filter(case=case, case__state=State.CANCELLED, approved=True)
    return approved.order_by("decided_at", "id").last()


def cancelled() -> QuerySet[Case]:
    """Return the cases whose provisional cover is cancelled and that are not at their end."""
    return Case.objects.filter(state=State.CANCELLED).order_by("opened_on", "id")


def clarifications() -> QuerySet[Case]:
    """Return the worklist of cases that a person must clear."""
    return Case.objects.filter(state=State.CLARIFICATION).order_by("opened_on", "id")


def everything() -> QuerySet[Case]:
    """Return every case, by the notice that opened it."""
    return Case.objects.order_by("message_id")


def open_inquiries() -> QuerySet[Inquiry]:
    """Return the worklist of agencies' queries that nobody has answered, oldest first."""
    return Inquiry.objects.filter(answered_at=None).order_by("at", "id")
