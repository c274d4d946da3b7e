"""Ask what came in, and gather what may concern new messages."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db.models import Q, QuerySet

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import queries as cases
from vermittlerpost.cases.models import Case
from vermittlerpost.cases.rules import Clarification, CloseReason, Party, State
from vermittlerpost.intake.desk import OPENING_KINDS, Desk
from vermittlerpost.intake.desk.papers import EvbFacts, Outcome, Waiting
from vermittlerpost.intake.formats.applications import ApplicationRow
from vermittlerpost.intake.formats.notices import NoticeRow
from vermittlerpost.intake.models import Application, Evb, Notice, RefusedRow
from vermittlerpost.intake.rules.matching import EvbKind, Registration
from vermittlerpost.intake.rules.plates import loose_plate_key
from vermittlerpost.intake.rules.words import fold_name
from vermittlerpost.lib.clock import german_day

Message: TypeAlias = NoticeRow | ApplicationRow


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """An eVB with what its agency and carrier add to it; agency, Land and process are empty where there is none."""

    number: str
    carrier: str
    process: str
    agency: str
    land: str
    policyholder: Party
    valid_until: date | None
    kind: EvbKind


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What is known and may concern some messages; `notices` are by message id and whether they withdraw."""

    notices: dict[tuple[str, bool], Notice]
    applications: dict[str, Application]
    evbs: dict[str, Confirmation]
    desk: Desk


@dataclass(frozen=True, kw_only=True)
class _Marks:
    vins: list[str]
    evbs: list[str]
    plate_keys: list[str]

    def any_of(self) -> Q:
        return Q(vin__any_of=self.vins) | Q(evb__any_of=self.evbs) | Q(plate_key__any_of=self.plate_keys)


def surroundings(messages: Sequence[Message]) -> Surroundings:
    """Return what may concern messages, each kind asked for once however many they are."""
    marks = _Marks(
        vins=sorted({message.vin for message in messages} - {""}),
        evbs=sorted({message.evb for message in messages} - {""}),
        plate_keys=sorted({loose_plate_key(message.plate) for message in messages if message.plate}),
    )
    ids = [message.message_id for message in messages if isinstance(message, NoticeRow)]
    found = cases.resembling(vins=marks.vins, evbs=marks.evbs, plate_keys=marks.plate_keys, messages=ids)
    waiting = list(Application.objects.filter(marks.any_of(), outcome=Outcome.WAITING))
    prevented = list(Notice.objects.filter(marks.any_of(), outcome=Outcome.PREVENTED).order_by("received_at"))
    notices = _notices([*ids, *(case.message_id for case in found)])
    evbs = _confirmations(
        {*marks.evbs, *(notice.evb for notice in prevented), *(application.evb for application in waiting)}
    )
    desk = _desk(evbs, notices)
    plates = cases.plates_of([case.id for case in found])
    for registration in [*_with_case(found, plates, notices), *_without_case(prevented, evbs, notices)]:
        desk.lay_down(registration)
    for application in waiting:
        desk.let_wait(_waiting(application, desk))
    return Surroundings(notices=notices, applications=_applications(messages), evbs=evbs, desk=desk)


def _notices(message_ids: Sequence[str]) -> dict[tuple[str, bool], Notice]:
    found = Notice.objects.filter(message_id__any_of=message_ids)
    return {(notice.message_id, notice.kind == "withdrawn"): notice for notice in found}


def _applications(messages: Sequence[Message]) -> dict[str, Application]:
    ids = [message.application_id for message in messages if isinstance(message, ApplicationRow)]
    if not ids:
        return {}
    return {known.application_id: known for known in Application.objects.filter(application_id__any_of=ids)}


def _confirmations(numbers: Collection[str]) -> dict[str, Confirmation]:
    # Plain values: a thousand eVBs with agency and carrier as objects of their own would take most of the time.
    rows: Iterable[tuple[Any, ...]] = Evb.objects.filter(number__any_of=numbers).values_list(
        "number",
        "carrier",
        "carrier__process",
        "agency",
        "policyholder_name",
        "policyholder_street",
        "policyholder_postcode",
        "policyholder_city",
        "valid_until",
        "kind",
    )
    found = list(rows)
    lands = agencies.lands_of({row[3] for row in found})
    return {row[0]: _confirmation(row, lands) for row in found}


