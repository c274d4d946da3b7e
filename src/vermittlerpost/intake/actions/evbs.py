"""Take eVB confirmations."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import Carrier
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
    """Create confirmations or replace their data; warns of an unknown agency, refuses an unknown carrier.

    A carrier may be named by its company number (BaFin, VU-Nummer) instead of its code.
    """
    take_turns("evbs")
    carriers = agencies.known_carriers()
    rows = _by_code(rows, carriers)
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


def _by_code(rows: Sequence[EvbRow], carriers: Mapping[str, Carrier]) -> list[EvbRow]:
    """Return the rows with the codes of carriers instead of their numbers; one that two carriers bear means none."""
    bearers = defaultdict[str, list[str]](list)
    for carrier in carriers.values():
        bearers[carrier.company_number.lstrip("0")].append(carrier.code)
    codes = {number: bearing[0] for number, bearing in bearers.items() if number and len(bearing) == 1}
    return [
        row if row.carrier in carriers else replace(row, carrier=codes.get(row.carrier.lstrip("0"), row.carrier))
        for row in rows
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
