"""Remove what users asked of their contact when it need no longer be kept."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import HOUSE, Event
from vermittlerpost.lib import clock
from vermittlerpost.news import events, queries


@transaction.atomic
def erase_requests(before: datetime, *, kept: Sequence[str], by: str) -> int:
    """Remove the questions that were answered before a moment, and return how many; that they were asked stays.

    Questions about letters that are `kept` are passed over.
    """
    gone, _ = queries.answered_before(before, kept=kept).delete()
    if gone:
        data = {"count": gone, "before": clock.german_day(before).isoformat()}
        journal.record([Event(kind=events.REQUESTS_ERASED, subject=HOUSE, data=data)], by=by)
    return gone