def _confirmation(row: tuple[Any, ...], lands: Mapping[str, str]) -> Confirmation:
    number, carrier, process, agency, name, street, postcode, city, valid_until, kind = row
    return Confirmation(
        number=number,
        carrier=carrier,
        process=process,
        agency=agency if agency in lands else "",
        land=lands.get(agency, ""),
        policyholder=Party(name=name, street=street, postcode=postcode, city=city),
        valid_until=valid_until,
        kind=EvbKind(kind),
    )


def _desk(evbs: dict[str, Confirmation], notices: dict[tuple[str, bool], Notice]) -> Desk:
    return Desk(
        evbs={number: _evb_facts(evb) for number, evb in evbs.items()},
        withdrawals=_withdrawals(notices),
        signals=[
            message
            for (message, withdraws), notice in notices.items()
            if not withdraws and notice.kind not in OPENING_KINDS
        ],
    )


def _withdrawals(notices: dict[tuple[str, bool], Notice]) -> dict[str, date]:
    return {message: german_day(notice.received_at) for (message, withdraws), notice in notices.items() if withdraws}


def _evb_facts(evb: Confirmation) -> EvbFacts:
    return EvbFacts(
        kind=evb.kind,
        valid_until=evb.valid_until,
        has_agency=bool(evb.agency),
        policyholder=fold_name(evb.policyholder.name),
    )


def _with_case(
    found: Sequence[Case], plates: Mapping[str, tuple[str, ...]], notices: dict[tuple[str, bool], Notice]
) -> list[Registration]:
    return [
        Registration(
            message_id=case.message_id,
            evb=case.evb,
            vin=case.vin,
            plates=list(plates[case.id]),
            policyholder=fold_name(case.policyholder_name),
            keeper=fold_name(case.keeper_name),
            is_open=case.state != State.CLOSED,
            is_answered=case.close_reason == CloseReason.APPLICATION,
            occupies_evb=case.clarification != Clarification.EVB_USED_TWICE and (case.message_id, True) not in notices,
        )
        for case in found
    ]


def _without_case(
    prevented: Sequence[Notice], evbs: dict[str, Confirmation], notices: dict[tuple[str, bool], Notice]
) -> list[Registration]:
    return [
        Registration(
            message_id=notice.message_id,
            evb=notice.evb,
            vin=notice.vin,
            plates=[notice.plate],
            policyholder=fold_name(evbs[notice.evb].policyholder.name) if notice.evb in evbs else "",
            keeper=fold_name(notice.keeper_name),
            is_open=False,
            is_answered=True,
            occupies_evb=(notice.message_id, True) not in notices,
            has_case=False,
        )
        for notice in prevented
    ]


def _waiting(application: Application, desk: Desk) -> Waiting:
    return Waiting(
        application_id=application.application_id,
        received_at=application.received_at,
        marks=desk.marks_of(application.vin, application.evb, application.plate),
    )


def to_clear() -> QuerySet[Notice]:
    """Return the signals that fit several cases, or withdraw another signal: a worklist."""
    return Notice.objects.filter(outcome=Outcome.AMBIGUOUS).order_by("received_at", "message_id")


def unmatched() -> QuerySet[Notice]:
    """Return the signals that fit no case."""
    return Notice.objects.filter(outcome=Outcome.UNMATCHED).order_by("received_at", "message_id")


def applications_to_clear() -> QuerySet[Application]:
    """Return the applications that fit several cases: a worklist."""
    return Application.objects.filter(outcome=Outcome.AMBIGUOUS).order_by("received_at", "application_id")


def without_case() -> QuerySet[Notice]:
    """Return the registrations that needed no case, because they were answered or taken back before."""
    return Notice.objects.filter(outcome__in=[Outcome.PREVENTED, Outcome.VOIDED]).order_by("message_id")


def refused_rows() -> QuerySet[RefusedRow]:
    """Return every cell that was refused, in the order in which files were fed."""
    return RefusedRow.objects.select_related("file").order_by("file", "row", "id")
