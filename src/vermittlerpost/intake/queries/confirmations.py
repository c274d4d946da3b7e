"""eVB confirmations with what their agencies and carriers add to them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import queries as cases
from vermittlerpost.cases.rules import Party
from vermittlerpost.intake.desk.papers import Confirmation
from vermittlerpost.intake.rules.matching import EvbKind
from vermittlerpost.lib import bulk

_CONFIRMATIONS = """
    SELECT evb.number, evb.issued_on, evb.kind, evb.valid_until, carrier.code, carrier.process,
        coalesce(agency.number, ''), coalesce(agency.state, ''),
        policyholder_name, policyholder_street, policyholder_postcode, policyholder_city
    FROM intake_evb evb
    JOIN agencies_carrier carrier ON carrier.code = evb.carrier_id
    LEFT JOIN agencies_agency agency ON agency.number = evb.agency
    WHERE evb.number = ANY (%(numbers)s::text[])
"""


def confirmations(numbers: Collection[str]) -> dict[str, Confirmation]:
    """Return the known ones among these confirmations, by number.

    Where the portfolio of an agency went to another one after the day of issue, its confirmation went with it.
    """
    if not numbers:
        return {}
    rows = bulk.fetch(_CONFIRMATIONS, {"numbers": bulk.array(numbers)})
    return _followed({number: (issued_on, _confirmation(*row)) for number, issued_on, *row in rows})


def _followed(issued: Mapping[str, tuple[date, Confirmation]]) -> dict[str, Confirmation]:
    holders = cases.holders_of({(one.agency, issued_on) for issued_on, one in issued.values() if one.agency})
    lands = agencies.lands_of(set(holders.values())) if holders else {}
    return {
        number: _held_by(holders.get((one.agency, issued_on), one.agency), one, lands)
        for number, (issued_on, one) in issued.items()
    }


def _held_by(holder: str, confirmation: Confirmation, lands: Mapping[str, str]) -> Confirmation:
    if holder == confirmation.agency:
        return confirmation
    return replace(confirmation, agency=holder, land=lands[holder], issued_to=confirmation.agency)


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
