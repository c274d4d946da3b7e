"""The sorts of cells that input files are made of, each with the sentence that a refusal quotes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from vermittlerpost.intake.rules import moments, plates, vehicles, words

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Cell(Generic[T]):
    """Read one sort of cell: `read` raises ValueError for what breaks the German `rule`.

    `doubt` says why an accepted value may still be wrong, or returns an empty text.
    """

    rule: str
    read: Callable[[str], T]
    doubt: Callable[[T], str] | None = None


STATES = tuple(f"DE-{code}" for code in "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH".split())

TEXT = Cell(rule="Text aus höchstens 200 druckbaren Zeichen.", read=words.text)
IDENTIFIER = Cell(
    rule="1 bis 64 Buchstaben und Ziffern ohne Umlaute; hinter dem ersten Zeichen auch . _ : / @ + und -.",
    read=words.identifier,
)
AGENCY_NUMBER = Cell(
    rule="1 bis 17 Buchstaben und Ziffern ohne Umlaute; hinter dem ersten Zeichen auch . _ / und -.",
    read=words.agency_number,
)
EMAIL = Cell(
    rule="Eine E-Mail-Adresse wie name@example.org; Domänen mit Umlauten in der Schreibweise xn--….",
    read=words.email,
)
POSTCODE = Cell(rule="Eine Postleitzahl aus fünf Ziffern.", read=words.postcode)
SHA256 = Cell(rule="Ein SHA-256: 64 hexadezimale Ziffern.", read=words.sha256)
NUMBER = Cell(rule="Eine ganze Zahl von 1 bis 9999999.", read=words.number)
YES_NO = Cell(rule="yes oder no.", read=words.yes_no)
DAY = Cell(rule="Ein Tag, den es gibt, als JJJJ-MM-TT, frühestens 1900-01-01.", read=moments.day)
MOMENT = Cell(
    rule=(
        "Ein Zeitpunkt nach RFC 3339 wie 2026-04-13T07:00:00+02:00 oder …Z, Jahr 1990 bis 2099; "
        "ohne Zonenangabe gilt deutsche Zeit, und die muss es an diesem Tag gegeben haben."
    ),
    read=moments.moment,
)
EVB = Cell(rule="Eine eVB-Nummer: sieben Ziffern und Buchstaben ohne I und O.", read=vehicles.evb)
PLATE = Cell(
    rule=(
        "Ein Kennzeichen wie K-WB 4444, K-WB 4444E oder K-WB 444H: ein bis drei Buchstaben (auch Umlaute), "
        "ein bis zwei Buchstaben, eine Zahl von 1 bis 9999; bei Behörden bis zu sechs Ziffern, "
        "mit oder ohne Buchstaben davor."
    ),
    read=plates.plate,
)
SEASON = Cell(rule="Ein Saisonzeitraum von 2 bis 11 Monaten wie 04-10.", read=vehicles.season)
VIN = Cell(
    rule=(
        "Eine Fahrgestellnummer: 17 Ziffern und Buchstaben ohne I, O und Q; "
        "5 bis 16 Zeichen werden mit einer Warnung angenommen."
    ),
    read=vehicles.vin,
    doubt=vehicles.vin_doubt,
)
HSN = Cell(rule="Vier Ziffern und Buchstaben, führende Nullen gehören dazu.", read=vehicles.hsn)
TSN = Cell(rule="Drei Ziffern und Buchstaben.", read=vehicles.tsn)
STATE = Cell(rule=f"Eines der 16 Länder: {', '.join(STATES)}.", read=words.one_of(*STATES))


def choice(*codes: str) -> Cell[str]:
    """Return a cell that takes one of these words."""
    return Cell(rule=f"Eines von: {', '.join(codes)}.", read=words.one_of(*codes))


def list_of(item: Cell[str]) -> Cell[tuple[str, ...]]:
    """Return a cell that takes several of another sort."""
    return Cell(rule=f"Liste mit | oder ; dazwischen. Je Eintrag: {item.rule}", read=words.list_of(item.read))


def written(value: object) -> str:
    """Return a value as its cell would write it: empty for nothing, UTC for moments, `|` in lists."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case tuple():
            return "|".join(value)
    return str(value)
