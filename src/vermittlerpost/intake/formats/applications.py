"""Applications: what ends a case, because it is what the intermediary was asked for."""

from dataclasses import dataclass
from datetime import datetime

from vermittlerpost.intake.rules.cells import AGENCY_NUMBER, EVB, IDENTIFIER, MOMENT, PLATE, VIN
from vermittlerpost.intake.rules.inputs import Check, Format, Repeat, Row, column, optional


@dataclass(frozen=True, kw_only=True, slots=True)
class ApplicationRow(Row):
    """One application (Antrag)."""

    application_id: str = column(IDENTIFIER, "Nummer des Antrags", example="AN-2026-000077")
    received_at: datetime = column(MOMENT, "Eingang des Antrags", example="2026-03-20T11:02:30+01:00")
    evb: str = optional(EVB, "eVB-Nummer", example="NL7K2P9", empty="")
    plate: str = optional(PLATE, "Kennzeichen", example="K-WB 4444", empty="")
    vin: str = optional(VIN, "Fahrgestellnummer (FIN)", example="WVWZZZ1JZ3W386752", empty="")
    agency: str = optional(AGENCY_NUMBER, "Agenturnummer, nur zur Auskunft", example="004711", empty="")


FORMAT = Format(
    code="applications",
    title="Anträge",
    sentence="Die eingegangenen Anträge; ein Antrag beendet oder verhindert genau einen Vorgang.",
    file_name="applications",
    order=80,
    row=ApplicationRow,
    key=("application_id",),
    repeat=Repeat.REFUSES,
    checks=(
        Check(
            column="evb",
            rule="Ein Antrag braucht eine eVB-Nummer (evb), ein Kennzeichen (plate) oder eine FIN (vin).",
            holds=lambda row: bool(row.evb or row.plate or row.vin),
        ),
    ),
)
