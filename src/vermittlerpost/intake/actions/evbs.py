"""Take eVB confirmations."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.intake import events
from vermittlerpost.intake.formats.evb import EvbRow
from vermittlerpost.intake.models import Evb
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import bulk, identifiers
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.lib.replacing import Fields, Replacement, changed, values_by
from vermittlerpost.lib.verdicts import Accepted, Objection, Verdict

_FIELDS = [
    "carrier_id", "agency", "policyholder_name", "policyholder_street",
    "policyholder_postcode", "policyholder_city", "issued_on", "valid_until", "kind",
]  # fmt: skip
_NO_CARRIER = Objection("carrier", "Der Risikoträger ist nicht bekannt.")
_NO_AGENCY = "Die Agentur ist nicht bekannt; Zulassungen mit dieser eVB werden Klärfälle."


@transaction.atomic
def put_evbs(rows: Sequence[EvbRow], *, by: str) -> list[Verdict]:
    """Create confirmations or replace their data; warns of an unknown agency, refuses an unknown carrier."""
    take_turns("evbs")
    carriers = agencies.known_carriers()
    known = agencies.known_agencies({row.agency for row in rows})
    stored = Evb.objects.filter(number__in=[row.number for row in rows]).values("number", *_FIELDS)
    judged = [_NO_CARRIER if row.carrier not in carriers else _values(row) for row in rows]
    replacement = Replacement(key="number", stored=values_by("number", stored), rows=judged)
    _write(replacement)
    journal.record([_event(*change) for change in replacement.changes.values()], by=by)
    return [
        Accepted(column="agency", warning=_NO_AGENCY)
        if isinstance(verdict, Accepted) and row.agency not in known
        else verdict
        for row, verdict in zip(rows, replacement.verdicts, strict=True)
    ]


def _values(row: EvbRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "carrier_id": row.carrier,
        "agency": row.agency,
        "policyholder_name": row.policyholder_name,
        "policyholder_street": row.policyholder_street,
        "policyholder_postcode": row.policyholder_postcode,
        "policyholder_city": row.policyholder_city,
        "issued_on": row.issued_on,
        "valid_until": row.valid_until,
        "kind": row.kind,
    }


def _write(replacement: Replacement) -> None:
    columns = [name.removesuffix("_id") for name in _FIELDS]
    bulk.insert(
        Evb,
        ["number", *columns],
        [[new[name] for name in ["number", *_FIELDS]] for new in replacement.created],
    )
    bulk.update(Evb, columns, [[new[name] for name in ["number", *_FIELDS]] for new in replacement.replaced])


def _event(old: Fields | None, new: Fields) -> Event:
    fields = _FIELDS if old is None else changed(old, new)
    # An eVB number leads to a person, so the journal knows it by a derived one only.
    subject = f"evb:{identifiers.derive('E', new['number'])}"
    return Event(kind=events.EVB_CHANGED, subject=subject, data={"fields": ", ".join(fields)})
