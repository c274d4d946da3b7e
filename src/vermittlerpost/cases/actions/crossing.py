"""Take back paper that crossed with the end of its case, by a short letter on the same way (B5)."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings

from vermittlerpost.cases.actions.writing import Order, write_in_any_case
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.models import Case
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import TAKES_BACK, CloseReason, Schedule, State, Step, crossed
from vermittlerpost.delivery import queries as travelled
from vermittlerpost.delivery.models import Delivery
from vermittlerpost.letters import queries as letters
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.letters.rules import day_in_words
from vermittlerpost.lib import clock

_SENTENCE = (
    "Das Schreiben „{title}“ vom {issued} hat sich mit dem Ende des Vorgangs gekreuzt: {words} am {ended}. "
    "Sie müssen nichts mehr veranlassen."
)


def take_back(endings: Mapping[str, tuple[date, CloseReason]], *, by: str) -> None:
    """Write to whom paper was handed over so shortly before his case ended that it reaches him for nothing.

    Within the transaction that ends the cases (case -> day and reason). Only what a step of the process wrote is taken
    back: of a cancellation people decide. What was provided electronically shows that it is done.
    """
    if not settings.ENVIRONMENT.notice_of_crossing:
        return
    on_its_way = [one for one in travelled.handed_over_last(list(endings)) if _crossed(one, *endings[one.letter.case])]
    cases = Case.objects.in_bulk([one.letter.case for one in on_its_way])
    orders = [
        _order(cases[one.letter.case], one, *endings[one.letter.case])
        for one in on_its_way
        if _is_of_a_step(one.letter.kind, cases[one.letter.case])
    ]
    if orders:
        write_in_any_case(orders, by=by)


def _crossed(sent: Delivery, ended_on: date, reason: CloseReason) -> bool:
    land = sent.letter.agency.state
    return crossed(clock.german_day(sent.changed_at), ended_on, reason, COUNTINGS["working_day"], land)


def _is_of_a_step(kind: str, case: Case) -> bool:
    return any(kind == step.letter for step in PROCESSES[case.process].steps)


def _order(case: Case, sent: Delivery, ended_on: date, reason: CloseReason) -> Order:
    taken_back_before = letters.of_case(case.id).filter(kind=TAKES_BACK).count()
    return Order(
        case=case,
        agency=sent.letter.agency,
        carrier=sent.letter.carrier,
        kind=TAKES_BACK,
        step=Step(state=State.CLOSED.value, title=KINDS[TAKES_BACK].title, level=taken_back_before, urgency="normal"),
        schedule=Schedule(due_on=None, next_on=None),
        text=_SENTENCE.format(
            title=KINDS[sent.letter.kind].title,
            issued=day_in_words(sent.letter.issued_on),
            words=reason.words,
            ended=day_in_words(ended_on),
        ),
        channel=sent.channel,
    )
