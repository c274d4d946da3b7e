"""Which print batches still wait for something, which have waited for too long, and what is with the post."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q, QuerySet

from vermittlerpost.delivery.models import Delivery, PrintBatch
from vermittlerpost.delivery.rules import BatchState, State
from vermittlerpost.lib import clock


def unconfirmed_batches() -> QuerySet[PrintBatch]:
    """Return the batches that are not handed over, or of which the print shop has not said that it has them."""
    return PrintBatch.objects.filter(
        Q(state__in=[BatchState.BUILDING, BatchState.BUILT])
        | Q(state=BatchState.HANDED_OVER, confirmed_at=None, to_send_since__isnull=False)
    ).order_by("built_at", "id")


def stuck_batches(*, patience: timedelta) -> QuerySet[PrintBatch]:
    """Return the batches that have waited for longer than `patience` to be handed over or confirmed.

    One that is to be laid at the print shop once more has as long again.
    """
    late = clock.now() - patience
    return unconfirmed_batches().filter(Q(handed_over_at=None, built_at__lt=late) | Q(to_send_since__lt=late))


def handed_over_last(cases: Sequence[str]) -> list[Delivery]:
    """Return of each case the letter that was handed over to the post last, if it did not come back."""
    on_its_way = Delivery.objects.filter(letter__case__in=cases, state=State.HANDED_OVER)
    newest = on_its_way.order_by("letter__case", "-changed_at", "-letter").distinct("letter__case")
    return list(newest.select_related("letter__agency", "letter__carrier"))
