"""Carriers: whose letters are delivered, and by which process."""

from dataclasses import dataclass

from vermittlerpost.intake.rules.cells import IDENTIFIER, POSTCODE, TEXT
from vermittlerpost.intake.rules.inputs import Format, Repeat, Row, column


@dataclass(frozen=True, kw_only=True, slots=True)
class CarrierRow(Row):
    """One carrier (Risikoträger)."""

    code: str = column(IDENTIFIER, "Kürzel des Risikoträgers", example="nordlicht")
    name: str = column(TEXT, "Name, wie er im Portal steht", example="Nordlicht Versicherung")
    legal_name: str = column(TEXT, "vollständige Firma im Absender", example="Nordlicht Versicherung AG")
    sender_street: str = column(TEXT, "Absender: Straße und Hausnummer", example="Leuchtturmweg 1")
    sender_postcode: str = column(POSTCODE, "Absender: Postleitzahl", example="24103")
    sender_city: str = column(TEXT, "Absender: Ort", example="Kiel")
    process: str = column(IDENTIFIER, "Ablauf, dem neue Vorgänge folgen", example="kfz_standard")


FORMAT = Format(
    code="carriers",
    title="Risikoträger",
    sentence="Die Gesellschaften, in deren Namen Schreiben versandt werden.",
    file_name="carriers",
    order=10,
    row=CarrierRow,
    key=("code",),
    repeat=Repeat.REPLACES,
)
