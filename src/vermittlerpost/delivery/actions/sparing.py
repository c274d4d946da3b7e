"""Spare the paper that follows a letter nobody took notice of (B8), once somebody has taken notice (B7)."""

from collections.abc import Collection

from django.db.models import QuerySet

from vermittlerpost.delivery import events
from vermittlerpost.delivery.models import Delivery, MailboxEntry, Shipment
from vermittlerpost.delivery.rules import State
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock

_ELECTRONIC = "electronic"


def spare_paper(letters: Collection[str] | None = None, *, by: str) -> None:
    """Let provided letters that wait for print go no other way if they were read, worked off, fetched or acknowledged.

    Within the caller's transaction; of all letters unless some are named. What somebody wants on paper goes all the
    same; what lies in a print batch goes with it: the others in it would have to wait.
    """
    queued = _waiting(letters).select_related("letter__entry")
    entries = {one.letter_id: one.letter.entry for one in queued}
    if not entries:
        return
    shipments = Shipment.objects.in_bulk(list(entries))
    acts = {letter: _act(entry, shipments.get(letter)) for letter, entry in entries.items()}
    spared = [letter for letter, act in acts.items() if act]
    Delivery.objects.filter(letter__any_of=spared).update(
        channel=_ELECTRONIC, state=State.PROVIDED, changed_at=clock.now()
    )
    journal.record([_event(entries[letter], *acts[letter]) for letter in spared], by=by)


def hold_paper(letters: Collection[str]) -> None:
    """Lock the paper of letters that may be spared, within the caller's transaction and before it writes the journal.

    Entries, then paper, then chains: whoever prints or fetches locks in this order as well.
    """
    list(_waiting(letters).values_list("letter", flat=True))


def _waiting(letters: Collection[str] | None) -> QuerySet[Delivery]:
    waiting = Delivery.objects.filter(state=State.TO_PRINT, letter__entry__isnull=False, wanted_by="")
    if letters is not None:
        waiting = waiting.filter(letter__any_of=list(letters))
    return waiting.select_for_update(of=("self",)).order_by("letter")


def _act(entry: MailboxEntry, shipment: Shipment | None) -> tuple[str, ...]:
    """Return how somebody took notice of a letter and who it was, or nothing."""
    if entry.read_at:
        return "gelesen", entry.read_by
    if entry.done_on:
        return "erledigt", entry.done_by
    if shipment and shipment.acknowledged_at:
        return "über BiPRO quittiert", shipment.acknowledged_by
    if shipment and shipment.fetched_at:
        return "über BiPRO abgerufen", shipment.fetched_by
    return ()


def _event(entry: MailboxEntry, reason: str, actor: str) -> Event:
    data = {"letter": entry.letter_id, "reason": reason, "actor": actor}
    return Event(kind=events.PAPER_SPARED, subject=entry.case, data=data)
