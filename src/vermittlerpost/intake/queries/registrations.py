"""The registrations that signals and applications may mean: those with a case, and those that needed none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from vermittlerpost.cases import queries as cases
from vermittlerpost.cases.rules import CloseReason, State
from vermittlerpost.intake.desk.papers import Confirmation
from vermittlerpost.intake.formats.applications import ApplicationRow
from vermittlerpost.intake.formats.notices import NoticeRow
from vermittlerpost.intake.models import Notice
from vermittlerpost.intake.queries.confirmations import confirmations
from vermittlerpost.intake.rules.matching import EvbKind, Registration
from vermittlerpost.intake.rules.plates import loose_plate_key
from vermittlerpost.intake.rules.words import fold_name
from vermittlerpost.lib import bulk

# Of those that an eVB alone leads to the first is enough: they are answered all, so an application belongs to it.
_PREVENTED = """
    SELECT id FROM intake_notice WHERE outcome = 'prevented' AND vin = ANY (%(vins)s::text[]) AND vin <> ''
    UNION SELECT id FROM intake_notice WHERE outcome = 'prevented' AND plate_key = ANY (%(plate_keys)s::text[])
    UNION SELECT id FROM intake_notice
    WHERE outcome = 'prevented' AND message_id = ANY (%(messages)s::text[]) AND kind <> 'withdrawn'
    UNION SELECT first.id FROM unnest(%(evbs)s::text[], %(without_vin)s::bool[]) AS asked (evb, without_vin)
    CROSS JOIN LATERAL (
        SELECT id FROM intake_notice
        WHERE outcome = 'prevented' AND evb = asked.evb AND (vin = '' OR NOT asked.without_vin)
        ORDER BY received_at, message_id LIMIT 1
    ) AS first
"""


@dataclass(frozen=True, kw_only=True)
class Sought:
    """By what messages look for registrations: their marks, and the message ids of the notices they withdraw.

    `evbs` tells of each eVB whether it leads to registrations without VIN only.
    """

    vins: list[str]
    plate_keys: list[str]
    evbs: list[tuple[str, bool]]
    messages: list[str]

    @classmethod
    def by(cls, rows: Sequence[NoticeRow | ApplicationRow], evbs: Mapping[str, Confirmation]) -> Self:
        """Return what signals and applications look for."""
        asking = [row for row in rows if isinstance(row, ApplicationRow) or not row.withdraws]
        return cls(
            vins=sorted({row.vin for row in asking} - {""}),
            plate_keys=sorted({loose_plate_key(row.plate) for row in asking if row.plate}),
            evbs=sorted({(row.evb, _leads_to_no_other_vin(row, evbs)) for row in asking if row.evb}),
            messages=sorted({row.message_id for row in rows if isinstance(row, NoticeRow) and row.withdraws}),
        )


def _leads_to_no_other_vin(row: NoticeRow | ApplicationRow, evbs: Mapping[str, Confirmation]) -> bool:
    is_permanent = row.evb in evbs and evbs[row.evb].kind is EvbKind.PERMANENT
    return bool(row.vin) and (is_permanent or isinstance(row, NoticeRow))


def registrations(rows: Sequence[NoticeRow | ApplicationRow], evbs: Mapping[str, Confirmation]) -> list[Registration]:
    """Return what signals and applications may mean; those with a case first, the older before the younger."""
    if not rows:
        return []
    sought = Sought.by(rows, evbs)
    return [*_with_case(sought, len(rows)), *_without_case(sought)]


def _with_case(sought: Sought, messages: int) -> list[Registration]:
    found = cases.resembling(
        vins=sought.vins,
        plate_keys=sought.plate_keys,
        evbs=sought.evbs,
        messages=sought.messages,
        # Each message ends one case at most, so of any more that are open the last message still finds two.
        enough=messages + 1,
    )
    plates = cases.plates_of([case.id for case in found])
    return [
        Registration(
            message_id=case.message_id,
            case=case.id,
            evb=case.evb,
            vin=case.vin,
            plates=list(plates[case.id]),
            policyholder=fold_name(case.policyholder_name),
            keeper=fold_name(case.keeper_name),
            is_open=case.state != State.CLOSED,
            is_answered=case.close_reason == CloseReason.APPLICATION,
        )
        for case in found
    ]


def _without_case(sought: Sought) -> list[Registration]:
    prevented = _prevented(sought)
    evbs = confirmations({notice.evb for notice in prevented})
    return [
        Registration(
            message_id=notice.message_id,
            case="",
            evb=notice.evb,
            vin=notice.vin,
            plates=[notice.plate],
            policyholder=fold_name(evbs[notice.evb].policyholder.name) if notice.evb in evbs else "",
            keeper=fold_name(notice.keeper_name),
            is_open=False,
            is_answered=True,
        )
        for notice in prevented
    ]


def _prevented(sought: Sought) -> list[Notice]:
    found = bulk.fetch(
        _PREVENTED,
        {
            "vins": bulk.array(sought.vins),
            "plate_keys": bulk.array(sought.plate_keys),
            "messages": bulk.array(sought.messages),
            "evbs": bulk.array(evb for evb, _ in sought.evbs),
            "without_vin": [without_vin for _, without_vin in sought.evbs],
        },
    )
    return list(Notice.objects.filter(id__in=[notice for (notice,) in found]).order_by("received_at", "message_id"))
