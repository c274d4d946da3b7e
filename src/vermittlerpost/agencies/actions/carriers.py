"""Put carriers."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction

from vermittlerpost.agencies import events
from vermittlerpost.agencies.actions.recording import record
from vermittlerpost.agencies.models import Carrier
from vermittlerpost.agencies.rules import CarrierRow
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.lib.replacing import Replacement, values_by
from vermittlerpost.lib.verdicts import Verdict

_FIELDS = [name for name in CarrierRow.__annotations__ if name != "code"]


@transaction.atomic
def put_carriers(rows: Sequence[CarrierRow], *, by: str) -> list[Verdict]:
    """Create carriers or replace their data; whether a process exists is for the caller to ask."""
    take_turns("masters")
    stored = values_by("code", Carrier.objects.values())
    replacement = Replacement(key="code", stored=stored, rows=[asdict(row) for row in rows])
    Carrier.objects.bulk_create([Carrier(**new) for new in replacement.created])
    Carrier.objects.bulk_update([Carrier(**new) for new in replacement.replaced], _FIELDS)
    record(replacement, events.CARRIER_CHANGED, "carrier", by=by)
    return replacement.verdicts
