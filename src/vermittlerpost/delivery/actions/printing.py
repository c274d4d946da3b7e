"""Print batches: built per carrier, recalled until they are handed over."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import transaction

from vermittlerpost.delivery import events, manifest
from vermittlerpost.delivery.actions.sparing import spare_paper
from vermittlerpost.delivery.models import Delivery, PrintBatch, Receipt
from vermittlerpost.delivery.rules import BatchState, ReceiptKind, State
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.letters import queries as letters
from vermittlerpost.letters import rendering
from vermittlerpost.letters.rules import Cover, Facts
from vermittlerpost.lib import clock, identifiers
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.lib.sequences import batched
from vermittlerpost.lib.storage import Folder

LETTERS_PER_BATCH = 500
PRINTING = "printing"
"""Who builds, hands over or recalls batches has this work to himself; who ends cases shares it."""


class NoSuchBatch(Refused):
    """There is no such batch, or it is no longer in a state that allows this."""

    code = "no_such_batch"


class NotOnItsWay(Refused):
    """The letter was not handed over to the post."""

    code = "not_on_its_way"


def build_batches(folder: Folder, *, by: str) -> list[str]:
    """Put all letters that wait for print into batches per carrier and write each one's PDF and manifest.

    A letter whose own PDF is stuck waits; one that turns out here to be unprintable has its batch recalled, and the
    others go into the next. A batch that a dead process left half built is finished first, and what lies in the
    folder of recalled ones is removed.
    """
    clear_recalled(folder)
    unfinished = list(PrintBatch.objects.filter(state=BatchState.BUILDING).order_by("id"))
    made = [batch for batch in [*unfinished, *_claim(by=by)] if _write(batch, folder, by=by)]
    return [batch.id for batch in made]


def clear_recalled(folder: Folder) -> None:
    """Remove the files of recalled batches, so that no print shop takes them."""
    batches = {name.rsplit(".", 1)[0] for name in folder.names()}
    recalled = set(
        PrintBatch.objects.filter(id__any_of=batches, state=BatchState.RECALLED).values_list("id", flat=True)
    )
    for name in folder.names():
        if name.rsplit(".", 1)[0] in recalled:
            folder.remove(name)


@transaction.atomic
def _claim(*, by: str) -> list[PrintBatch]:
    take_turns(PRINTING)
    spare_paper(by=by)
    waiting = (
        Delivery.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(state=State.TO_PRINT)
        .filter(letter__rendering__stuck_at=None)
        .select_related("letter")
        .order_by("letter__carrier_id", "letter__agency_id", "letter_id")
    )
    carriers: dict[str, list[Delivery]] = {}
    for delivery in waiting:
        carriers.setdefault(delivery.letter.carrier_id, []).append(delivery)
    return [
        _open(carrier, part, by=by)
        for carrier, deliveries in carriers.items()
        for part in batched(deliveries, LETTERS_PER_BATCH)
    ]


def _open(carrier: str, deliveries: Sequence[Delivery], *, by: str) -> PrintBatch:
    now = clock.now()
    batch = PrintBatch.objects.create(
        id=identifiers.derive("D", carrier, now.isoformat(), deliveries[0].letter_id),
        carrier_id=carrier,
        state=BatchState.BUILDING,
        built_at=now,
        letters=len(deliveries),
    )
    _move([delivery.letter_id for delivery in deliveries], State.IN_BATCH, batch)
    journal.record(
        [_event(events.BATCHED, d.letter.case, letter=d.letter_id, batch=batch.id) for d in deliveries], by=by
    )
    return batch


def _write(batch: PrintBatch, folder: Folder, *, by: str) -> bool:
    inside = list(batch.deliveries.select_related("letter__agency").order_by("letter__agency_id", "letter_id"))
    facts = letters.facts_of([one.letter_id for one in inside])
    if not facts:
        return False
    try:
        pdf = rendering.render_batch(facts, _covers(inside, facts, clock.german_day(batch.built_at)))
    except Refused as error:
        recall(batch.id, reason=error.code, by=by)
        return False
    sha256 = folder.write(f"{batch.id}.pdf", pdf)
    folder.write(f"{batch.id}.csv", manifest.of(batch.id, facts, sha256))
    with transaction.atomic():
        ready = PrintBatch.objects.filter(id=batch.id, state=BatchState.BUILDING).update(
            state=BatchState.BUILT, sha256=sha256
        )
        if ready:
            journal.record([_event(events.BATCH_BUILT, f"batch:{batch.id}", letters=len(facts), sha256=sha256)], by=by)
    return bool(ready)


def _covers(inside: Sequence[Delivery], facts: Sequence[Facts], on: date) -> dict[str, Cover]:
    """Return a cover for each letter whose agency has another address today; the letter itself is frozen."""
    today = {one.letter_id: letters.addressee(one.letter.agency) for one in inside}
    moved = [one.letter for one in facts if one.agency.place != today[one.letter].place]
    return {letter: Cover(agency=today[letter], on=on) for letter in moved}


@transaction.atomic
def hand_over(batch: str, *, by: str) -> None:
    """Note that a built batch left for the print shop; from here on nothing in it can be stopped.

    Where the print shop takes files, those of the batch are to be laid there.
    """
    take_turns(PRINTING)
    _lock(batch, [BatchState.BUILT])
    now = clock.now()
    PrintBatch.objects.filter(id=batch).update(
        state=BatchState.HANDED_OVER,
        handed_over_at=now,
        to_send_since=now if settings.ENVIRONMENT.brings_to_print_shop else None,
    )
    inside = list(
        Delivery.objects.filter(batch=batch, state=State.IN_BATCH).select_related("letter").order_by("letter")
    )
    Delivery.objects.filter(letter__in=[d.letter_id for d in inside]).update(state=State.HANDED_OVER, changed_at=now)
    Receipt.objects.bulk_create(
        [Receipt(letter_id=d.letter_id, kind=ReceiptKind.HANDED_OVER, actor=by, at=now) for d in inside]
    )
    journal.record(
        [
            *(_event(events.HANDED_OVER, d.letter.case, letter=d.letter_id, batch=batch) for d in inside),
            _event(events.BATCH_HANDED_OVER, f"batch:{batch}"),
        ],
        by=by,
    )


@transaction.atomic
def recall(batch: str, *, reason: str, by: str) -> None:
    """Take a batch back before it is handed over; its letters go into the next one."""
    take_turns(PRINTING)
    recall_in(batch, [BatchState.BUILDING, BatchState.BUILT], reason=reason, by=by)


def recall_in(batch: str, states: Sequence[BatchState], *, reason: str, by: str) -> None:
    """Recall a batch that is in one of these states, within the caller's transaction; refuses others."""
    _lock(batch, states)
    PrintBatch.objects.filter(id=batch).update(state=BatchState.RECALLED)
    inside = list(
        Delivery.objects.filter(batch=batch, state=State.IN_BATCH).select_related("letter").order_by("letter")
    )
    _move([d.letter_id for d in inside], State.TO_PRINT, None)
    journal.record(
        [
            *(_event(events.RECALLED, d.letter.case, letter=d.letter_id, batch=batch) for d in inside),
            _event(events.BATCH_RECALLED, f"batch:{batch}", reason=reason),
        ],
        by=by,
    )


