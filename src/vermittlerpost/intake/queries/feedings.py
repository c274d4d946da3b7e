"""Which files were fed, what became of them, and what in them was refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from vermittlerpost.intake.models import ImportedFile, RefusedRow
from vermittlerpost.lib import clock


@dataclass(frozen=True, kw_only=True)
class FedOn:
    """What was fed on one German day."""

    day: date
    files: int
    accepted: int
    known: int
    refused: int
    warned: int


def feedings() -> QuerySet[ImportedFile]:
    """Return every feeding of a file, the newest first."""
    return ImportedFile.objects.order_by("-fed_at", "-id")


def feedings_on(day: date) -> QuerySet[ImportedFile]:
    """Return the feedings of one German day."""
    end = day + timedelta(days=1)
    return feedings().filter(fed_at__gte=clock.german_moment(day, time()), fed_at__lt=clock.german_moment(end, time()))


def feedings_before(last: ImportedFile) -> Q:
    """Return what feedings fulfil that stand behind the last one of a page, the newest first."""
    return Q(fed_at__lt=last.fed_at) | Q(fed_at=last.fed_at, id__lt=last.id)


def fed_on(days: Sequence[date]) -> dict[date, FedOn]:
    """Return what was fed on each of some days, which lie close together."""
    if not days:
        return {}
    end = clock.german_moment(max(days) + timedelta(days=1), time())
    found = ImportedFile.objects.filter(fed_at__gte=clock.german_moment(min(days), time()), fed_at__lt=end)
    per_day = found.annotate(day=TruncDate("fed_at", tzinfo=clock.GERMANY)).values("day")
    counted = per_day.annotate(
        files=Count("id"), taken=Sum("accepted"), seen=Sum("known"), turned=Sum("refused"), doubted=Sum("warned")
    ).order_by("day")
    rows = counted.values_list("day", "files", "taken", "seen", "turned", "doubted")
    names = ("day", "files", "accepted", "known", "refused", "warned")
    return {row[0]: FedOn(**dict(zip(names, row, strict=True))) for row in rows}


def refused_rows() -> QuerySet[RefusedRow]:
    """Return every cell that was refused, in the order in which files were fed."""
    return RefusedRow.objects.select_related("file").order_by("file", "row", "id")


def refused_in(feeding: int) -> QuerySet[RefusedRow]:
    """Return every cell that was refused in one feeding of a file, by its number."""
    return RefusedRow.objects.filter(file=feeding).order_by("row", "id")


def refused_behind(row: int, number: int) -> Q:
    """Return what refused cells of a feeding fulfil that stand behind one: in a later row, or later in the same."""
    return Q(row__gt=row) | Q(row=row, id__gt=number)
