"""Ask where the journal ends, and what in it concerns webhooks."""

from vermittlerpost.exchange.rules.hooks import JOURNALLED, Happening
from vermittlerpost.journal.models import Entry
from vermittlerpost.lib import bulk

_HEAD = "SELECT coalesce(max(id), 0) FROM journal_entry"
_OLDER = """
    SELECT EXISTS (SELECT FROM pg_snapshot_xip(pg_current_snapshot()) AS running (xid)
        WHERE running.xid::text::bigint <= %(number)s
        AND NOT EXISTS (SELECT FROM pg_stat_activity AS elsewhere
            WHERE elsewhere.backend_xid = running.xid::xid AND elsewhere.datname <> current_database()))
"""


def head() -> int:
    """Return the number of the last entry that can be seen now; entries before it may appear later."""
    ((number,),) = bulk.fetch(_HEAD, {})
    return int(number)


def is_committed(transaction_number: int) -> bool:
    """Tell whether every other transaction that is as old as this one has ended; those of other databases are none."""
    ((is_running,),) = bulk.fetch(_OLDER, {"number": transaction_number})
    return not is_running


def happenings(after: int, upto: int) -> list[Happening]:
    """Return the entries of a part of the journal that may concern webhooks, in their order."""
    entries = Entry.objects.filter(id__gt=after, id__lte=upto, kind__in=JOURNALLED).order_by("id")
    return [
        Happening(
            entry=entry.id, at=entry.at, kind=entry.kind, subject=entry.subject, position=entry.position,
            data=entry.data,
        )
        for entry in entries.iterator()
    ]  # fmt: skip
