"""Ask which cases are old enough to lose their personal data."""

from datetime import date

from django.db.models import QuerySet

from vermittlerpost.cases.models import Case
from vermittlerpost.cases.rules import State


def to_be_erased() -> QuerySet[Case]:
    """Return closed cases that hold personal data which no legal matter needs."""
    return Case.objects.filter(state=State.CLOSED, erased_on=None, legal_hold="")


def closed_before(day: date) -> QuerySet[Case]:
    """Return those of them that were closed before a day, the oldest first."""
    return to_be_erased().filter(closed_on__lt=day).order_by("closed_on", "id")


def legally_held() -> QuerySet[Case]:
    """Return the cases whose data are kept for a legal matter."""
    return Case.objects.exclude(legal_hold="").order_by("id")
