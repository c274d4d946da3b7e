"""Cancel provisional cover: one person proposes, another one approves or declines (four eyes)."""

from datetime import timedelta

from django.db import transaction

from vermittlerpost.cases import events, queries
from vermittlerpost.cases.actions.locking import lock_open
from vermittlerpost.cases.actions.writing import Order, write
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.models import Cancellation, Case
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import (
    ANSWER_DAYS,
    LETTERS_BEFORE_CANCELLATION,
    STATE_TITLES,
    Schedule,
    State,
    Step,
)
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.letters import queries as written
from vermittlerpost.letters.rules import day_in_words
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

CANCELS = "evb_cancellation"
"""The kind of letter that tells of a cancellation."""


class NotToCancel(Refused):
    """The case has not come to the point at which its cover may be cancelled, or something keeps it from that."""

    code = "not_to_cancel"


class AlreadyProposed(Refused):
    """Somebody has proposed to cancel, and nobody has decided yet."""

    code = "already_proposed"


class NotProposed(Refused):
    """There is no proposal about which to decide."""

    code = "not_proposed"


class FourEyes(Refused):
    """Whoever proposed may not decide."""

    code = "four_eyes"


class NoReason(Refused):
    """A decision needs a reason."""

    code = "no_reason"


@transaction.atomic
def propose(*, case: str, reason: str, by: str) -> None:
    """Propose to cancel provisional cover; nothing happens before somebody else approves.

    Refuses a case that is not at that step, that an open question keeps, of which the agency that has it now was not
    told twice (`remind_again` is the way on), and that is proposed already.
    """
    proposed = _at_the_point(case)
    need(reason)
    if Cancellation.objects.filter(case=case, decided_at=None).exists():
        raise AlreadyProposed("Für den Vorgang {case} liegt schon ein Vorschlag zur Freigabe.", case=case)
    Cancellation.objects.create(case=proposed, reason=reason.strip(), proposed_by=by, proposed_at=clock.now())
    _record(events.CANCELLATION_PROPOSED, case, by=by, reason=reason.strip())


@transaction.atomic
def approve(*, case: str, by: str) -> None:
    """Cancel, and tell the agency by the letter `evb_cancellation` through the channel that it has today.

    Asks everything again behind the case's lock, so that whatever arrived meanwhile wins; refuses the proposer.
    """
    cancelled = _at_the_point(case)
    proposal = _proposal(case, by=by)
    letter = _tell(cancelled, by=by)
    _decide(proposal, approved=True, answer="", by=by)
    Case.objects.filter(id=case).update(state=State.CANCELLED)
    _record(events.CANCELLATION_APPROVED, case, by=by, proposed_by=proposal.proposed_by, letter=letter)


@transaction.atomic
def decline(*, case: str, reason: str, by: str) -> None:
    """Decline to cancel; the case stays where it is and may be proposed again. Refuses the proposer."""
    lock_open(case)
    proposal = _proposal(case, by=by)
    need(reason)
    _decide(proposal, approved=False, answer=reason.strip(), by=by)
    _record(events.CANCELLATION_DECLINED, case, by=by, proposed_by=proposal.proposed_by, reason=reason.strip())


def _at_the_point(case: str) -> Case:
    # Before the case, as everybody who ends cases takes these in this order.
    delivery.wait_for_printing()
    locked = lock_open(case)
    if locked.state != State.CANCELLATION_PROPOSED:
        raise NotToCancel("Im Vorgang {case} steht keine Kündigung an.", case=case)
    if queries.inquiries_of(case).filter(answered_at=None).exists():
        raise NotToCancel("Die Agentur wartet auf Antwort; beantworten Sie zuerst ihre Rückfrage.", case=case)
    if question := queries.open_question(locked):
        raise NotToCancel(
            "Die Agentur hat bis zum {day} Zeit, Ihre Rückfrage zu beantworten; warten Sie so lange.",
            day=day_in_words(question.due_on),
            case=case,
        )
    if queries.times_told([locked])[case] < LETTERS_BEFORE_CANCELLATION:
        raise NotToCancel(
            "Der Agentur {agency} sind Anforderung und Erinnerung nicht nachweislich zugestellt; so wird nicht"
            " gekündigt. Stellen Sie Rückläufer neu zu, oder lassen Sie die Agentur noch einmal erinnern.",
            agency=locked.agency_id or "",
            case=case,
        )
    return locked


def _proposal(case: str, *, by: str) -> Cancellation:
    proposal = Cancellation.objects.filter(case=case, decided_at=None).first()
    if proposal is None:
        raise NotProposed("Für den Vorgang {case} liegt kein Vorschlag zur Freigabe.", case=case)
    if proposal.proposed_by == by:
        raise FourEyes("Diesen Vorschlag haben Sie selbst gemacht; entscheiden muss jemand anderes.", case=case)
    return proposal


def _decide(proposal: Cancellation, *, approved: bool, answer: str, by: str) -> None:
    Cancellation.objects.filter(id=proposal.id).update(
        approved=approved, answer=answer, decided_by=by, decided_at=clock.now()
    )


def _tell(case: Case, *, by: str) -> str:
    if case.agency is None or case.carrier is None:
        raise NotToCancel("Im Vorgang {case} fehlt die Agentur oder der Risikoträger.", case=case.id)
    counting = COUNTINGS[PROCESSES[case.process].counting]
    due_on = counting.roll(clock.today() + timedelta(days=ANSWER_DAYS), case.agency.state)
    order = Order(
        case=case,
        agency=case.agency,
        carrier=case.carrier,
        kind=CANCELS,
        step=_step(case),
        schedule=Schedule(due_on=due_on, next_on=None),
    )
    write([order], by=by)
    return order.letter


def _step(case: Case) -> Step:
    # One that was withdrawn may be followed by another.
    level = written.of_case(case.id).filter(kind=CANCELS).count()
    title = STATE_TITLES[State.CANCELLED.value]
    return Step(state=State.CANCELLED.value, title=title, level=level, urgency="normal")


def need(reason: str) -> None:
    """Refuse a decision without a reason."""
    if not reason.strip():
        raise NoReason("Bitte geben Sie einen Grund an.")


def _record(kind: Kind, case: str, *, by: str, **data: str) -> None:
    journal.record([Event(kind=kind, subject=case, data=data)], by=by)
