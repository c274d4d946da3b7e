"""Bestandsübertragung: a portfolio, or one case of it, moves to another agency on a day (R5)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from vermittlerpost.cases import events, queries
from vermittlerpost.cases.actions.locking import lock_open
from vermittlerpost.cases.actions.rerouting import known, move
from vermittlerpost.cases.models import Case, Transfer
from vermittlerpost.cases.rules import State
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.locks import take_turns

_AT_ONCE = 500


class NotTransferable(Refused):
    """The transfer leads nowhere, begins in the past, or meets another one that is planned already."""

    code = "not_transferable"


class NoSuchTransfer(Refused):
    """There is no transfer that still waits for its day."""

    code = "no_such_transfer"


@dataclass(frozen=True, kw_only=True)
class Move:
    """What is to move where, and from which day on; without `case` all that is open at the agency on that day."""

    source: str
    target: str
    effective_on: date
    reason: str
    case: str = ""


@transaction.atomic
def transfer(asked: Move, *, by: str) -> Transfer:
    """Let cases go to another agency from a day on: at once if that day has come, else on it by itself.

    Letters that were issued keep their addressee; those that follow go to the new agency and its people. Refuses an
    unknown agency, the same one, a day that is over, a case that is not open at that agency, and a second transfer of
    the same while one waits.
    """
    take_turns("transfers")
    source, target = known(asked.source), known(asked.target)
    _refuse(asked)
    case = _case(asked)
    planned = Transfer.objects.create(
        source=source,
        target=target,
        case=case,
        effective_on=asked.effective_on,
        reason=asked.reason.strip(),
        asked_by=by,
        asked_at=clock.now(),
    )
    _record(events.TRANSFER_PLANNED, planned, by=by)
    if asked.effective_on <= clock.today():
        _carry_out(planned, by=by)
    return planned


def _refuse(asked: Move) -> None:
    if asked.source == asked.target:
        raise NotTransferable("Die Agentur {agency} hat diesen Bestand schon.", agency=asked.target)
    if asked.effective_on < clock.today():
        raise NotTransferable("Der Stichtag ist vorbei. Was bis heute geschrieben ist, bleibt bei der alten Agentur.")
    if not asked.reason.strip():
        raise NotTransferable("Bitte geben Sie einen Grund an.")
    waiting = queries.transfers_ahead().filter(source=asked.source, case=asked.case or None).first()
    if waiting:
        raise NotTransferable(
            "Dafür ist schon eine Übertragung an die Agentur {agency} zum {day} vorgesehen; ziehen Sie zuerst die"
            " zurück.",
            agency=waiting.target_id,
            day=f"{waiting.effective_on:%d.%m.%Y}",
        )


def _case(asked: Move) -> Case | None:
    if not asked.case:
        return None
    case = lock_open(asked.case)
    if case.agency_id != asked.source:
        raise NotTransferable(
            "Der Vorgang {case} gehört nicht zur Agentur {agency}.", case=case.id, agency=asked.source
        )
    return case


@transaction.atomic
def withdraw_transfer(transfer: int, *, by: str) -> None:
    """Let a transfer not happen whose day has not come; refuses one that has ended."""
    planned = queries.transfers_ahead().select_for_update().filter(id=transfer).first()
    if planned is None:
        raise NoSuchTransfer("Diese Übertragung ist schon ausgeführt oder zurückgezogen.")
    Transfer.objects.filter(id=planned.id).update(ended_at=clock.now(), withdrawn_by=by)
    _record(events.TRANSFER_WITHDRAWN, planned, by=by)


def transfer_due(*, by: str) -> int:
    """Carry out the transfers whose day has come, each in a transaction of its own, and return how many."""
    due = queries.transfers_ahead().filter(effective_on__lte=clock.today())
    return sum(_is_carried_out(planned, by=by) for planned in due.values_list("id", flat=True))


@transaction.atomic
def _is_carried_out(transfer: int, *, by: str) -> bool:
    planned = queries.transfers_ahead().select_for_update(skip_locked=True, of=("self",)).filter(id=transfer).first()
    if planned is None:
        return False
    _carry_out(planned, by=by)
    return True


def _carry_out(planned: Transfer, *, by: str) -> None:
    """Move what is open at this moment; a case that ended meanwhile, or went elsewhere, stays where it is."""
    open_ones = Case.objects.filter(agency=planned.source_id).exclude(state=State.CLOSED).order_by("id")
    if planned.case_id:
        open_ones = open_ones.filter(id=planned.case_id)
    cases = list(open_ones.select_for_update(of=("self",)))
    reason = f"Bestandsübertragung zum {planned.effective_on:%d.%m.%Y}, {planned.reason}"
    for first in range(0, len(cases), _AT_ONCE):
        move(cases[first : first + _AT_ONCE], planned.target, reason=reason, by=by)
    planned.moved = len(cases)
    Transfer.objects.filter(id=planned.id).update(ended_at=clock.now(), moved=planned.moved)
    _record(events.TRANSFER_DONE, planned, by=by, moved=str(planned.moved))


def _record(kind: Kind, planned: Transfer, *, by: str, **data: str) -> None:
    told = {
        "transfer": str(planned.id),
        "before": planned.source_id,
        "after": planned.target_id,
        "case": planned.case_id or "",
        "effective_on": planned.effective_on.isoformat(),
        "reason": planned.reason,
    }
    journal.record([Event(kind=kind, subject=f"agency:{planned.source_id}", data=told | data)], by=by)
