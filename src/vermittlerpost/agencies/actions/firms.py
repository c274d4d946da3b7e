"""Put firms."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from vermittlerpost.agencies import events
from vermittlerpost.agencies.actions.recording import record
from vermittlerpost.agencies.models import Firm
from vermittlerpost.agencies.rules import STAFF_FIRM, FirmRow
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.lib.replacing import Replacement, values_by
from vermittlerpost.lib.verdicts import Objection, Verdict


@transaction.atomic
def put_firms(rows: Sequence[FirmRow], *, by: str) -> list[Verdict]:
    """Create firms or replace their data; refuses that of the insurer's own staff."""
    take_turns("masters")
    stored = Firm.objects.filter(id__in=[row.id for row in rows]).values()
    replacement = Replacement(key="id", stored=values_by("id", stored), rows=[_values(row) for row in rows])
    Firm.objects.bulk_create([Firm(**new) for new in replacement.created])
    Firm.objects.bulk_update([Firm(**new) for new in replacement.replaced], ["name", "self_service"])
    record(replacement, events.FIRM_CHANGED, "firm", by=by)
    return replacement.verdicts


def _values(row: FirmRow) -> dict[str, Any] | Objection:
    if row.id == STAFF_FIRM:
        return Objection("id", "Diese Kennung gehört dem Innendienst.")
    return asdict(row)
