"""Remove what requests were answered when it need no longer be kept."""

from datetime import datetime

from django.db import transaction

from vermittlerpost.exchange import events, queries
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import HOUSE, Event
from vermittlerpost.lib import clock


@transaction.atomic
def erase_answers(before: datetime, *, by: str) -> int:
    """Empty the answers that were given before a moment, and return how many; their keys stay used."""
    erased = queries.answers_before(before).update(body=b"")
    if erased:
        data = {"count": erased, "before": clock.german_day(before).isoformat()}
        journal.record([Event(kind=events.ANSWERS_ERASED, subject=HOUSE, data=data)], by=by)
    return erased
