"""Send to webhooks: claim, act, settle, with no transaction open while a receiver thinks."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from vermittlerpost.exchange import events
from vermittlerpost.exchange.models import Dispatch, Webhook
from vermittlerpost.exchange.rules.hooks import (
    GIVEN_UP_AFTER,
    DispatchState,
    body_of,
    pause_before,
    secret_of,
    signed_headers,
)
from vermittlerpost.exchange.transports import Outcome, Transport
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock

_LEASE = timedelta(minutes=15)
_REST = timedelta(minutes=1)

# Of a case only the first that has not been settled goes out, so that its messages keep their order.
_CLAIM = """
    WITH due AS MATERIALIZED (
        SELECT dispatch.id FROM exchange_dispatch dispatch
        JOIN exchange_webhook webhook ON webhook.id = dispatch.webhook_id
        WHERE dispatch.state = 'waiting' AND dispatch.next_attempt_at <= %(now)s
            AND (dispatch.lease_until IS NULL OR dispatch.lease_until < %(now)s)
            AND (webhook.rests_until IS NULL OR webhook.rests_until <= %(now)s)
            AND NOT EXISTS (
                SELECT FROM exchange_dispatch earlier
                WHERE earlier.webhook_id = dispatch.webhook_id AND earlier."case" = dispatch."case"
                    AND earlier.state = 'waiting' AND earlier.entry < dispatch.entry
            )
        ORDER BY dispatch.next_attempt_at, dispatch.entry LIMIT %(limit)s
        FOR UPDATE OF dispatch SKIP LOCKED
    )
    UPDATE exchange_dispatch dispatch
    SET lease_until = %(lease_until)s, attempts = dispatch.attempts + 1,
        first_attempt_at = coalesce(dispatch.first_attempt_at, %(now)s)
    FROM due, exchange_webhook webhook WHERE dispatch.id = due.id AND webhook.id = dispatch.webhook_id
    RETURNING dispatch.id, dispatch.webhook_id, webhook.url, webhook.salt, dispatch.attempts,
        dispatch.first_attempt_at, dispatch.entry
"""


@dataclass(frozen=True, kw_only=True)
class _Claimed:
    """A message that is to be sent now."""

    id: str
    webhook: str
    url: str
    salt: str
    attempt: int
    since: datetime
    entry: int
    payload: dict[str, Any]


def send(transport: Transport, *, limit: int, by: str) -> int:
    """Send up to `limit` messages that are due, and return how many were claimed.

    A receiver that cannot be reached rests for a minute, and what was claimed for it beside goes back unattempted.
    A message may arrive twice (if this process dies between answer and record): its id is the same then.
    """
    claimed = _claim(limit)
    outcomes: list[tuple[_Claimed, Outcome]] = []
    resting: set[str] = set()
    for one in claimed:
        if one.webhook in resting:
            continue
        outcome = _sent(transport, one)
        outcomes.append((one, outcome))
        if not outcome.was_reached:
            resting.add(one.webhook)
    _settle(outcomes, by=by)
    _give_back([one for one in claimed if all(one is not sent for sent, _ in outcomes)])
    return len(claimed)


@transaction.atomic
def _claim(limit: int) -> list[_Claimed]:
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"now": now, "limit": limit, "lease_until": now + _LEASE})
        rows = cursor.fetchall()
    payloads = dict(Dispatch.objects.filter(id__any_of=[row[0] for row in rows]).values_list("id", "payload"))
    names = ("id", "webhook", "url", "salt", "attempt", "since", "entry")
    claimed = [_Claimed(**dict(zip(names, row, strict=True)), payload=payloads[row[0]]) for row in rows]
    return sorted(claimed, key=lambda one: one.entry)


def _sent(transport: Transport, one: _Claimed) -> Outcome:
    body = body_of(one.payload)
    headers = signed_headers(one.id, clock.now(), body, secret_of(one.salt, settings.SECRET_KEY))
    return transport.deliver(one.url, body, headers)


@transaction.atomic
def _settle(outcomes: Sequence[tuple[_Claimed, Outcome]], *, by: str) -> None:
    happened: list[Event] = []
    for one, outcome in outcomes:
        happened += _settled(one, outcome)
    unreached = {one.webhook for one, outcome in outcomes if not outcome.was_reached}
    Webhook.objects.filter(id__any_of=list(unreached)).update(rests_until=clock.now() + _REST)
    journal.record(happened, by=by)


def _settled(one: _Claimed, outcome: Outcome) -> list[Event]:
    """Write down what became of an attempt, unless the message was settled meanwhile; return what to record."""
    now = clock.now()
    waiting = Dispatch.objects.filter(id=one.id, state=DispatchState.WAITING, attempts=one.attempt)
    if not outcome.was_accepted and now - one.since < GIVEN_UP_AFTER:
        jitter = random.uniform(-1, 1)  # noqa: S311 (spreads load, guards nothing)
        again_at = now + pause_before(one.attempt, jitter)
        waiting.update(lease_until=None, next_attempt_at=again_at, reply=outcome.reply)
        return []
    state = DispatchState.DELIVERED if outcome.was_accepted else DispatchState.FAILED
    if not waiting.update(state=state, lease_until=None, settled_at=now, reply=outcome.reply):
        return []
    kind = events.DELIVERED if outcome.was_accepted else events.FAILED
    data = {"dispatch": one.id, "attempt": one.attempt, "reply": outcome.reply}
    return [Event(kind=kind, subject=f"webhook:{one.webhook}", data=data)]


def _give_back(untried: Sequence[_Claimed]) -> None:
    for one in untried:
        Dispatch.objects.filter(id=one.id, state=DispatchState.WAITING, attempts=one.attempt).update(
            lease_until=None,
            attempts=one.attempt - 1,
            first_attempt_at=one.since if one.attempt > 1 else None,
        )
