"""Decide about paper that the post brought back: send it once more, or leave it at that."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q

from vermittlerpost.delivery import events
from vermittlerpost.delivery.actions.sending import wait_for_printing
from vermittlerpost.delivery.models import Delivery, Receipt
from vermittlerpost.delivery.rules import ReceiptKind, Return, State
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.letters.models import Letter
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.verdicts import Accepted, Known, Objection, Verdict

_NOT_ON_ITS_WAY = "Dieses Schreiben ist nicht per Post unterwegs."
_TOO_EARLY = "An diesem Tag war das Schreiben noch nicht übergeben; es ging am {day} zur Post."
_TO_COME = "Dieser Tag kommt erst noch."


class NotReturned(Refused):
    """The letter did not come back, or somebody has decided about it."""

    code = "not_returned"


class NothingToSendAgain(Refused):
    """The case of the letter has ended meanwhile, or the letter is gone."""

    code = "nothing_to_send_again"


@transaction.atomic
def send_again(*, letter: str, reason: str, by: str) -> None:
    """Let a returned letter go with the next print batch; what was written is frozen.

    If its agency has another address by then, a cover with that one goes before it. Refuses a letter that asks for
    nothing any more.
    """
    wait_for_printing()
    if Letter.objects.filter(id=letter).filter(~Q(settled_on=None) | ~Q(erased_on=None)).exists():
        raise NothingToSendAgain("Das Schreiben {letter} ist erledigt; es geht nicht mehr hinaus.", letter=letter)
    _decide(letter, State.TO_PRINT, events.SENT_AGAIN, reason, by=by)


@transaction.atomic
def settle_return(*, letter: str, reason: str, by: str) -> None:
    """Leave it at that a letter came back; it still counts as not delivered."""
    _decide(letter, State.RETURN_SETTLED, events.RETURN_SETTLED, reason, by=by)


@transaction.atomic
def note_returns(returns: Sequence[Return], *, by: str) -> list[Verdict]:
    """Note which letters the post brought back; known is one whose return on that day is on record.

    Refuses a letter that is not on its way, a day before it was handed over, and one that is to come.
    """
    return [_note(one, by=by) for one in returns]


def _note(returned: Return, *, by: str) -> Verdict:
    at = clock.german_moment(returned.returned_on, time())
    if Receipt.objects.filter(letter=returned.letter, kind=ReceiptKind.RETURNED, at=at).exists():
        return Known()
    on_its_way = Delivery.objects.select_for_update(of=("self",)).select_related("letter")
    found = on_its_way.filter(letter=returned.letter, state=State.HANDED_OVER).first()
    if found is None:
        return Objection("letter", _NOT_ON_ITS_WAY)
    if objection := _impossible(returned.returned_on, found.changed_at):
        return objection
    Delivery.objects.filter(letter=returned.letter).update(state=State.RETURNED, changed_at=clock.now())
    Receipt.objects.create(letter_id=returned.letter, kind=ReceiptKind.RETURNED, actor=by, at=at)
    data = {
        "letter": returned.letter,
        "reason": returned.reason,
        "returned_on": returned.returned_on.isoformat(),
    }
    journal.record([Event(kind=events.RETURNED_ON, subject=found.letter.case, data=data)], by=by)
    return Accepted()


def _impossible(returned_on: date, handed_over_at: datetime) -> Objection | None:
    handed_over_on = clock.german_day(handed_over_at)
    if returned_on < handed_over_on:
        return Objection("returned_on", _TOO_EARLY, {"day": f"{handed_over_on:%d.%m.%Y}"})
    return Objection("returned_on", _TO_COME) if returned_on > clock.today() else None


def _decide(letter: str, state: State, kind: Kind, reason: str, *, by: str) -> None:
    returned = Delivery.objects.filter(letter=letter, state=State.RETURNED)
    if not returned.update(state=state, batch=None, changed_at=clock.now()):
        raise NotReturned("Über das Schreiben {letter} ist schon entschieden, oder es kam nie zurück.", letter=letter)
    case = Delivery.objects.values_list("letter__case", flat=True).get(letter=letter)
    data = {"letter": letter, "reason": reason.strip()}
    journal.record([Event(kind=kind, subject=case, data=data)], by=by)
