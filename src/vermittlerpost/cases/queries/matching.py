"""Gather the cases that what came in may concern."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from vermittlerpost.cases.models import Case, Plate
from vermittlerpost.lib import bulk

# One index each; an OR over them would walk the table.
_RESEMBLING = """
    SELECT id FROM cases_case WHERE vin = ANY (%(vins)s::text[]) AND vin <> ''
    UNION SELECT case_id FROM cases_plate WHERE key = ANY (%(plate_keys)s::text[])
    UNION SELECT id FROM cases_case WHERE message_id = ANY (%(messages)s::text[])
    UNION SELECT found.id FROM unnest(%(evbs)s::text[], %(without_vin)s::bool[]) AS asked (evb, without_vin)
    CROSS JOIN LATERAL (
        (
            SELECT id FROM cases_case
            WHERE evb = asked.evb AND evb <> '' AND state <> 'closed' AND (vin = '' OR NOT asked.without_vin)
            ORDER BY opened_on, id LIMIT %(enough)s
        ) UNION ALL (
            SELECT id FROM cases_case
            WHERE evb = asked.evb AND evb <> '' AND close_reason = 'application'
                AND (vin = '' OR NOT asked.without_vin)
            ORDER BY opened_on, id LIMIT 1
        )
    ) AS found
"""
_OCCUPANTS = """
    SELECT message_id, evb FROM cases_case
    WHERE evb = ANY (%(evbs)s::text[]) AND evb <> '' AND clarification <> 'evb_used_twice'
"""

# One index each, and of each case's entries its own chain's.
_CHANGED_BY = """
    SELECT found.id FROM (
        SELECT id FROM cases_case WHERE id = %(case)s
        UNION SELECT id FROM cases_case WHERE vin = %(vin)s AND vin <> ''
        UNION SELECT case_id FROM cases_plate WHERE key = %(plate_key)s
        UNION SELECT id FROM cases_case
        WHERE evb = %(evb)s AND evb <> '' AND (vin = '' OR vin = %(vin)s OR %(vin)s = '')
    ) AS found
    WHERE EXISTS (
        SELECT FROM journal_entry WHERE subject = found.id AND (
            (kind = 'case.closed' AND data ->> 'cause' = %(message)s)
            OR (kind = 'case.plate_changed' AND data ->> 'message_id' = %(message)s)
        )
    )
"""


def resembling(
    *,
    vins: Sequence[str],
    plate_keys: Sequence[str],
    evbs: Sequence[tuple[str, bool]],
    messages: Sequence[str],
    enough: int,
) -> list[Case]:
    """Return the cases, open and closed, that share a VIN, a plate, an eVB or the notice with what came in.

    Each of `evbs` says whether only cases without VIN count. Of the cases that one leads to, `enough` open ones and
    the first that an application ended are returned: a permanent eVB may have any number.
    """
    rows = bulk.fetch(
        _RESEMBLING,
        {
            "vins": bulk.array(vins),
            "plate_keys": bulk.array(plate_keys),
            "messages": bulk.array(messages),
            "evbs": bulk.array(evb for evb, _ in evbs),
            "without_vin": [without_vin for _, without_vin in evbs],
            "enough": enough,
        },
    )
    return list(Case.objects.filter(id__any_of={case for (case,) in rows}).order_by("opened_on", "id")) if rows else []


def changed_by(message: str, *, vin: str, plate_key: str, evb: str, case: str = "") -> list[Case]:
    """Return the cases that a signal has ended or given a new plate, whatever became of them since.

    They are looked for by its marks; `case` is one more that it may have been given to.
    """
    marks = {"message": message, "vin": vin, "plate_key": plate_key, "evb": evb, "case": case}
    found = [changed for (changed,) in bulk.fetch(_CHANGED_BY, marks)]
    return list(Case.objects.filter(id__any_of=found).order_by("opened_on", "id"))


def occupants_of(evbs: Collection[str]) -> dict[str, str]:
    """Return the eVBs by the message ids of the notices whose cases use them, those used twice left out."""
    return dict(bulk.fetch(_OCCUPANTS, {"evbs": bulk.array(evbs)}))


def plates_of(cases: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the plates that cases have had, each once, the first ones first."""
    plates: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for case, plate in Plate.objects.filter(case__any_of=cases).order_by("id").values_list("case", "plate"):
        if plate not in plates[case]:
            plates[case] += (plate,)
    return plates


def case_of_message(message: str) -> str:
    """Return the case that a notice opened, or nothing."""
    return Case.objects.filter(message_id=message).values_list("id", flat=True).first() or ""


def messages_of(cases: Collection[str]) -> dict[str, str]:
    """Return the message ids of the notices that opened cases."""
    return dict(Case.objects.filter(id__in=cases).values_list("id", "message_id"))
