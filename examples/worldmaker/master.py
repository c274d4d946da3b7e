"""Carriers, firms and agencies as files."""

from worldmaker.dice import Dice
from worldmaker.market import AGENCIES, CARRIERS, FIRMS, Agency
from worldmaker.parties import street
from worldmaker.sheets import Flaw, Row, Sheet, yes_no

# Telephone numbers from the blocks that the Bundesnetzagentur keeps free for invented people.
_CONTACTS = (
    ("HH SH HB NI MV", "Birte Harmsen", "birte.harmsen", "+49 40 66969 217"),
    ("NW", "Ralf Overbeck", "ralf.overbeck", "+49 221 4710 355"),
    ("HE RP SL TH", "Dr. Miriam Castellani", "miriam.castellani", "+49 69 90009 442"),
    ("BW BY", "Korbinian Lechner", "korbinian.lechner", "+49 89 99998 318"),
    ("BE BB SN ST", "Jördis Wendland", "joerdis.wendland", "+49 30 23125 406"),
)
_UNTIL_BEFORE_FROM = Agency(
    number="0489200",
    parent="0489000",
    name="Hochschwarzwald-Versicherungen",
    town=AGENCIES["0489000"].town,
    electronic_from="2026-04-01",
    electronic_until="2026-03-31",
)
_FOREIGN_PARENT = Agency(
    number="0471200",
    parent="0412000",
    name="Weser-Ems-Kontor, Büro Osnabrück",
    town=AGENCIES["0471000"].town,
    electronic_from="2025-01-01",
    electronic_until="",
)
_BAD = {
    "0489200": Flaw(column="electronic_until", rule="electronic delivery ends before it begins"),
    "0471200": Flaw(column="parent", rule="the parent belongs to another firm"),
}


def sheets(dice: Dice) -> list[Sheet]:
    """Return carriers, firms and agencies; two agencies are bad rows."""
    return [
        Sheet(name="carriers.csv", table="carriers", rows=_carriers()),
        Sheet(name="firms.csv", table="firms", rows=_firms()),
        Sheet(name="agencies.csv", table="agencies", rows=_agencies(dice)),
    ]


def _carriers() -> list[Row]:
    return [
        Row(cells=(c.code, c.name, c.legal_name, c.street, c.postcode, c.city, "kfz_standard"))
        for c in CARRIERS.values()
    ]


def _firms() -> list[Row]:
    return [Row(cells=(firm.id, firm.name, yes_no(when=firm.self_service))) for firm in FIRMS.values()]


def _agencies(dice: Dice) -> list[Row]:
    """Order by Land, as an export by region does, so that some sub-agencies stand before their parents."""
    agencies = [*AGENCIES.values(), _UNTIL_BEFORE_FROM, _FOREIGN_PARENT]
    agencies.sort(key=lambda agency: (agency.town.state, agency.number))
    return [Row(cells=_agency(dice, agency), flaw=_BAD.get(agency.number)) for agency in agencies]


def _agency(dice: Dice, agency: Agency) -> tuple[str, ...]:
    town = agency.town
    address = (street(dice), dice.pick(town.postcodes), town.name, f"DE-{town.state}")
    electronic = (agency.electronic_from, agency.electronic_until)
    return (
        agency.number,
        agency.parent,
        agency.firm,
        agency.name,
        *address,
        *electronic,
        *_contact(town.state),
    )


def _contact(state: str) -> tuple[str, str, str]:
    name, mailbox, phone = next(rest for states, *rest in _CONTACTS if state in states.split())
    return name, f"{mailbox}@ulmenhof.example", phone
