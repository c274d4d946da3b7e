"""eVB confirmations with what their agencies and carriers add to them."""

from collections.abc import Collection
from datetime import date

from vermittlerpost.cases.rules import Party
from vermittlerpost.intake.desk.papers import Confirmation
from vermittlerpost.intake.rules.matching import EvbKind
from vermittlerpost.lib import bulk

_CONFIRMATIONS = """
    SELECT evb.number, evb.kind, evb.valid_until, carrier.code, carrier.process,
        coalesce(agency.number, ''), coalesce(agency.state, ''),
        policyholder_name, policyholder_street, policyholder_postcode, policyholder_city
    FROM intake_evb evb
    JOIN agencies_carrier carrier ON carrier.code = evb.carrier_id
    LEFT JOIN agencies_agency agency ON agency.number = evb.agency
    WHERE evb.number = ANY (%(numbers)s::text[])
"""


def confirmations(numbers: Collection[str]) -> dict[str, Confirmation]:
    """Return the known ones among these confirmations, by number."""
    if not numbers:
        return {}
    return {row[0]: _confirmation(*row[1:]) for row in bulk.fetch(_CONFIRMATIONS, {"numbers": bulk.array(numbers)})}


def _confirmation(
    kind: str, valid_until: date | None, carrier: str, process: str, agency: str, land: str, *policyholder: str
) -> Confirmation:
    name, street, postcode, city = policyholder
    return Confirmation(
        carrier=carrier,
        process=process,
        agency=agency,
        land=land,
        policyholder=Party(name=name, street=street, postcode=postcode, city=city),
        valid_until=valid_until,
        kind=EvbKind(kind),
    )
