"""An invented market of any size, by formula: the same number is always the same firm, agency, vehicle and person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

LAENDER = "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH".split()
CARRIERS = ("nord", "mitte", "sued")

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"  # those of an eVB number: no I, no O
_VIN_LETTERS = _LETTERS.replace("Q", "")
_DISTRICTS = "B K M HH F S D L DO E HB DD N H MÜ KI".split()
_FIRST_NAMES = "Sören Änne Jördis Günther Käthe Luísa Mehmet Zoë Bjarne Friederike".split()
_SURNAMES = "Übelacker Großkreutz Schmidt-Rottluff Yıldız Nowak Dvořák Weiß Kühn von_der_Heide Łukasz".split()
_STREETS = "Weiße_Gasse Am_Römertor Lange_Straße Südring Königsallee Industriestraße".split()
_CITIES = "Köln München Kiel Fürstenfeldbruck Görlitz Neustadt_an_der_Weinstraße".split()
_STRIDE = 2_654_435_761  # shares no factor with 2, 3, 11 or 17, so that no two numbers meet

Cells = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Market:
    """So many firms; each has two agencies, and five users of whom three are mailed about a letter."""

    firms: int

    @property
    def agencies(self) -> int:
        """Return how many agencies there are."""
        return 2 * self.firms

    def tables(self) -> dict[str, Iterator[Cells]]:
        """Return the master files by name, each with its header first."""
        return {
            "carriers": _carriers(),
            "firms": self._firms(),
            "agencies": self._agencies(),
            "users": self._users(),
            "preferences": self._preferences(),
        }

    def agency_of(self, number: int) -> str:
        """Return the agency that a vehicle belongs to; as many in a row as there are agencies have one each."""
        return _agency(number % self.agencies)

    def _firms(self) -> Iterator[Cells]:
        yield "id", "name", "self_service"
        for firm in range(self.firms):
            yield _firm(firm), f"{_picked(_SURNAMES, firm)} Versicherungsmakler GmbH", "no"

    def _agencies(self) -> Iterator[Cells]:
        yield ("number", "parent", "firm", "name", "street", "postcode", "city", "state", "electronic_from",
               "electronic_until", "contact_name", "contact_email", "contact_phone")  # fmt: skip
        for agency in range(self.agencies):
            parent = _agency(agency - 1) if agency % 2 else ""
            name = f"Agentur {person(agency)}"
            yield (_agency(agency), parent, _firm(agency // 2), name, *address(agency), f"DE-{LAENDER[agency % 16]}",
                   "2024-01-01", "", person(agency + 5), "kontakt@nord.example", "0431 5550-120")  # fmt: skip

    def _users(self) -> Iterator[Cells]:
        yield "login_id", "firm", "name", "email", "administrator", "technical", "rights", "assigned_agencies", "active"
        for firm in range(self.firms):
            own, next_own = _agency(2 * firm), _agency(2 * firm + 1)
            yield self._user(firm, "chief", "yes", "no", "")
            yield self._user(firm, "agent", "no", "no", f"{own}|{next_own}")
            yield self._user(firm, "wants", "no", "no", "")
            yield self._user(firm, "clerk", "no", "no", "")
            yield self._user(firm, "robot", "no", "yes", "")

    def _user(self, firm: int, role: str, administrator: str, technical: str, assigned: str) -> Cells:
        login_id = f"{role}{firm:05}"
        return (login_id, _firm(firm), person(firm), f"{login_id}@makler{firm:05}.example", administrator, technical,
                "basic|view_portfolio", assigned, "yes")  # fmt: skip

    def _preferences(self) -> Iterator[Cells]:
        yield "login_id", "category", "choice"
        for firm in range(self.firms):
            yield f"wants{firm:05}", "important_letters", "yes"

    def evbs(self, numbers: range) -> Iterator[Cells]:
        """Yield the confirmations under which vehicles are registered."""
        yield ("number", "carrier", "agency", "policyholder_name", "policyholder_street", "policyholder_postcode",
               "policyholder_city", "issued_on", "valid_until", "kind")  # fmt: skip
        for number in numbers:
            yield (evb(number), CARRIERS[number % 3], self.agency_of(number), person(number), *address(number),
                   "2026-01-02", "2027-12-31", "single")  # fmt: skip


def notices(numbers: range, received_at: datetime) -> Iterator[Cells]:
    """Yield the registrations of vehicles; a keeper in ten is not the policyholder."""
    yield ("message_id", "received_at", "kind", "evb", "plate", "season", "vin", "hsn", "tsn", "keeper_name",
           "keeper_street", "keeper_postcode", "keeper_city", "registered_on", "authority")  # fmt: skip
    for number in numbers:
        keeper = number + (number % 10 == 0)
        yield (f"ZM-{number:09}", received_at.isoformat(), "registration", evb(number), plate(number),
               "04-10" if number % 20 == 0 else "", vin(number), "0603", "BKX", person(keeper), *address(keeper),
               date(2026, 3, 2).isoformat(), "Stadt Köln")  # fmt: skip


def evb(number: int) -> str:
    """Return the eVB number of a vehicle."""
    return _written(number * _STRIDE % len(_LETTERS) ** 7, _LETTERS, 7)


def vin(number: int) -> str:
    """Return the VIN of a vehicle."""
    return "WVW" + _written(number * _STRIDE % len(_VIN_LETTERS) ** 14, _VIN_LETTERS, 14)


def plate(number: int) -> str:
    """Return the plate of a vehicle."""
    rest, digits = divmod(number * _STRIDE % (len(_DISTRICTS) * 26 * 26 * 9999), 9999)
    district, letters = divmod(rest, 26 * 26)
    return f"{_DISTRICTS[district]}-{chr(65 + letters // 26)}{chr(65 + letters % 26)} {digits + 1}"


def _written(number: int, letters: str, length: int) -> str:
    written = ""
    for _ in range(length):
        number, letter = divmod(number, len(letters))
        written += letters[letter]
    return written


def _carriers() -> Iterator[Cells]:
    yield "code", "name", "legal_name", "sender_street", "sender_postcode", "sender_city", "process"
    for code in CARRIERS:
        name = f"{code.capitalize()} Musterversicherung"
        yield code, name, f"{name} AG", "Leuchtturmweg 1", "24103", "Kiel", "kfz_standard"


def _firm(firm: int) -> str:
    return f"F{firm:05}"


def _agency(agency: int) -> str:
    return f"{agency:07}"


def person(number: int) -> str:
    """Return a name."""
    return f"{_picked(_FIRST_NAMES, number)} {_picked(_SURNAMES, number // 10)}"


def address(number: int) -> Cells:
    """Return street, postcode and city."""
    return f"{_picked(_STREETS, number)} {number % 200 + 1}", f"{10000 + number % 89999:05}", _picked(_CITIES, number)


def _picked(things: list[str], number: int) -> str:
    return things[number % len(things)].replace("_", " ")
