"""Put firms, and let their administrators choose what holds for everybody there."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from vermittlerpost.agencies import events, queries
from vermittlerpost.agencies.actions.recording import record
from vermittlerpost.agencies.models import Firm
from vermittlerpost.agencies.rules import STAFF_FIRM, FirmRow
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.lib.replacing import Replacement, values_by
from vermittlerpost.lib.verdicts import Objection, Verdict


class NotYourFirm(Refused):
    """Whoever chooses is no active administrator of a firm."""

    code = "not_your_firm"


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


@transaction.atomic
def set_firm_access(*, self_service: bool, second_factor: bool, by: str) -> bool:
    """Choose whether the users of one's own firm switch their mails themselves and all need a second factor.

    Tells whether that is new; refuses who is no administrator of the firm (any more).
    """
    take_turns("masters")
    administrator = queries.administrator(by)
    if administrator is None:
        raise NotYourFirm("Das kann nur ein Administrator der Firma.", login_id=by)
    chosen = {"self_service": self_service, "second_factor": second_factor}
    own = Firm.objects.filter(id=administrator.firm_id)
    row = {"id": administrator.firm_id, **chosen}
    replacement = Replacement(key="id", stored=values_by("id", own.values(*row)), rows=[row])
    own.update(**chosen)
    record(replacement, events.FIRM_CHANGED, "firm", by=by)
    return bool(replacement.changes)
