"""Send a letter once more because somebody wants it so: the same letter, on paper."""

from django.db import transaction

from vermittlerpost.delivery import events
from vermittlerpost.delivery.actions.sending import wait_for_printing
from vermittlerpost.delivery.models import Delivery
from vermittlerpost.delivery.rules import BY_POST, GOES_AGAIN, State
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused


class NotToReissue(Refused):
    """The letter is on its way to the print shop, never left, or asks for nothing any more."""

    code = "not_to_reissue"


@transaction.atomic
def reissue(*, letter: str, reason: str, by: str) -> None:
    """Let a letter go with the next print batch although it has arrived; what was written is frozen.

    If its agency has another address by then, a cover with that one goes before it. It stays the letter that it is: no
    other is written (R5), nobody is mailed about it again (R3), and one that was provided electronically stays in the
    mailbox. Refuses a letter that has not left, and one that is settled or erased.
    """
    wait_for_printing()
    sent = Delivery.objects.select_for_update(of=("self",)).select_related("letter").filter(letter=letter).first()
    if sent is None or sent.state not in GOES_AGAIN or sent.letter.settled_on or sent.letter.erased_on:
        raise NotToReissue(
            "Das Schreiben {letter} ist erledigt, wartet schon auf den Druck oder war nie unterwegs.", letter=letter
        )
    Delivery.objects.filter(letter=letter).update(
        channel=BY_POST, state=State.TO_PRINT, batch=None, changed_at=clock.now(), wanted_by=by
    )
    data = {"letter": letter, "reason": reason.strip()}
    journal.record([Event(kind=events.REISSUED, subject=sent.letter.case, data=data)], by=by)
