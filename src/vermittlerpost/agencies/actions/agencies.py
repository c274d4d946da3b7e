"""Put agencies: the order of the rows does not matter, a parent may come after its children."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction

from vermittlerpost.agencies import events
from vermittlerpost.agencies.actions.recording import record
from vermittlerpost.agencies.models import Agency, Firm
from vermittlerpost.agencies.rules import STAFF_FIRM, AgencyRow, lies_in_a_circle
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.lib.replacing import Replacement, values_by
from vermittlerpost.lib.verdicts import Objection, Verdict

_FIELDS = [
    "parent_id", "firm_id", "name", "street", "postcode", "city", "state", "electronic_from", "electronic_until",
    "contact_name", "contact_email", "contact_phone",
]  # fmt: skip


@transaction.atomic
def put_agencies(rows: Sequence[AgencyRow], *, by: str) -> list[Verdict]:
    """Create agencies or replace their data.

    Refuses an unknown firm, an unknown parent, a circle of parents, and a parent of another firm, also where an
    agency would leave its own children behind in the old firm.
    """
    take_turns("masters")
    stored = values_by("number", Agency.objects.values("number", *_FIELDS))
    objections = _objections(rows, stored)
    judged = [objections.get(place) or _values(row) for place, row in enumerate(rows)]
    replacement = Replacement(key="number", stored=stored, rows=judged)
    Agency.objects.bulk_create([Agency(**new, lineage=[]) for new in replacement.created])
    Agency.objects.bulk_update([Agency(**new) for new in replacement.replaced], _FIELDS)
    if replacement.changes:
        _renew_lineages()
    record(replacement, events.AGENCY_CHANGED, "agency", by=by)
    return replacement.verdicts


def _values(row: AgencyRow) -> dict[str, Any]:
    values = asdict(row)
    return values | {"parent_id": values.pop("parent") or None, "firm_id": values.pop("firm")}


@dataclass(frozen=True)
class _Forest:
    """The agencies as they would stand: number -> parent and number -> firm; `left` keep their stored firm."""

    parents: Mapping[str, str]
    firms: Mapping[str, str]
    left: Mapping[str, set[str]]


def _objections(rows: Sequence[AgencyRow], stored: Mapping[str, Mapping[str, Any]]) -> dict[int, Objection]:
    # A refused row may have been the parent of another one, so ask again until nothing more is refused.
    known = Firm.objects.filter(id__in={row.firm for row in rows}).exclude(id=STAFF_FIRM)
    firms = set(known.values_list("id", flat=True))
    refused: dict[int, Objection] = {}
    while True:
        standing = {place: row for place, row in enumerate(rows) if place not in refused}
        forest = _forest(list(standing.values()), stored)
        found = {place: objection for place, row in standing.items() if (objection := _objection(row, forest, firms))}
        if not found:
            return refused
        refused |= found


def _forest(rows: Sequence[AgencyRow], stored: Mapping[str, Mapping[str, Any]]) -> _Forest:
    parents = {number: agency["parent_id"] or "" for number, agency in stored.items()}
    firms = {number: agency["firm_id"] for number, agency in stored.items()}
    left: dict[str, set[str]] = defaultdict(set)
    for number in stored.keys() - {row.number for row in rows}:
        left[parents[number]].add(firms[number])
    return _Forest(
        parents=parents | {row.number: row.parent for row in rows},
        firms=firms | {row.number: row.firm for row in rows},
        left=left,
    )


def _objection(row: AgencyRow, forest: _Forest, firms: set[str]) -> Objection | None:
    if row.firm not in firms:
        return Objection("firm", "Die Firma ist nicht bekannt.")
    if forest.left.get(row.number, set()) - {row.firm}:
        return Objection("firm", "Bekannte Unteragenturen dieser Agentur gehören einer anderen Firma.")
    return _objection_to_parent(row, forest) if row.parent else None


def _objection_to_parent(row: AgencyRow, forest: _Forest) -> Objection | None:
    if row.parent not in forest.parents:
        return Objection("parent", "Die Stammagentur ist nicht bekannt.")
    if lies_in_a_circle(row.number, forest.parents):
        return Objection("parent", "Die Stammagenturen bilden einen Kreis.")
    if forest.firms[row.parent] != row.firm:
        return Objection("parent", "Die Stammagentur gehört einer anderen Firma.")
    return None


def _renew_lineages() -> None:
    with connection.cursor() as cursor:
        cursor.execute("""
            WITH RECURSIVE tree (number, lineage) AS (
                SELECT number, ARRAY[number::text] FROM agencies_agency WHERE parent_id IS NULL
                UNION ALL
                SELECT a.number, a.number::text || t.lineage
                FROM agencies_agency a JOIN tree t ON a.parent_id = t.number
            )
            UPDATE agencies_agency a SET lineage = t.lineage
            FROM tree t WHERE t.number = a.number AND a.lineage IS DISTINCT FROM t.lineage
        """)
