"""Ask which portfolios move, and what moves with them."""

from django.db.models import QuerySet

from vermittlerpost.cases.models import Case, Transfer
from vermittlerpost.cases.rules import State


def transfers_ahead() -> QuerySet[Transfer]:
    """Return the transfers that wait for their day, the next one first."""
    return Transfer.objects.filter(ended_at=None).select_related("source", "target").order_by("effective_on", "id")


def transfers_ended() -> QuerySet[Transfer]:
    """Return the transfers that were carried out or withdrawn, the latest first."""
    return Transfer.objects.exclude(ended_at=None).order_by("-ended_at", "-id")


def open_at(agency: str, case: str = "") -> QuerySet[Case]:
    """Return the open cases of an agency, or the one of them that is named: what a transfer would move today."""
    open_ones = Case.objects.filter(agency=agency).exclude(state=State.CLOSED).order_by("opened_on", "id")
    return open_ones.filter(id=case) if case else open_ones
