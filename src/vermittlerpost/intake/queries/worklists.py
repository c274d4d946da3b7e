"""What came in and found no place by itself, for people to look at."""

from django.db.models import QuerySet

from vermittlerpost.intake.desk.papers import Outcome
from vermittlerpost.intake.models import Application, Notice


def to_clear() -> QuerySet[Notice]:
    """Return the signals that fit several cases, or withdraw another signal: a worklist."""
    return Notice.objects.filter(outcome=Outcome.AMBIGUOUS).order_by("received_at", "message_id")


def unmatched() -> QuerySet[Notice]:
    """Return the signals that fit no case."""
    return Notice.objects.filter(outcome=Outcome.UNMATCHED).order_by("received_at", "message_id")


def applications_to_clear() -> QuerySet[Application]:
    """Return the applications that fit several cases: a worklist."""
    return Application.objects.filter(outcome=Outcome.AMBIGUOUS).order_by("received_at", "application_id")


def application_about(application: str) -> str:
    """Return the message id of the notice that an application answered, or nothing."""
    return Application.objects.filter(application_id=application).values_list("message_id", flat=True).first() or ""


def without_case() -> QuerySet[Notice]:
    """Return the registrations that needed no case, because they were answered or taken back before."""
    return Notice.objects.filter(outcome__in=[Outcome.PREVENTED, Outcome.VOIDED]).order_by("message_id")
