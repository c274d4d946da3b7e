"""Ask the journal."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q, QuerySet

from vermittlerpost.journal.events import HOUSE, STOOD_STILL
from vermittlerpost.journal.models import Chain, Entry, Pulse, Unannounced
from vermittlerpost.journal.rules import START, Link, end_of, first_break


def about(subject: str) -> QuerySet[Entry]:
    """Return what happened to a subject, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("position")


def among(subjects: Collection[str]) -> list[str]:
    """Return those of the subjects of which the journal knows something."""
    known = Chain.objects.filter(subject__any_of=subjects).order_by("subject")
    return list(known.values_list("subject", flat=True))


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is looked for in the journal: recorded from a moment on and before another, by whom, and of which kind."""

    since: datetime | None = None
    until: datetime | None = None
    actor: str = ""
    kind: str = ""


def found(search: Search) -> QuerySet[Entry]:
    """Return what was recorded, the newest first: all of the period is read, by the index on moments."""
    # By the moment and not by the number, so that no walk along the numbers looks cheaper.
    return _narrowed(Entry.objects.all(), search).order_by("-at", "-id")


def found_about(subject: str, search: Search) -> QuerySet[Entry]:
    """Return what was recorded about a subject, oldest first."""
    return _narrowed(about(subject), search)


def found_behind(at: datetime, number: int) -> Q:
    """Return what entries fulfil that stand behind one where the newest is the first."""
    return Q(at__lt=at) | Q(at=at, id__lt=number)


def _narrowed(entries: QuerySet[Entry], search: Search) -> QuerySet[Entry]:
    asked = {"at__gte": search.since, "at__lt": search.until, "actor": search.actor, "kind": search.kind}
    return entries.filter(**{name: value for name, value in asked.items() if value})


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


def chain_of(subject: str) -> list[tuple[Link, bytes]]:
    """Return the entries of a subject with their hashes, oldest first."""
    return [_link(entry) for entry in about(subject)]


def heads() -> Iterator[tuple[str, int, bytes]]:
    """Yield the end of every chain: subject, number of entries, hash of the last; ordered by subject."""
    for subject, length, head in Chain.objects.order_by("subject").values_list("subject", "length", "hash").iterator():
        yield subject, length, bytes(head)


def ends_found() -> Iterator[tuple[str, int, bytes]]:
    """Yield what the ends of the chains must be by the entries; of a chain that does not hold, where it breaks."""
    entries = Entry.objects.order_by("subject", "position").iterator(chunk_size=2000)
    for subject, chain in groupby(entries, key=lambda entry: entry.subject):
        yield subject, *end_of(map(_link, chain))


def last_number() -> int:
    """Return the number of the newest entry, 0 if there is none."""
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0


def last_moment() -> datetime | None:
    """Return the moment of the newest entry, None if there is none."""
    return Entry.objects.order_by("-id").values_list("at", flat=True).first()


def recorded_after(number: int) -> list[Link]:
    """Return what was recorded behind an entry's number, in the order of recording."""
    return [_link(entry)[0] for entry in Entry.objects.filter(id__gt=number).order_by("id")]


def last_pulse() -> datetime | None:
    """Return when a worker last made a round, None if none ever did."""
    return Pulse.objects.values_list("beat_at", flat=True).first()


def standstills(since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """Return when workers stood still in a period, as far as it was noticed: from and until, oldest first."""
    noted = about(HOUSE).filter(kind=STOOD_STILL.code, at__gte=since).values_list("data", flat=True)
    spans = [(datetime.fromisoformat(one["since"]), datetime.fromisoformat(one["until"])) for one in noted]
    return [span for span in spans if span[0] <= until]


def unannounced() -> QuerySet[Unannounced]:
    """Return what waits to be announced, oldest first."""
    return Unannounced.objects.filter(stuck_at=None).order_by("id")


def stuck() -> QuerySet[Unannounced]:
    """Return what could not be announced."""
    return Unannounced.objects.exclude(stuck_at=None).order_by("id")
