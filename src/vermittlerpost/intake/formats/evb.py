"""eVB confirmations: which agency confirmed cover for whom, so that a registration finds its way."""

from dataclasses import dataclass
from datetime import date

from vermittlerpost.intake.rules.cells import AGENCY_NUMBER, DAY, EVB, IDENTIFIER, POSTCODE, TEXT, choice
from vermittlerpost.intake.rules.inputs import Check, Format, Repeat, Row, column, optional


@dataclass(frozen=True, kw_only=True, slots=True)
class EvbRow(Row):
    """One insurance confirmation (elektronische Versicherungsbestätigung)."""

    number: str = column(EVB, "eVB-Nummer", example="NL7K2P9")
    carrier: str = column(IDENTIFIER, "Kürzel oder Unternehmensnummer (BaFin) des Risikoträgers", example="nordlicht")
    agency: str = column(AGENCY_NUMBER, "Agenturnummer", example="004711")
    policyholder_name: str = column(TEXT, "Versicherungsnehmer: Name", example="Sören Übelacker")
    policyholder_street: str = column(TEXT, "Versicherungsnehmer: Straße", example="Weiße Gasse 3")
    policyholder_postcode: str = column(POSTCODE, "Versicherungsnehmer: Postleitzahl", example="50668")
    policyholder_city: str = column(TEXT, "Versicherungsnehmer: Ort", example="Köln")
    issued_on: date = column(DAY, "Tag der Ausstellung", example="2026-02-02")
    valid_until: date | None = optional(
        DAY, "letzter Tag der Gültigkeit; leer: unbefristet", example="2026-08-02", empty=None
    )
    kind: str = column(choice("single", "permanent"), "für eine Zulassung oder Dauer-VB für viele", example="single")


def _is_valid_once(row: EvbRow) -> bool:
    return row.valid_until is None or row.issued_on <= row.valid_until


FORMAT = Format(
    code="evb",
    title="eVB-Bestätigungen",
    sentence="Die ausgegebenen eVB-Nummern. Eine unbekannte Agentur wird mit einer Warnung angenommen.",
    file_name="evb",
    order=60,
    row=EvbRow,
    key=("number",),
    repeat=Repeat.REPLACES,
    checks=(
        Check(
            column="valid_until",
            rule="Die Gültigkeit darf nicht vor der Ausstellung (issued_on) enden.",
            holds=_is_valid_once,
        ),
    ),
)
