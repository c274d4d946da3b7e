"""Clear by hand what found no place by itself; messages that arrive meanwhile wait, so that none is missed."""

from django.db import transaction

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries as known
from vermittlerpost.cases.rules import CloseReason
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.intake import events, queries
from vermittlerpost.intake.desk.papers import Outcome
from vermittlerpost.intake.models import Application, Notice
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.locks import take_turns

_ENDS = {
    "other_insurer": CloseReason.OTHER_INSURER,
    "deregistration": CloseReason.DEREGISTRATION,
}


class NothingToSort(Refused):
    """The message has found its place, or there is no such message."""

    code = "nothing_to_sort"


class NotMeant(Refused):
    """The message cannot mean this case."""

    code = "not_meant"


class UnknownEvb(Refused):
    """There is no such confirmation, or its agency is not known."""

    code = "unknown_evb"


class SomethingUnclear(Refused):
    """An application or a signal that may mean the case has not been cleared."""

    code = "something_unclear"


@transaction.atomic
def clear_with_evb(*, case: str, evb: str, reason: str, by: str) -> None:
    """Let a case to be cleared belong to a confirmation: its agency, carrier and policyholder; the process begins.

    An application that waits for just this confirmation ends the case at once. Refuses an unknown confirmation, and
    one whose agency is not known.
    """
    take_turns("matching")
    delivery.wait_for_printing()
    confirmation = queries.confirmations([evb]).get(evb)
    if confirmation is None:
        raise UnknownEvb("Eine eVB {evb} ist nicht bekannt.", evb=evb)
    placement = cases.Placement(
        agency=confirmation.agency,
        carrier=confirmation.carrier,
        evb=evb,
        policyholder=confirmation.policyholder,
    )
    cases.clear(case=case, placement=placement, reason=reason, by=by)
    waiting = Application.objects.filter(evb=evb, outcome=Outcome.WAITING, vin="").order_by("received_at").first()
    if waiting:
        _end_by_application(waiting, case, by=by)


@transaction.atomic
def sort_application(*, application: str, case: str, by: str) -> None:
    """Say which case an unclear application answers; the case ends. Refuses a case that it does not resemble."""
    take_turns("matching")
    delivery.wait_for_printing()
    unclear = Application.objects.select_for_update().filter(application_id=application, outcome=Outcome.AMBIGUOUS)
    found = unclear.first()
    if found is None:
        raise NothingToSort("Der Antrag {application} ist nicht (mehr) unklar.", application=application)
    _refuse_others(found, case)
    _end_by_application(found, case, by=by)


@transaction.atomic
def sort_notice(*, notice: int, case: str, by: str) -> str:
    """Say which case an unclear signal means, and return its kind: a new plate joins the case's, all else ends it.

    Refuses a case that it does not resemble, and what takes another signal back: the case that this one ended may be
    opened again, but no other ends instead.
    """
    take_turns("matching")
    delivery.wait_for_printing()
    found = _unclear_notice(notice)
    if found.withdraws:
        raise NotMeant(
            "Eine Rücknahme beendet keinen Vorgang; öffnen Sie wieder, was zu Unrecht endete, und legen Sie sie ab."
        )
    _refuse_others(found, case)
    outcome = _end_by_signal(found, case, by=by) if found.kind in _ENDS else _give_plate(found, case, by=by)
    Notice.objects.filter(id=notice).update(outcome=outcome)
    data = {"outcome": outcome.value, "case": case}
    journal.record([Event(kind=events.SORTED, subject=f"notice:{found.message_id}", data=data)], by=by)
    return found.kind


@transaction.atomic
def dismiss_application(*, application: str, reason: str, by: str) -> None:
    """Say that an unclear application answers none of the cases that it resembles; they go on."""
    unclear = Application.objects.filter(application_id=application, outcome=Outcome.AMBIGUOUS)
    if not unclear.update(outcome=Outcome.UNMATCHED):
        raise NothingToSort("Der Antrag {application} ist nicht (mehr) unklar.", application=application)
    data = {"reason": reason.strip()}
    journal.record([Event(kind=events.DISMISSED, subject=f"application:{application}", data=data)], by=by)


@transaction.atomic
def dismiss_notice(*, notice: int, reason: str, by: str) -> None:
    """Say that an unclear signal means none of the cases that it resembles; they go on."""
    found = _unclear_notice(notice)
    Notice.objects.filter(id=notice).update(outcome=Outcome.UNMATCHED)
    data = {"reason": reason.strip()}
    journal.record([Event(kind=events.DISMISSED, subject=f"notice:{found.message_id}", data=data)], by=by)


@transaction.atomic
def approve_cancellation(*, case: str, by: str) -> None:
    """Approve to cancel a case's cover, after a last look at what came in: nothing arrives while this is decided.

    Refuses what `cases.approve` refuses, and a case that an unclear application or signal may mean.
    """
    take_turns("matching")
    unclear: list[Notice | Application] = [*queries.applications_to_clear(), *queries.to_clear()]
    if any(case in {one.id for one in queries.cases_meant(message)} for message in unclear):
        raise SomethingUnclear(
            "Ein unklarer Antrag oder eine unklare Mitteilung kann diesen Vorgang meinen; klären Sie das zuerst.",
            case=case,
        )
    cases.approve(case=case, by=by)


def _unclear_notice(notice: int) -> Notice:
    found = Notice.objects.select_for_update().filter(id=notice, outcome=Outcome.AMBIGUOUS).first()
    if found is None:
        raise NothingToSort("Diese Mitteilung ist nicht (mehr) unklar.")
    return found


def _refuse_others(message: Notice | Application, case: str) -> None:
    if case not in {one.id for one in queries.cases_meant(message)}:
        raise NotMeant("Den Vorgang {case} kann das nicht meinen, oder er ist beendet.", case=case)


def _end_by_signal(signal: Notice, case: str, *, by: str) -> Outcome:
    ending = cases.Ending(
        case=case, on=clock.german_day(signal.received_at), reason=_ENDS[signal.kind], cause=signal.message_id
    )
    cases.end([ending], by=by)
    return Outcome.ENDED


def _give_plate(signal: Notice, case: str, *, by: str) -> Outcome:
    new = cases.NewPlate(
        case=case,
        message_id=signal.message_id,
        plate=signal.plate,
        plate_key=signal.plate_key,
        season=signal.season,
        since=clock.german_day(signal.received_at),
    )
    cases.add_plate(new, by=by)
    return Outcome.PLATE_CHANGED


def _end_by_application(application: Application, case: str, *, by: str) -> None:
    message_id = known.messages_of([case])[case]
    Application.objects.filter(application_id=application.application_id).update(
        outcome=Outcome.ENDED, message_id=message_id
    )
    ending = cases.Ending(
        case=case,
        on=clock.german_day(application.received_at),
        reason=CloseReason.APPLICATION,
        cause=application.application_id,
    )
    cases.end([ending], by=by)
    data = {"outcome": Outcome.ENDED.value, "case": case}
    journal.record([Event(kind=events.SORTED, subject=f"application:{application.application_id}", data=data)], by=by)