@transaction.atomic
def note_return(letter: str, *, reason: str, by: str) -> None:
    """Note that the post brought a letter back; refuses one that was not handed over."""
    changed = Delivery.objects.filter(letter=letter, state=State.HANDED_OVER)
    if not changed.update(state=State.RETURNED, changed_at=clock.now()):
        raise NotOnItsWay("Das Schreiben {letter} ist nicht per Post unterwegs.", letter=letter)
    returned = Delivery.objects.select_related("letter").get(letter=letter)
    Receipt.objects.create(letter_id=letter, kind=ReceiptKind.RETURNED, actor=by, at=clock.now())
    data = {"letter": letter, "reason": reason}
    journal.record([Event(kind=events.RETURNED, subject=returned.letter.case, data=data)], by=by)


def _lock(batch: str, states: Sequence[BatchState]) -> None:
    if not PrintBatch.objects.select_for_update().filter(id=batch, state__in=states).exists():
        raise NoSuchBatch("Der Druckstapel {batch} ist unbekannt, zurückgerufen oder schon übergeben.", batch=batch)


def _move(letter_ids: Sequence[str], state: State, batch: PrintBatch | None) -> None:
    Delivery.objects.filter(letter__in=letter_ids).update(state=state, batch=batch, changed_at=clock.now())


def _event(kind: Kind, subject: str, **data: object) -> Event:
    return Event(kind=kind, subject=subject, data=data)
