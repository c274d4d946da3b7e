"""Ask how letters travel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet, Sum

from vermittlerpost.agencies.models import Agency, User
from vermittlerpost.delivery.channels import CHANNELS
from vermittlerpost.delivery.models import Delivery, PrintBatch, Receipt
from vermittlerpost.delivery.queries.entries import entries_of
from vermittlerpost.delivery.rules import Listing, Parcel, ReceiptKind, State, choose
from vermittlerpost.letters.models import Letter


def mailbox_of(user: User) -> QuerySet[Letter]:
    """Return the letters that a user may see and that are provided to him; the same for portal and BiPRO."""
    return Letter.objects.filter(entry__in=entries_of(user))


_ANY = Listing(carrier="", kind="", level=0, plate="", policyholder="")


def channel_on(agency: Agency, day: date) -> str:
    """Return the channel that a letter issued on a day will take to an agency, if it stays served as it is."""
    parcel = Parcel(
        letter="",
        case="",
        category="",
        agency=agency.number,
        urgency="",
        due_on=None,
        issued_on=day,
        electronic_from=agency.electronic_from,
        electronic_until=agency.electronic_until,
        listing=_ANY,
    )
    return choose(parcel, CHANNELS)


def to_print() -> QuerySet[Delivery]:
    """Return the letters that wait for the next print batch."""
    return Delivery.objects.filter(state=State.TO_PRINT)


def batches() -> QuerySet[PrintBatch]:
    """Return the print batches, newest first."""
    return PrintBatch.objects.order_by("-built_at", "id")


def deliveries_of(case: str) -> QuerySet[Delivery]:
    """Return how the letters of a case travelled, in the order of their issue."""
    return Delivery.objects.filter(letter__case=case).select_related("letter").order_by("letter__issued_at", "letter")


def arrivals_in(cases: Sequence[str]) -> QuerySet[Delivery]:
    """Return the letters of cases that ask for something by a day and reached their agency as far as is known.

    They are provided, whatever became of paper that followed, or posted and not back.
    """
    is_there = Q(letter__entry__isnull=False) | Q(state=State.HANDED_OVER)
    return Delivery.objects.filter(is_there, letter__case__in=cases).exclude(letter__due_on=None)


def arrived(case: str) -> int:
    """Return how many letters of a case that ask for something by a day reached whatever agency they went to."""
    return arrivals_in([case]).count()


def returned() -> QuerySet[Delivery]:
    """Return the letters that the post brought back and whose case goes on, the first first: a worklist."""
    back = Delivery.objects.filter(state=State.RETURNED, letter__settled_on=None)
    return back.select_related("letter__agency").order_by("changed_at", "letter")


@dataclass(frozen=True, kw_only=True)
class Returns:
    """How many letters of a carrier were handed over to the post, and how many of them came back."""

    carrier: str
    handed_over: int
    returned: int


def returns_since(moment: datetime) -> list[Returns]:
    """Return what came back of the batches that were handed over since a moment, by carrier."""
    batches = PrintBatch.objects.filter(handed_over_at__gte=moment)
    handed_over = batches.values_list("carrier__name").annotate(Sum("letters")).order_by("carrier__name")
    back = Delivery.objects.filter(batch__in=batches, letter__receipts__kind=ReceiptKind.RETURNED)
    returned = dict(back.values_list("batch__carrier__name").annotate(Count("letter", distinct=True)).order_by())
    return [
        Returns(carrier=carrier, handed_over=number, returned=returned.get(carrier, 0))
        for carrier, number in handed_over
    ]


def receipts_of(letter: str) -> QuerySet[Receipt]:
    """Return the recorded moments of a letter, oldest first."""
    return Receipt.objects.filter(letter=letter).order_by("at", "id")


def everything_issued() -> QuerySet[Delivery]:
    """Return every letter with its channel, in the order of its issue."""
    return Delivery.objects.select_related("letter").order_by("letter__issued_on", "letter")
