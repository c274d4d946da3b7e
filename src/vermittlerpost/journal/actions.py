"""Write the journal, within the transaction of the action that it records."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, OperationalError, connection, transaction

from vermittlerpost.journal.events import HOUSE, STOOD_STILL, Event
from vermittlerpost.journal.models import Chain, Entry, Pulse, Unannounced
from vermittlerpost.journal.rules import STANDSTILL, START, Link, hash_of
from vermittlerpost.lib import bulk, clock
from vermittlerpost.lib.nudge import nudge

_CHAINS = (
    "SELECT subject, length, hash FROM journal_chain"
    " WHERE subject = ANY (%(subjects)s::text[]) ORDER BY subject FOR UPDATE"
)


class Overtaken(OperationalError):
    """Somebody else began the chain of a subject at the same instant; the whole transaction is to be done again."""


def record(events: Sequence[Event], *, by: str) -> None:
    """Append events to the chains of their subjects; `by` is the actor's reference, never a person's name."""
    if not events:
        return
    at = clock.now()
    subjects = sorted({event.subject for event in events})
    known = _lock_chains(subjects)
    heads = {subject: known.get(subject, (0, START)) for subject in subjects}
    entries = [_entry(event, at, by, heads) for event in events]
    bulk.update(Chain, ["length", "hash"], [(subject, *heads[subject]) for subject in known])
    _begin_chains([(subject, *head) for subject, head in heads.items() if subject not in known])
    bulk.insert(Entry, ["at", "kind", "actor", "subject", "position", "data", "hash"], entries)
    _leave_for_announcement([event for event in events if event.kind.announced], at)


def _lock_chains(subjects: list[str]) -> dict[str, tuple[int, bytes]]:
    # In order, so that two writers about the same subjects wait for each other instead of embracing.
    rows = bulk.fetch(_CHAINS, {"subjects": bulk.array(subjects)})
    return {subject: (length, bytes(head)) for subject, length, head in rows}


def _begin_chains(heads: Sequence[tuple[str, int, bytes]]) -> None:
    try:
        bulk.insert(Chain, ["subject", "length", "hash"], heads)
    except IntegrityError as error:
        raise Overtaken("A chain was begun by somebody else.") from error


def _entry(event: Event, at: datetime, by: str, heads: dict[str, tuple[int, bytes]]) -> tuple[object, ...]:
    length, previous = heads[event.subject]
    link = Link(
        at=at,
        kind=event.kind.code,
        actor=by,
        subject=event.subject,
        position=length + 1,
        data=event.data,
    )
    head = hash_of(link, previous)
    heads[event.subject] = (link.position, head)
    return at, link.kind, by, link.subject, link.position, event.data, head


def _leave_for_announcement(waiting: Sequence[Event], at: datetime) -> None:
    if not waiting:
        return
    bulk.insert(
        Unannounced,
        ["at", "kind", "subject", "data", "stuck_reason"],
        [(at, event.kind.code, event.subject, event.data, "") for event in waiting],
    )
    nudge("announce")


def void(subjects: Sequence[str], *, reason: str) -> None:
    """Mark the unannounced entries of subjects, so that nobody is told but the decision is kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_unannounced SET data = data || %s::jsonb WHERE subject = ANY (%s)",
            [json.dumps({"void": reason}), list(subjects)],
        )


def take(limit: int) -> list[Unannounced]:
    """Take the oldest unannounced entries out of the outbox for good, if the caller's transaction holds."""
    taken = list(Unannounced.objects.filter(stuck_at=None).order_by("id").select_for_update(skip_locked=True)[:limit])
    Unannounced.objects.filter(id__in=[entry.id for entry in taken]).delete()
    return taken


def take_again(entries: Sequence[Unannounced]) -> list[Unannounced]:
    """Take just these entries, as far as nobody else has."""
    ids = [entry.id for entry in entries]
    taken = list(Unannounced.objects.filter(id__in=ids).order_by("id").select_for_update(skip_locked=True))
    Unannounced.objects.filter(id__in=[entry.id for entry in taken]).delete()
    return taken


def release(matter: str) -> list[str]:
    """Put the entries about a matter that were set aside back into the outbox, and return their subjects."""
    stuck = Unannounced.objects.filter(data__matter=matter).exclude(stuck_at=None)
    subjects = list(stuck.order_by("id").values_list("subject", flat=True))
    stuck.update(stuck_at=None, stuck_reason="")
    return subjects


def set_aside(entry: Unannounced, error: Exception) -> None:
    """Keep an entry that could not be announced where an operator sees it."""
    Unannounced.objects.filter(id=entry.id).update(stuck_at=clock.now(), stuck_reason=type(error).__name__)


@transaction.atomic
def beat(*, by: str) -> None:
    """Note that a worker makes its rounds; a standstill that ends with that is recorded with both its ends."""
    now = clock.now()
    Pulse.objects.get_or_create(id=1, defaults={"beat_at": now})
    last = Pulse.objects.select_for_update().get(id=1)
    if now - last.beat_at > STANDSTILL:
        data = {"since": last.beat_at.isoformat(), "until": now.isoformat()}
        record([Event(kind=STOOD_STILL, subject=HOUSE, data=data)], by=by)
    Pulse.objects.filter(id=1).update(beat_at=max(now, last.beat_at))
