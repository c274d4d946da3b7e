"""Decide what becomes of a cancellation: an application came after it, or it should not have been."""

from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet

from vermittlerpost.cases import events, queries
from vermittlerpost.cases.actions.cancelling import CANCELS, FourEyes, need
from vermittlerpost.cases.actions.locking import lock_open
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
from vermittlerpost.letters.models import Letter
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

_WITHDRAWS, _REPLIES = "cancellation_withdrawn", "inquiry"
_LEFT = {ReceiptKind.PROVIDED, ReceiptKind.HANDED_OVER}
_NEW_CONTRACT = (
    "Der Antrag ist eingegangen. Die Kündigung der vorläufigen Deckung nehmen wir nicht zurück; den Antrag bearbeiten"
    " wir als neuen Vertrag. Bitte klären Sie mit Ihrem Kunden, ob und ab wann er bis dahin anderweitig versichert ist."
)
_STILL_MISSING = (
    "Ein Antrag liegt uns weiterhin nicht vor. Soll das Fahrzeug bei uns versichert werden, reichen Sie ihn bitte ein;"
    " wie es weitergeht, entscheidet unsere Fachabteilung."
)


class NothingToSettle(Refused):
    """No application came after a cancellation, nothing is cancelled, or somebody has decided what becomes of it."""

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


@transaction.atomic
def revoke_cancellation(*, case: str, reason: str, by: str) -> None:
    """Withdraw a cancellation that should not have been, though no application came, and tell the agency by letter.

    Provisional cover goes on, so the case stands before the proposal again: in that worklist somebody decides what
    comes next. News of the cancellation that has not left yet is stopped instead. Withdrawing is declared to the
    policyholder elsewhere, as the cancellation was (§ 52 (4) VVG). Refuses a case that is not cancelled, and whoever
    approved it.
    """
    need(reason)
    delivery.wait_for_printing()
    lock_open(case)
    cancellation = queries.standing_cancellation(case)
    if cancellation is None:
        raise NothingToSettle("Im Vorgang {case} ist nichts gekündigt, was zurückzunehmen wäre.", case=case)
    if cancellation.decided_by == by:
        raise FourEyes("Diese Kündigung haben Sie selbst freigegeben; zurücknehmen muss sie jemand anderes.", case=case)
    if _is_known(case):
        write([replace(_order(cancellation.case, _WITHDRAWS), next_step=_STILL_MISSING)], by=by)
    delivery.withdraw({one.id: case for one in _news(case)}, reason="cancellation_revoked", by=by)
    Case.objects.filter(id=case).update(state=State.CANCELLATION_PROPOSED)
    _settle(cancellation, Settlement.REVOKED, events.CANCELLATION_REVOKED, reason, by=by)


def _cancellation(case: str, reason: str) -> Cancellation:
    need(reason)
    delivery.wait_for_printing()
    Case.objects.select_for_update().filter(id=case).first()
    found = queries.answered_cancellations().select_for_update(of=("self",)).filter(case=case).first()
    if found is None:
        raise NothingToSettle("Im Vorgang {case} ist über keine Kündigung (mehr) zu entscheiden.", case=case)
    return found


def _is_known(case: str) -> bool:
    """Tell whether the agency has learned of the latest cancellation: paper that was stopped in time told nobody."""
    latest = _news(case).last()
    return latest is not None and any(receipt.kind in _LEFT for receipt in travelled.receipts_of(latest.id))


def _news(case: str) -> QuerySet[Letter]:
    return letters.of_case(case).filter(kind=CANCELS)


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
    data = {"reason": reason.strip(), "approved_by": cancellation.decided_by}
    journal.record([Event(kind=kind, subject=cancellation.case_id, data=data)], by=by)
