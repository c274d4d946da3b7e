"""Ask which portfolios move, and what moves with them."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from vermittlerpost.cases.models import Case, Transfer
from vermittlerpost.cases.rules import State
from vermittlerpost.lib import bulk

# From transfer to transfer, each after the one before it; the first lies behind the day of issue.
_SUCCESSORS = """
    WITH RECURSIVE holder AS (
        SELECT agency AS issued_to, issued_on, agency COLLATE "C" AS agency, issued_on AS since,
            9223372036854775807 AS transfer
        FROM unnest(%(agencies)s::text[], %(days)s::date[]) AS asked (agency, issued_on)
        UNION ALL
        SELECT holder.issued_to, holder.issued_on, next.target_id, next.effective_on, next.id
        FROM holder CROSS JOIN LATERAL (
            SELECT target_id, effective_on, id FROM cases_transfer
            WHERE source_id = holder.agency AND (effective_on, id) > (holder.since, holder.transfer)
                AND case_id IS NULL AND ended_at IS NOT NULL AND withdrawn_by = ''
            ORDER BY effective_on, id LIMIT 1
        ) AS next
    )
    SELECT DISTINCT ON (issued_to, issued_on) issued_to, issued_on, agency
    FROM holder WHERE since > issued_on ORDER BY issued_to, issued_on, since DESC, transfer DESC
"""


def transfers_ahead() -> QuerySet[Transfer]:
    """Return the transfers that wait for their day, the next one first."""
    return Transfer.objects.filter(ended_at=None).select_related("source", "target").order_by("effective_on", "id")


def transfers_ended() -> QuerySet[Transfer]:
    """Return the transfers that were carried out or withdrawn, the latest first."""
    return Transfer.objects.exclude(ended_at=None).order_by("-ended_at", "-id")


def open_at(agency: str, case: str = "") -> QuerySet[Case]:
    """Return the open cases of an agency, or the one of them that is named: what a transfer would move today."""
    open_ones = Case.objects.filter(agency=agency).exclude(state=State.CLOSED).order_by("opened_on", "id")
    return open_ones.filter(id=case) if case else open_ones


def holders_of(issued: Collection[tuple[str, date]]) -> dict[tuple[str, date], str]:
    """Return to which agency what was issued to an agency on a day has gone by the transfers of portfolios since.

    A transfer moves what was issued before its day. It may be followed by others, and lead back. What has stayed where
    it was is left out.
    """
    rows = bulk.fetch(
        _SUCCESSORS,
        {
            "agencies": bulk.array(agency for agency, _ in issued),
            "days": bulk.array(day.isoformat() for _, day in issued),
        },
    )
    return {(issued_to, issued_on): agency for issued_to, issued_on, agency in rows}
