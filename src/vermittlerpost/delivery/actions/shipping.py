"""Note what firms' software fetches and acknowledges, and what it leaves lying; none of it counts as read (R9)."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from django.db import transaction

from vermittlerpost.agencies.models import User
from vermittlerpost.delivery import events, queries
from vermittlerpost.delivery.actions.receipts import record_receipt
from vermittlerpost.delivery.actions.sparing import spare_paper
from vermittlerpost.delivery.models import Delivery, MailboxEntry, Pickup, Shipment
from vermittlerpost.delivery.rules import BY_POST, Alarm, Content, Detail, Overdue, ReceiptKind, State, alarms_of
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.lib import bulk, clock

_NOTED_EVERY = timedelta(minutes=1)
_NOTED = "SELECT 1 FROM delivery_pickup WHERE user_id = %(user)s AND {moment} > %(since)s"


def note_listed(user: User, *, consumer: str) -> None:
    """Note that a user's software asked what there is, once a minute; `consumer` is what it calls itself."""
    _note(user, "listed_at", consumer)


def note_fetched(detail: Detail, user: User, *, consumer: str) -> None:
    """Record that a user's software fetched a shipment: each time, and with the shipment the first time."""
    with transaction.atomic():
        Shipment.objects.filter(id=detail.id, fetched_at=None).update(fetched_at=clock.now(), fetched_by=user.login_id)
        _receive(detail, ReceiptKind.FETCHED, by=user.login_id)
    _note(user, "fetched_at", consumer)


def acknowledge(user: User, detail: Detail, *, consumer: str) -> None:
    """Record that a user's software has taken a shipment over; only the first time says anything new."""
    with transaction.atomic():
        untaken = Shipment.objects.filter(id=detail.id, acknowledged_at=None)
        if untaken.update(acknowledged_at=clock.now(), acknowledged_by=user.login_id):
            _receive(detail, ReceiptKind.ACKNOWLEDGED, by=user.login_id)
    _note(user, "acknowledged_at", consumer)


def _receive(detail: Detail, kind: ReceiptKind, *, by: str) -> None:
    if detail.content is Content.LETTER:
        if detail.goes_by_post:
            spare_paper([detail.letter], by=by)
        record_receipt(letter=detail.letter, case=detail.case, kind=kind, by=by)
        return
    # Whoever is told of an end has not fetched the letter with that.
    data = {"shipment": detail.id, "receipt": kind.value, "actor": by}
    journal.record([Event(kind=events.ENDING_RECEIVED, subject=detail.case, data=data)], by=by)


def _note(user: User, moment: str, consumer: str) -> None:
    # Many connections of one user do this at once: none of them waits for another but once a minute.
    now = clock.now()
    fresh = {"user": user.pk, "since": now - _NOTED_EVERY}
    if bulk.fetch(_NOTED.format(moment=moment), fresh):
        return
    called = {moment: now} | ({"consumer": consumer} if consumer else {})
    if not Pickup.objects.filter(user=user).update(**called):
        Pickup.objects.bulk_create([Pickup(user=user, **called)], ignore_conflicts=True)


@transaction.atomic
def watch(*, patience: timedelta, by: str) -> list[Alarm]:
    """Raise an alarm about each urgent letter that software has not fetched within `patience`, once, and return them.

    Who has read the letter or worked it off has not missed it. Where the firm wants it, the letter is printed as well;
    it stays in the mailbox.
    """
    overdue = {one.letter: one for one in queries.overdue(patience=patience)}
    cases = _take(overdue)
    missed = [overdue[letter] for letter in cases]
    by_post = {letter: cases[letter] for letter in _on_no_other_way([one.letter for one in missed if one.goes_by_post])}
    now = clock.now()
    Shipment.objects.filter(id__any_of=cases).update(alarmed_at=now)
    Delivery.objects.filter(letter__any_of=by_post).update(channel=BY_POST, state=State.TO_PRINT, changed_at=now)
    uncollected = [_event(events.UNCOLLECTED, letter, case) for letter, case in cases.items()]
    queued = [_event(events.QUEUED_FOR_PRINT, letter, case) for letter, case in by_post.items()]
    journal.record(uncollected + queued, by=by)
    return alarms_of(missed)


def _take(overdue: Mapping[str, Overdue]) -> dict[str, str]:
    """Lock those of the letters that still wait, and return their cases: entries first, as everybody does."""
    unread = MailboxEntry.objects.filter(letter__any_of=overdue, read_at=None, done_on=None)
    cases = dict(unread.select_for_update(no_key=True).order_by("letter").values_list("letter", "case"))
    lying = Shipment.objects.filter(id__any_of=cases, fetched_at=None, acknowledged_at=None, alarmed_at=None)
    ids = list(lying.select_for_update(no_key=True).order_by("id").values_list("id", flat=True))
    return {letter: cases[letter] for letter in ids}


def _on_no_other_way(letters: Collection[str]) -> list[str]:
    """Lock the ways of letters, and return those that are provided and no more: paper that goes already is enough."""
    ways = Delivery.objects.filter(letter__any_of=letters, state=State.PROVIDED)
    return list(ways.select_for_update(of=("self",)).order_by("letter").values_list("letter", flat=True))


def _event(kind: Kind, letter: str, case: str) -> Event:
    return Event(kind=kind, subject=case, data={"letter": letter})
