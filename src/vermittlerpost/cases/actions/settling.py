"""Decide what an application means that came after the cancellation: the cover stays, or there is a new contract."""

from django.db import transaction

from vermittlerpost.cases import events, queries
from vermittlerpost.cases.actions.cancelling import CANCELS, need
from vermittlerpost.cases.actions.writing import Order, write
from vermittlerpost.cases.models import Cancellation, Case
from vermittlerpost.cases.rules import Schedule, Settlement, State, Step
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.delivery import queries as travelled
from vermittlerpost.delivery.rules import ReceiptKind
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.letters import queries as letters
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

_WITHDRAWS, _REPLIES = "cancellation_withdrawn", "inquiry"
_LEFT = {ReceiptKind.PROVIDED, ReceiptKind.HANDED_OVER}
_NEW_CONTRACT = (
    "Der Antrag ist eingegangen. Die Kündigung der vorläufigen Deckung nehmen wir nicht zurück; den Antrag bearbeiten"
    " wir als neuen Vertrag. Bitte klären Sie mit Ihrem Kunden, ob und ab wann er bis dahin anderweitig versichert ist."
)


class NothingToSettle(Refused):
    """No application came after a cancellation, or somebody has decided what becomes of it."""

    code = "nothing_to_settle"


@transaction.atomic
def withdraw_cancellation(*, case: str, reason: str, by: str) -> None:
    """Let provisional cover stay, since the application came in time, and tell the agency by letter.

    The application has ended the case (R6), so nothing else begins again. Withdrawing is declared to the policyholder
    elsewhere, as the cancellation was (§ 52 (4) VVG). Refuses a case in which nothing is to be decided (any more).
    """
    cancellation = _cancellation(case, reason)
    if _is_known(case):
        write([_order(cancellation.case, _WITHDRAWS)], by=by)
    _settle(cancellation, Settlement.COVER_STAYS, events.CANCELLATION_WITHDRAWN, reason, by=by)


@transaction.atomic
def uphold_cancellation(*, case: str, reason: str, by: str) -> None:
    """Leave it at the cancellation, since the application makes a new contract, and tell the agency by letter.

    Refuses a case in which nothing is to be decided (any more).
    """
    cancellation = _cancellation(case, reason)
    if _is_known(case):
        write([_order(cancellation.case, _REPLIES, text=_NEW_CONTRACT)], by=by)
    _settle(cancellation, Settlement.NEW_CONTRACT, events.CANCELLATION_UPHELD, reason, by=by)


def _cancellation(case: str, reason: str) -> Cancellation:
    need(reason)
    delivery.wait_for_printing()
    Case.objects.select_for_update().filter(id=case).first()
    found = queries.answered_cancellations().select_for_update(of=("self",)).filter(case=case).first()
    if found is None:
        raise NothingToSettle("Im Vorgang {case} ist über keine Kündigung (mehr) zu entscheiden.", case=case)
    return found


def _is_known(case: str) -> bool:
    """Tell whether the agency has learned of the cancellation: paper that was stopped in time told nobody."""
    written = letters.of_case(case).filter(kind=CANCELS)
    return any(receipt.kind in _LEFT for one in written for receipt in travelled.receipts_of(one.id))


def _order(case: Case, kind: str, text: str = "") -> Order:
    if case.agency is None or case.carrier is None:
        raise NothingToSettle("Im Vorgang {case} fehlt die Agentur oder der Risikoträger.", case=case.id)
    level = letters.of_case(case.id).filter(kind=kind).count()
    return Order(
        case=case,
        agency=case.agency,
        carrier=case.carrier,
        kind=kind,
        step=Step(state=State.CLOSED.value, title=KINDS[kind].title, level=level, urgency="normal"),
        schedule=Schedule(due_on=None, next_on=None),
        text=text,
    )


def _settle(cancellation: Cancellation, settlement: Settlement, kind: Kind, reason: str, *, by: str) -> None:
    Cancellation.objects.filter(id=cancellation.id).update(
        settled_as=settlement, settled_by=by, settled_at=clock.now(), settled_reason=reason.strip()
    )
    data = {"reason": reason.strip()}
    journal.record([Event(kind=kind, subject=cancellation.case_id, data=data)], by=by)
