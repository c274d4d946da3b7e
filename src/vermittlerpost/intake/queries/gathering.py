"""Gather what may concern new messages: a message costs the same however many cases its eVB has."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from vermittlerpost.cases import queries as cases
from vermittlerpost.intake.desk import OPENING_KINDS, Desk
from vermittlerpost.intake.desk.papers import Confirmation, Waiting
from vermittlerpost.intake.formats.applications import ApplicationRow
from vermittlerpost.intake.formats.notices import NoticeRow
from vermittlerpost.intake.models import Application, Notice
from vermittlerpost.intake.queries.confirmations import confirmations
from vermittlerpost.intake.queries.registrations import registrations
from vermittlerpost.intake.rules.matching import EvbKind
from vermittlerpost.intake.rules.plates import loose_plate_key
from vermittlerpost.lib import bulk
from vermittlerpost.lib.clock import german_day

Message: TypeAlias = NoticeRow | ApplicationRow
Evbs: TypeAlias = dict[str, Confirmation]
Notices: TypeAlias = Mapping[tuple[str, bool], Notice]


# One index each; an OR over them would walk the table.
_KNOWN = """
    SELECT id FROM intake_notice WHERE message_id = ANY (%(messages)s::text[]) AND kind <> 'withdrawn'
    UNION ALL SELECT id FROM intake_notice WHERE message_id = ANY (%(messages)s::text[]) AND kind = 'withdrawn'
"""
_PREVENTED_ON = """
    SELECT message_id, evb FROM intake_notice WHERE outcome = 'prevented' AND evb = ANY (%(evbs)s::text[])
"""
_WAITING = """
    SELECT application_id FROM intake_application WHERE outcome = 'waiting' AND vin = ANY (%(vins)s::text[])
    UNION SELECT application_id FROM intake_application
    WHERE outcome = 'waiting' AND plate_key = ANY (%(plate_keys)s::text[])
    UNION SELECT application_id FROM intake_application
    WHERE outcome = 'waiting' AND evb = ANY (%(evbs)s::text[])
    UNION SELECT application_id FROM intake_application
    WHERE outcome = 'waiting' AND evb = ANY (%(permanent)s::text[]) AND vin = ''
"""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What is known and may concern some messages; `notices` are by message id and whether they withdraw."""

    notices: Notices
    applications: Mapping[str, Application]
    evbs: Evbs
    desk: Desk


def surroundings(messages: Sequence[Message]) -> Surroundings:
    """Return what may concern messages, each kind asked for once however many they are."""
    opening = [row for row in messages if isinstance(row, NoticeRow) and row.kind in OPENING_KINDS]
    others = [row for row in messages if isinstance(row, ApplicationRow) or row.kind not in OPENING_KINDS]
    evbs = confirmations({row.evb for row in messages})
    occupants = _occupants({row.evb for row in opening}, evbs)
    waiting = _waiting(opening, evbs)
    evbs |= confirmations({application.evb for application in waiting} - evbs.keys())
    notices = _notices({row.message_id for row in messages if isinstance(row, NoticeRow)} | occupants.keys())
    desk = _desk(evbs, occupants, notices)
    for registration in registrations(others, evbs):
        desk.lay_down(registration)
    for application in waiting:
        desk.let_wait(_as_waiting(application, desk))
    return Surroundings(notices=notices, applications=_applications(others), evbs=evbs, desk=desk)


def _occupants(numbers: Collection[str], evbs: Evbs) -> dict[str, str]:
    """Return the notices that were the first on a single eVB, by message id; perhaps they were withdrawn since."""
    single = {number for number in numbers if number in evbs and evbs[number].kind is EvbKind.SINGLE}
    if not single:
        return {}
    return cases.occupants_of(single) | dict(bulk.fetch(_PREVENTED_ON, {"evbs": bulk.array(single)}))


def _waiting(opening: Sequence[NoticeRow], evbs: Evbs) -> list[Application]:
    """Return the applications that may have come before these notices."""
    if not opening:
        return []
    permanent = {row.evb for row in opening if row.evb in evbs and evbs[row.evb].kind is EvbKind.PERMANENT}
    without_vin = {row.evb for row in opening if not row.vin}
    found = bulk.fetch(
        _WAITING,
        {
            "vins": bulk.array({row.vin for row in opening} - {""}),
            "plate_keys": bulk.array({loose_plate_key(row.plate) for row in opening}),
            "evbs": bulk.array((({row.evb for row in opening} - permanent) | without_vin) - {""}),
            "permanent": bulk.array(permanent),
        },
    )
    return list(Application.objects.filter(application_id__in=[application for (application,) in found]))


def _notices(messages: Collection[str]) -> Notices:
    found = bulk.fetch(_KNOWN, {"messages": bulk.array(messages)}) if messages else []
    notices = Notice.objects.filter(id__in=[notice for (notice,) in found])
    return {(notice.message_id, notice.withdraws): notice for notice in notices}


def _applications(messages: Sequence[Message]) -> Mapping[str, Application]:
    ids = {row.application_id for row in messages if isinstance(row, ApplicationRow)}
    if not ids:
        return {}
    return {known.application_id: known for known in Application.objects.filter(application_id__any_of=ids)}


def _desk(evbs: Evbs, occupants: Mapping[str, str], notices: Notices) -> Desk:
    return Desk(
        evbs=evbs,
        occupants=occupants,
        withdrawals={
            message: german_day(notice.received_at) for (message, withdraws), notice in notices.items() if withdraws
        },
        signals=[
            message
            for (message, withdraws), notice in notices.items()
            if not withdraws and notice.kind not in OPENING_KINDS
        ],
    )


def _as_waiting(application: Application, desk: Desk) -> Waiting:
    return Waiting(
        application_id=application.application_id,
        received_at=application.received_at,
        marks=desk.marks_of(application.vin, application.evb, application.plate),
    )
