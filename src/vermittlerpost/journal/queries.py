"""Ask the journal."""

from django.db.models import QuerySet

from vermittlerpost.journal.models import Entry, Unannounced
from vermittlerpost.journal.rules import Link, first_break


def about(subject: str) -> QuerySet[Entry]:
    """Return what happened to a subject, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("position")


def broken_at(subject: str) -> int | None:
    """Return the position at which the subject's chain does not hold, None if it does."""
    return first_break(
        (
            Link(
                at=entry.at,
                kind=entry.kind,
                actor=entry.actor,
                subject=entry.subject,
                position=entry.position,
                data=entry.data,
            ),
            bytes(entry.hash),
        )
        for entry in about(subject).iterator()
    )


def unannounced() -> QuerySet[Unannounced]:
    """Return what waits to be announced, oldest first."""
    return Unannounced.objects.filter(stuck_at=None).order_by("id")


def stuck() -> QuerySet[Unannounced]:
    """Return what could not be announced."""
    return Unannounced.objects.exclude(stuck_at=None).order_by("id")
