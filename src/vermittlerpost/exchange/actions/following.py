"""Follow the journal for webhooks: every entry is passed once, also those that were committed late."""

from collections.abc import Iterator, Sequence

from django.db import connection, transaction

from vermittlerpost.exchange import queries
from vermittlerpost.exchange.models import Dispatch, Place, Webhook
from vermittlerpost.exchange.rules.hooks import DispatchState, Happening
from vermittlerpost.lib import bulk, clock, identifiers

# The head was read before this transaction got its number, so whoever still writes an earlier entry has a lower one.
_MARK = """
    UPDATE exchange_place SET seen = %s, seen_in = pg_current_xact_id()::text::bigint
    WHERE settled = seen AND seen < %s
"""


def follow(*, limit: int) -> int:
    """Leave a message to each webhook for what happened, and return how many journal entries were passed.

    Entries get their number when they are written and appear when they are committed. So the end of the journal is
    marked first, and read up to once no transaction is left that may have written before the mark.
    """
    Place.objects.get_or_create(id=1)
    _mark(queries.head())
    with transaction.atomic():
        place = Place.objects.select_for_update().get(id=1)
        if place.settled == place.seen or not queries.is_committed(place.seen_in):
            return 0
        upto = min(place.seen, place.settled + limit)
        _tell(queries.happenings(place.settled, upto))
        Place.objects.filter(id=1).update(settled=upto)
        return upto - place.settled


def _mark(head: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [head, head])


def _tell(happenings: Sequence[Happening]) -> None:
    webhooks = list(Webhook.objects.filter(ended_at=None)) if happenings else []
    bulk.insert(
        Dispatch,
        ["id", "webhook", "entry", "case", "event", "payload", "state", "made_at", "next_attempt_at", "attempts",
         "reply"],
        [row for webhook in webhooks for row in _rows(webhook, happenings)],
    )  # fmt: skip


def _rows(webhook: Webhook, happenings: Sequence[Happening]) -> Iterator[tuple[object, ...]]:
    now = clock.now()
    for happening in happenings:
        event = happening.event
        if event is not None and event in webhook.events and happening.at >= webhook.made_at:
            yield (
                identifiers.derive("W", webhook.id, str(happening.entry)), webhook.id, happening.entry,
                happening.subject, event.value, happening.payload(), DispatchState.WAITING.value, now, now, 0, "",
            )  # fmt: skip
