"""Send letters on their way: in the transaction that issues them, by the channel that is theirs on that day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings

from vermittlerpost.delivery import events
from vermittlerpost.delivery.actions import printing
from vermittlerpost.delivery.channels import CHANNELS
from vermittlerpost.delivery.models import Delivery, MailboxEntry, Receipt, Shipment
from vermittlerpost.delivery.rules import (
    NOT_URGENT,
    BatchState,
    Content,
    Parcel,
    ReceiptKind,
    State,
    choose,
    lexemes_of,
)
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.lib import bulk, clock, identifiers
from vermittlerpost.lib.locks import share_turns


def dispatch(parcels: Sequence[Parcel], *, by: str) -> None:
    """Freeze each letter's channel; an electronic one is visible in portal and BiPRO from this transaction on."""
    chosen = {parcel.letter: choose(parcel, CHANNELS) for parcel in parcels}
    now = clock.now()
    bulk.insert(
        Delivery,
        ["letter", "channel", "state", "changed_at"],
        [(letter, code, CHANNELS[code].first_state, now) for letter, code in chosen.items()],
    )
    provided = [parcel for parcel in parcels if CHANNELS[chosen[parcel.letter]].first_state is State.PROVIDED]
    bulk.insert(
        Receipt,
        ["letter", "kind", "actor", "at"],
        [(parcel.letter, ReceiptKind.PROVIDED, by, now) for parcel in provided],
    )
    bulk.insert(MailboxEntry, _ENTRY, [_entry(parcel, now) for parcel in provided])
    available_until = _last_day()
    bulk.insert(Shipment, _SHIPMENT, [_shipment(parcel, now, available_until) for parcel in provided])
    journal.record([_event(parcel, chosen[parcel.letter]) for parcel in parcels], by=by)


_ENTRY = [
    "letter", "case", "agency", "carrier", "kind", "level", "urgency", "category", "due_on", "plate", "policyholder",
    "provided_at", "read_by", "done_reason", "done_by", "words",
]  # fmt: skip


def _entry(parcel: Parcel, at: datetime) -> tuple[object, ...]:
    listed = parcel.listing
    return (
        parcel.letter, parcel.case, parcel.agency, listed.carrier, listed.kind, listed.level, parcel.urgency,
        parcel.category, parcel.due_on, listed.plate, listed.policyholder, at, "", "", "",
        lexemes_of(parcel.agency, marks=listed.marks, name=listed.policyholder),
    )  # fmt: skip


_SHIPMENT = [
    "id", "letter", "agency", "content", "category", "urgent", "provided_at", "available_until", "fetched_by",
    "acknowledged_by",
]  # fmt: skip


def _shipment(parcel: Parcel, at: datetime, available_until: date) -> tuple[object, ...]:
    return (
        parcel.letter, parcel.letter, parcel.agency, Content.LETTER, KINDS[parcel.listing.kind].bipro,
        parcel.urgency != NOT_URGENT, at, available_until, "", "",
    )  # fmt: skip


def tell_endings(cases: Sequence[str], *, by: str) -> None:
    """Let software find that cases have ended, within the caller's transaction, where their carrier wants it told.

    Each agency that letters of a case were provided to is told under the newest of them; if a case that was reopened
    ends again, the same shipment is new again.
    """
    entries = MailboxEntry.objects.filter(case__any_of=cases, carrier__tells_endings=True)
    newest = list(entries.order_by("case", "agency", "-provided_at", "-letter").distinct("case", "agency"))
    told = [_ending(entry) for entry in newest]
    Shipment.objects.bulk_create(told, update_conflicts=True, unique_fields=["id"], update_fields=_RENEWED)
    journal.record(
        [
            Event(kind=events.ENDING_TOLD, subject=entry.case, data={"shipment": ending.id})
            for entry, ending in zip(newest, told, strict=True)
        ],
        by=by,
    )


_RENEWED = [
    "letter", "category", "provided_at", "available_until", "fetched_at", "fetched_by", "acknowledged_at",
    "acknowledged_by",
]  # fmt: skip


def _ending(newest: MailboxEntry) -> Shipment:
    return Shipment(
        id=identifiers.derive("E", newest.case, newest.agency_id),
        letter_id=newest.letter_id,
        agency_id=newest.agency_id,
        content=Content.ENDING,
        category=KINDS[newest.kind].bipro,
        urgent=False,
        provided_at=clock.now(),
        available_until=_last_day(),
    )


def _last_day() -> date:
    """Return until when what is provided at this moment can be fetched."""
    available: timedelta = settings.ENVIRONMENT.bipro_available
    return clock.today() + available


def is_provided(parcel: Parcel) -> bool:
    """Tell whether a parcel would be seen in portal and BiPRO if it were dispatched now."""
    return CHANNELS[choose(parcel, CHANNELS)].first_state is State.PROVIDED


def _event(parcel: Parcel, channel: str) -> Event:
    data = {
        "letter": parcel.letter,
        "matter": parcel.letter,
        "case": parcel.case,
        "category": parcel.category,
        "agency": parcel.agency,
        "urgency": parcel.urgency,
        "due_on": parcel.due_on and parcel.due_on.isoformat(),
        "channel": channel,
    }
    return Event(kind=CHANNELS[channel].event, subject=parcel.case, data=data)


def wait_for_printing() -> None:
    """Let no batch be built, handed over or recalled until the caller's transaction ends; to be called before locks."""
    share_turns(printing.PRINTING)


def withdraw(letters: Mapping[str, str], *, reason: str, by: str) -> None:
    """Stop paper that is not handed over yet; `letters` gives the case of each.

    A built batch that holds one of them is recalled: its other letters go into the next one.
    """
    unsent = list(
        Delivery.objects.select_for_update()
        .filter(letter__in=list(letters), state__in=[State.TO_PRINT, State.IN_BATCH])
        .order_by("letter")
    )
    if not unsent:
        return
    ids = [delivery.letter_id for delivery in unsent]
    Delivery.objects.filter(letter__in=ids).update(state=State.WITHDRAWN, changed_at=clock.now())
    journal.record(
        [
            Event(kind=events.WITHDRAWN, subject=letters[letter], data={"letter": letter, "reason": reason})
            for letter in ids
        ],
        by=by,
    )
    for batch in sorted({delivery.batch_id for delivery in unsent if delivery.batch_id}):
        printing.recall_in(batch, [BatchState.BUILDING, BatchState.BUILT], reason=reason, by=by)
