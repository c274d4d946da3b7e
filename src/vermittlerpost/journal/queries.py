"""Ask the journal."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from vermittlerpost.journal.models import Chain, Entry, Unannounced
from vermittlerpost.journal.rules import START, Link, first_break


def about(subject: str) -> QuerySet[Entry]:
    """Return what happened to a subject, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("position")


_LATEST = """
    SELECT entry.* FROM unnest(%s::text[]) asked (subject), LATERAL (
        SELECT * FROM journal_entry
        WHERE subject = asked.subject AND (at, subject, position) < (%s, %s, %s)
        ORDER BY position DESC LIMIT %s
    ) entry
    ORDER BY entry.at DESC, entry.subject DESC, entry.position DESC LIMIT %s
"""

Place = tuple[datetime, str, int]
"""Where an entry stands among those of many subjects: its moment, subject and position."""


def latest_about(subjects: Sequence[str], *, before: Place, limit: int) -> list[Link]:
    """Return what happened to subjects of late, newest first; of each no more than `limit` entries are read."""
    entries = Entry.objects.raw(_LATEST, [list(subjects), *before, limit, limit])
    return [_link(entry)[0] for entry in entries]


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
