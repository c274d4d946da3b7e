"""Provide documents."""

from collections.abc import Sequence

from vermittlerpost.documents import events
from vermittlerpost.documents.models import Document
from vermittlerpost.documents.rules import Arrival
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
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


def _event(arrival: Arrival) -> Event:
    data = {"matter": arrival.document_id, "category": arrival.category, "agency": arrival.agency}
    return Event(kind=events.PROVIDED, subject=f"document:{arrival.document_id}", data=data)
