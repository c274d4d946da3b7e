"""Answer what an agency asked, by a letter through the channel that it has today."""

from datetime import date

from django.db import transaction

from vermittlerpost.cases import events
from vermittlerpost.cases.actions.holding import rest
from vermittlerpost.cases.actions.locking import lock_open
from vermittlerpost.cases.actions.writing import Order, write
from vermittlerpost.cases.models import Case, Deadline, Inquiry
from vermittlerpost.cases.rules import ASKED, ASKS, Schedule, Step
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused


class AlreadyAnswered(Refused):
    """There is no such query, or somebody has answered it."""

    code = "already_answered"


class NothingAnswered(Refused):
    """The answer says nothing."""

    code = "nothing_answered"


class NobodyToAnswer(Refused):
    """The case has no agency or no carrier, so that there is nobody to write to."""

    code = "nobody_to_answer"


@transaction.atomic
def answer(*, inquiry: str, text: str, by: str) -> str:
    """Answer a query and return the id of the letter; the hold that it caused ends, so that the case goes on.

    Refuses an empty answer, a query that has been answered, and a case that ended meanwhile.
    """
    asked = Inquiry.objects.filter(id=inquiry).first()
    delivery.wait_for_printing()
    case = lock_open(asked.case_id if asked else "")
    open_one = Inquiry.objects.select_for_update().filter(id=inquiry, answered_at=None).first()
    if open_one is None:
        raise AlreadyAnswered("Diese Rückfrage ist schon beantwortet.", inquiry=inquiry)
    if not text.strip():
        raise NothingAnswered("Bitte schreiben Sie eine Antwort.", inquiry=inquiry)
    order = own_words(case, text.strip(), title="Rückmeldung")
    write([order], by=by)
    Inquiry.objects.filter(id=inquiry).update(answered_at=clock.now(), answered_by=by, answer=text.strip())
    _let_go_on(case)
    data = {"inquiry": inquiry, "letter": order.letter}
    journal.record([Event(kind=events.ANSWERED, subject=case.id, data=data)], by=by)
    return order.letter


def own_words(case: Case, text: str, *, title: str, due_on: date | None = None, next_step: str = "") -> Order:
    """Return the order of a letter in which a person speaks himself; refuses a case that has nobody to read it."""
    if case.agency is None or case.carrier is None:
        raise NobodyToAnswer("Im Vorgang {case} fehlt die Agentur oder der Risikoträger.", case=case.id)
    level = letters.of_case(case.id).filter(kind=ASKS).count()
    return Order(
        case=case,
        agency=case.agency,
        carrier=case.carrier,
        kind=ASKS,
        step=Step(state=case.state, title=title, level=level, urgency="normal"),
        schedule=Schedule(due_on=due_on, next_on=None),
        text=text,
        next_step=next_step,
    )


def _let_go_on(case: Case) -> None:
    deadline = Deadline.objects.filter(case=case.id).first()
    if deadline is not None and case.hold_reason == ASKED:
        rest(case, deadline, until=None, reason="")
