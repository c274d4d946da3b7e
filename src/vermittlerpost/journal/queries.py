"""Ask the journal."""

from django.db.models import QuerySet

from vermittlerpost.journal.models import Chain, Entry, Unannounced
from vermittlerpost.journal.rules import START, Link, first_break


def about(subject: str) -> QuerySet[Entry]:
    """Return what happened to a subject, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("position")


def broken_at(subject: str) -> int | None:
    """Return the position at which the subject's chain does not hold, None if it does; its end must be its head."""
    links = [_link(entry) for entry in about(subject)]
    broken = first_break(links)
    if broken is not None:
        return broken
    head = Chain.objects.filter(subject=subject).first()
    found = (len(links), links[-1][1] if links else START)
    expected = (head.length, bytes(head.hash)) if head else (0, START)
    return None if found == expected else len(links) + 1


def _link(entry: Entry) -> tuple[Link, bytes]:
    link = Link(
        at=entry.at,
        kind=entry.kind,
        actor=entry.actor,
        subject=entry.subject,
        position=entry.position,
        data=entry.data,
    )
    return link, bytes(entry.hash)


def unannounced() -> QuerySet[Unannounced]:
    """Return what waits to be announced, oldest first."""
    return Unannounced.objects.filter(stuck_at=None).order_by("id")


def stuck() -> QuerySet[Unannounced]:
    """Return what could not be announced."""
    return Unannounced.objects.exclude(stuck_at=None).order_by("id")
