"""Remove what came in about people when it need no longer be kept."""

from datetime import date, time

from django.db import transaction
from django.db.models import QuerySet

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.intake.desk.papers import Outcome
from vermittlerpost.intake.models import Application, Evb, Notice, RefusedRow
from vermittlerpost.lib import clock

_OPEN = (Outcome.AMBIGUOUS, Outcome.UNMATCHED, Outcome.WAITING)
_KEEPER = dict.fromkeys(("keeper_name", "keeper_street", "keeper_postcode", "keeper_city"), "")
_HOLDER = dict.fromkeys(("policyholder_name", "policyholder_street", "policyholder_postcode", "policyholder_city"), "")


def erase_cases(before: date, *, limit: int, by: str) -> tuple[int, list[str]]:
    """Erase up to `limit` cases that were closed before a day; return how many, and which PDFs may go."""
    found = list(queries.closed_before(before).values_list("id", flat=True)[:limit])
    return len(found), cases.erase(found, by=by)


@transaction.atomic
def erase_papers(before: date) -> int:
    """Empty messages, confirmations and refused cells that are older than a day and belong to no case that is kept."""
    moment = clock.german_moment(before, time())
    kept = queries.everything().filter(erased_on=None)
    notices = _notices(moment).exclude(message_id__in=kept.values("message_id"))
    applications = (
        Application.objects.filter(received_at__lt=moment).exclude(outcome__in=_OPEN).exclude(vin="", plate="")
    )
    evbs = Evb.objects.filter(issued_on__lt=before).exclude(policyholder_name="").exclude(number__in=kept.values("evb"))
    cells = RefusedRow.objects.filter(file__fed_at__lt=moment).exclude(value="")
    return (
        notices.update(plate="", plate_key="", evb="", vin="", **_KEEPER)
        + applications.update(plate="", plate_key="", evb="", vin="")
        + evbs.update(**_HOLDER)
        + cells.update(value="")
    )


def _notices(moment: object) -> QuerySet[Notice]:
    old = Notice.objects.filter(received_at__lt=moment).exclude(outcome__in=_OPEN)
    return old.exclude(keeper_name="", plate="")
