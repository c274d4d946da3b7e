"""Ask an agency something in one's own words, by a letter with a due date; the case rests until then."""

from datetime import date, timedelta

from django.db import transaction

from vermittlerpost.cases import events
from vermittlerpost.cases.actions.answering import NobodyToAnswer, own_words
from vermittlerpost.cases.actions.holding import rest
from vermittlerpost.cases.actions.locking import lock_open
from vermittlerpost.cases.actions.writing import write
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.models import Case, Deadline
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import QUESTIONED
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.letters.rules import due_day_in_words
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused


class QuestionOutOfBounds(Refused):
    """The agency would have longer to answer than a case may rest, or no day at all."""

    code = "question_out_of_bounds"


class NoQuestion(Refused):
    """The question says nothing."""

    code = "no_question"


@transaction.atomic
def ask(*, case: str, text: str, days: int, by: str) -> str:
    """Ask the agency of a case, which may answer within so many days, and return the id of the letter (`inquiry`).

    The due date is rolled like any other; up to it no step is taken and nothing is cancelled, unless the agency answers
    and is answered. A hold that lasts longer stays. A case may be asked about again and again: each letter is of the
    next level. Refuses an empty question, more days than the process lets a case rest, and a case that is closed or has
    nobody to ask.
    """
    delivery.wait_for_printing()
    asked = lock_open(case)
    if not text.strip():
        raise NoQuestion("Bitte schreiben Sie, was Sie wissen möchten.", case=case)
    due_on = _due_on(asked, days)
    until = _let_rest(asked, due_on)
    rests = f"Die Erinnerungen ruhen bis {due_day_in_words(until)}." if until else ""
    order = own_words(asked, text.strip(), title="Rückfrage", due_on=due_on, next_step=rests)
    write([order], by=by)
    data = {"letter": order.letter, "due_on": due_on.isoformat(), "until": until and until.isoformat()}
    kind = events.QUESTIONED if until else events.QUESTIONED_AT_REST
    journal.record([Event(kind=kind, subject=case, data=data)], by=by)
    return order.letter


def _due_on(case: Case, days: int) -> date:
    if case.agency is None or case.process not in PROCESSES:
        raise NobodyToAnswer("Im Vorgang {case} fehlt die Agentur oder der Risikoträger.", case=case.id)
    process = PROCESSES[case.process]
    if not 1 <= days <= process.longest_hold_days:
        raise QuestionOutOfBounds(
            "Für die Antwort können Sie 1 bis {days} Tage geben.", days=str(process.longest_hold_days), case=case.id
        )
    return COUNTINGS[process.counting].roll(clock.today() + timedelta(days=days), case.agency.state)


def _let_rest(case: Case, due_on: date) -> date | None:
    """Return until when the case rests; None where no step is planned."""
    deadline = Deadline.objects.filter(case=case.id).first()
    if deadline is None:
        return None
    if case.held_until is None or case.held_until < due_on:
        rest(case, deadline, until=due_on, reason=QUESTIONED)
        return due_on
    return case.held_until
