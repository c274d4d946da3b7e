"""Letters by number: facts as the product freezes them, of vehicles, agencies and people that are all different."""

from datetime import date

from benchmarks.market import Market, address, evb, person, plate, vin
from vermittlerpost.letters.rules import Agency, Carrier, Contact, Facts, Party, Vehicle
from vermittlerpost.lib import identifiers

_CARRIER = Carrier(
    name="Nord Musterversicherung",
    legal_name="Nord Musterversicherung AG",
    street="Leuchtturmweg 1",
    postcode="24103",
    city="Kiel",
    imprint="Nord Musterversicherung AG, Leuchtturmweg 1, 24103 Kiel",
)
_MARKET = Market(firms=1000)


def facts(number: int) -> Facts:
    """Return the facts of a request letter."""
    letter = identifiers.derive("S", str(number))
    street, postcode, city = address(number)
    return Facts(
        letter=letter,
        case=identifiers.derive("V", str(number)),
        kind="application_request",
        level=0,
        urgency="normal",
        issued_on=date(2026, 9, 14),
        due_on=date(2026, 9, 28),
        next_step="Liegt uns der Antrag bis dahin nicht vor, erinnern wir Sie am Di., 29.09.2026.",
        portal_url=f"http://127.0.0.1:8000/cockpit/vermittlerpost/{letter}/",
        carrier=_CARRIER,
        agency=_agency(number),
        contact=Contact(name=person(number + 5), email="kontakt@nord.example", phone="0431 5550-120"),
        vehicle=Vehicle(plate=plate(number), vin=vin(number), hsn="0603", tsn="BKX"),
        evb=evb(number),
        registered_on=date(2026, 8, 28),
        authority="Stadt Köln",
        policyholder=Party(name=person(number), street=street, postcode=postcode, city=city),
    )


def _agency(number: int) -> Agency:
    street, postcode, city = address(number // 7)
    agency = _MARKET.agency_of(number)
    return Agency(number=agency, name=f"Agentur {person(number // 7)}", street=street, postcode=postcode, city=city)
