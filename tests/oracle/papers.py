"""Make out the papers of a random world's vehicles: plates in every spelling, VINs, eVBs of every kind."""

from dataclasses import dataclass
from datetime import date, timedelta

from .draft import Draft
from .offices import CARRIERS

DISTRICTS = ("B", "BA", "K", "HH", "M", "MÜ", "MÜL", "LÖB", "AÖ", "TÖL", "WÜ")
SERIES = ("A", "AM", "M", "WB", "X", "ZZ")
LETTERS_AND_DIGITS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"  # without I, O and Q
UNKNOWN_AGENCY = "999999"


@dataclass(frozen=True)
class Plate:
    district: str
    series: str
    number: str

    def spelled(self, draft: Draft) -> str:
        """Write the plate in one of the accepted spellings."""
        dissolved = self.district.replace("Ä", "AE").replace("Ö", "OE").replace("Ü", "UE")
        district = draft.choose({self.district: 65, dissolved: 35})
        after_district, after_series = draft.choose({("-", " "): 55, ("-", ""): 20, (" ", " "): 15, ("", ""): 10})
        plate = district + after_district + self.series + after_series + self.number
        return plate.lower() if draft.chance(0.2) else plate


def new_plate(draft: Draft) -> Plate:
    number = draft.rng.choice([12, draft.rng.randint(1, 999)])
    return Plate(draft.rng.choice(DISTRICTS), draft.rng.choice(SERIES), str(number))


def new_code(draft: Draft, length: int) -> str:
    """Make up a VIN (17) or an eVB number (7) that nobody has."""
    return "".join(draft.rng.choices(LETTERS_AND_DIGITS, k=length))


def evb_for_registration(draft: Draft, person: str, registered_on: date) -> str:
    """Issue a good eVB, or one that ends on the day or before, or one that nobody knows, or none."""
    lot = draft.choose({"good": 66, "permanent": 14, "last_day": 5, "expired": 7, "unknown": 4, "none": 4})
    if lot == "none":
        return ""
    if lot == "unknown":
        return new_code(draft, 7)
    if lot == "permanent":
        return _fleet_evb(draft, person)
    if lot == "last_day":
        return single_evb(draft, person, valid_until=registered_on)
    if lot == "expired":
        return single_evb(draft, person, valid_until=registered_on - timedelta(days=1))
    return single_evb(draft, person)


def single_evb(draft: Draft, person: str, valid_until: date | None = None) -> str:
    return _issue(draft, person, kind="single", valid_until=valid_until)


def _fleet_evb(draft: Draft, person: str) -> str:
    """Use the person's permanent eVB, which more vehicles may share."""
    if person not in draft.fleets:
        draft.fleets[person] = _issue(draft, person, kind="permanent", valid_until=None)
    return draft.fleets[person]


def _issue(draft: Draft, person: str, kind: str, valid_until: date | None) -> str:
    carrier = draft.rng.choice(list(CARRIERS))
    number = carrier + new_code(draft, 5)
    draft.add(
        "evb",
        number=number,
        carrier=carrier,
        agency=UNKNOWN_AGENCY if draft.chance(0.05) else draft.rng.choice(draft.all_agencies()),
        policyholder_name=draft.rng.choice([person, person.upper(), f"  {person.replace(' ', '   ')} "]),
        policyholder_street="Am Markt 3",
        policyholder_postcode="80331",
        policyholder_city="München",
        issued_on=draft.days_after(draft.first, -90, -60).isoformat(),
        valid_until=valid_until.isoformat() if valid_until else "",
        kind=kind,
    )
    return number
