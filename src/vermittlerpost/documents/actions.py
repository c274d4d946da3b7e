"""Provide documents, and remove what they are called when it need no longer be kept."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from vermittlerpost.documents import events, queries
from vermittlerpost.documents.models import Document
from vermittlerpost.documents.rules import ERASED, Arrival
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import HOUSE, Event
from vermittlerpost.lib import bulk, clock


def provide(arrivals: Sequence[Arrival], *, by: str) -> None:
    """Put documents before their agencies, within the caller's transaction; each is announced once."""
    now = clock.now()
    bulk.insert(
        Document,
        ["document_id", "category", "agency", "title", "received_at", "provided_at"],
        [(a.document_id, a.category, a.agency, a.title, a.received_at, now) for a in arrivals],
    )
    journal.record([_event(arrival) for arrival in arrivals], by=by)


@transaction.atomic
def erase(before: datetime, *, by: str) -> int:
    """Remove what documents are called that were provided before a moment, and return how many; their numbers stay.

    So one that is fed again is known, and is announced to nobody.
    """
    erased = queries.titled_before(before).update(title=ERASED)
    if erased:
        data = {"count": erased, "before": clock.german_day(before).isoformat()}
        journal.record([Event(kind=events.ERASED, subject=HOUSE, data=data)], by=by)
    return erased


def _event(arrival: Arrival) -> Event:
    data = {"matter": arrival.document_id, "category": arrival.category, "agency": arrival.agency}
    return Event(kind=events.PROVIDED, subject=f"document:{arrival.document_id}", data=data)
