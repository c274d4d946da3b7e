"""Keep since when nobody is mailed about an agency, however that has come about (B2)."""

from collections.abc import Sequence

from django.db import transaction

from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.notifications import events, queries
from vermittlerpost.notifications.models import FoundGap
from vermittlerpost.notifications.queries import Gap


@transaction.atomic
def watch_coverage(firm: str, *, by: str) -> tuple[Gap, ...]:
    """Note which gaps of a firm have arisen since the last look and which have ended; return those that are new.

    Each is new once, until it has ended and arises again.
    """
    take_turns(f"coverage:{firm}")
    gaps = {(gap.agency, gap.category): gap for gap in queries.coverage(firm)}
    known = {(row.agency_id, row.category): row for row in queries.found_gaps().filter(agency__firm=firm)}
    fresh = tuple(gap for key, gap in gaps.items() if key not in known)
    _open(fresh, by=by)
    _close([row for key, row in known.items() if key not in gaps], by=by)
    return fresh


def _open(gaps: Sequence[Gap], *, by: str) -> None:
    now = clock.now()
    FoundGap.objects.bulk_create(FoundGap(agency_id=gap.agency, category=gap.category, since=now) for gap in gaps)
    opened = [
        Event(kind=events.GAP_OPENED, subject=f"agency:{gap.agency}", data={"category": gap.category}) for gap in gaps
    ]
    journal.record(opened, by=by)


def _close(rows: Sequence[FoundGap], *, by: str) -> None:
    FoundGap.objects.filter(id__in=[row.id for row in rows]).update(ended_at=clock.now())
    journal.record([_closed(row) for row in rows], by=by)


def _closed(row: FoundGap) -> Event:
    data = {"category": row.category, "since": clock.german_day(row.since).isoformat()}
    return Event(kind=events.GAP_CLOSED, subject=f"agency:{row.agency_id}", data=data)
