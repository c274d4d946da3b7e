"""Ask how letters travel."""

from django.db.models import QuerySet

from vermittlerpost.agencies.models import User
from vermittlerpost.delivery.models import Delivery, PrintBatch, Receipt
from vermittlerpost.delivery.queries.entries import entries_of
from vermittlerpost.delivery.rules import State
from vermittlerpost.letters.models import Letter


def mailbox_of(user: User) -> QuerySet[Letter]:
    """Return the letters that a user may see and that are provided to him; the same for portal and BiPRO."""
    return Letter.objects.filter(entry__in=entries_of(user))


def to_print() -> QuerySet[Delivery]:
    """Return the letters that wait for the next print batch."""
    return Delivery.objects.filter(state=State.TO_PRINT)


def batches() -> QuerySet[PrintBatch]:
    """Return the print batches, newest first."""
    return PrintBatch.objects.order_by("-built_at", "id")


def deliveries_of(case: str) -> QuerySet[Delivery]:
    """Return how the letters of a case travelled, in the order of their issue."""
    return Delivery.objects.filter(letter__case=case).select_related("letter").order_by("letter__issued_at", "letter")


def arrived(case: str) -> int:
    """Return how many letters of a case reached their agency as far as is known: provided, or posted and not back."""
    return Delivery.objects.filter(letter__case=case, state__in=[State.PROVIDED, State.HANDED_OVER]).count()


def returned() -> QuerySet[Delivery]:
    """Return the letters that the post brought back and whose case goes on, the first first: a worklist."""
    back = Delivery.objects.filter(state=State.RETURNED, letter__settled_on=None)
    return back.select_related("letter__agency").order_by("changed_at", "letter")


def receipts_of(letter: str) -> QuerySet[Receipt]:
    """Return the recorded moments of a letter, oldest first."""
    return Receipt.objects.filter(letter=letter).order_by("at", "id")


def everything_issued() -> QuerySet[Delivery]:
    """Return every letter with its channel, in the order of its issue."""
    return Delivery.objects.select_related("letter").order_by("letter__issued_on", "letter")
