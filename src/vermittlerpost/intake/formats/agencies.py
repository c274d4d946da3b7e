"""Agencies: numbered sales units in a tree, with address, Bundesland, electronic delivery and contact."""

from dataclasses import dataclass
from datetime import date

from vermittlerpost.intake.rules.cells import (
    AGENCY_NUMBER,
    DAY,
    EMAIL,
    IDENTIFIER,
    POSTCODE,
    STATE,
    TEXT,
)
from vermittlerpost.intake.rules.inputs import Check, Format, Repeat, Row, column, optional


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyRow(Row):
    """One agency (Agentur)."""

    number: str = column(AGENCY_NUMBER, "Agenturnummer", example="004711")
    parent: str = optional(AGENCY_NUMBER, "Nummer der Stammagentur", example="004700", empty="")
    firm: str = column(IDENTIFIER, "Kennung der Firma", example="F001")
    name: str = column(TEXT, "Name der Agentur", example="Agentur Süd")
    street: str = column(TEXT, "Straße und Hausnummer", example="Am Römertor 12")
    postcode: str = column(POSTCODE, "Postleitzahl", example="50667")
    city: str = column(TEXT, "Ort", example="Köln")
    state: str = column(STATE, "Bundesland, dessen Feiertage gelten", example="DE-NW")
    electronic_from: date | None = optional(
        DAY, "erster Tag der elektronischen Bereitstellung; leer: Post", example="2026-01-01", empty=None
    )
    electronic_until: date | None = optional(
        DAY, "letzter Tag der elektronischen Bereitstellung", example="2026-12-31", empty=None
    )
    contact_name: str = column(TEXT, "persönlicher Ansprechpartner", example="Jördis Ackermann")
    contact_email: str = column(EMAIL, "seine E-Mail-Adresse", example="j.ackermann@nordlicht.example")
    contact_phone: str = column(TEXT, "seine Telefonnummer", example="0431 5550-120")


def _has_a_beginning(row: AgencyRow) -> bool:
    return row.electronic_until is None or row.electronic_from is not None


def _ends_after_its_beginning(row: AgencyRow) -> bool:
    return not (row.electronic_from and row.electronic_until) or row.electronic_from <= row.electronic_until


FORMAT = Format(
    code="agencies",
    title="Agenturen",
    sentence=(
        "Die Agenturnummern der Firmen. Die Reihenfolge der Zeilen ist gleich; "
        "die Stammagentur muss derselben Firma gehören, und im Kreis darf es nicht gehen."
    ),
    file_name="agencies",
    order=30,
    row=AgencyRow,
    key=("number",),
    repeat=Repeat.REPLACES,
    checks=(
        Check(
            column="parent",
            rule="Eine Agentur kann nicht ihre eigene Stammagentur sein.",
            holds=lambda row: row.parent != row.number,
        ),
        Check(
            column="electronic_until",
            rule="Ein Ende der elektronischen Bereitstellung braucht einen Beginn (electronic_from).",
            holds=_has_a_beginning,
        ),
        Check(
            column="electronic_until",
            rule="Die elektronische Bereitstellung darf nicht vor ihrem Beginn (electronic_from) enden.",
            holds=_ends_after_its_beginning,
        ),
    ),
)
