"""Decide about paper that the post brought back: send it once more, or leave it at that."""

from django.db import transaction

from vermittlerpost.delivery import events
from vermittlerpost.delivery.models import Delivery
from vermittlerpost.delivery.rules import State
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused


class NotReturned(Refused):
    """The letter did not come back, or somebody has decided about it."""

    code = "not_returned"


@transaction.atomic
def send_again(*, letter: str, reason: str, by: str) -> None:
    """Let a returned letter go with the next print batch, to the address that it bears: what was written is frozen."""
    _decide(letter, State.TO_PRINT, events.SENT_AGAIN, reason, by=by)


@transaction.atomic
def settle_return(*, letter: str, reason: str, by: str) -> None:
    """Leave it at that a letter came back; it still counts as not delivered."""
    _decide(letter, State.RETURN_SETTLED, events.RETURN_SETTLED, reason, by=by)


def _decide(letter: str, state: State, kind: Kind, reason: str, *, by: str) -> None:
    returned = Delivery.objects.filter(letter=letter, state=State.RETURNED)
    if not returned.update(state=state, batch=None, changed_at=clock.now()):
        raise NotReturned("Über das Schreiben {letter} ist schon entschieden, oder es kam nie zurück.", letter=letter)
    case = Delivery.objects.values_list("letter__case", flat=True).get(letter=letter)
    data = {"letter": letter, "reason": reason.strip()}
    journal.record([Event(kind=kind, subject=case, data=data)], by=by)
