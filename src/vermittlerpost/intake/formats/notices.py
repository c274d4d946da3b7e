"""Registration notices: what the registration authorities report about vehicles under our eVB (§ 62 FZV)."""

from dataclasses import dataclass
from datetime import date, datetime

from vermittlerpost.intake.rules.cells import (
    DAY,
    EVB,
    HSN,
    IDENTIFIER,
    MOMENT,
    PLATE,
    POSTCODE,
    SEASON,
    TEXT,
    TSN,
    VIN,
    choice,
)
from vermittlerpost.intake.rules.inputs import Check, Format, Repeat, Row, column, optional

KINDS = choice(
    "registration",
    "holder_change",
    "re_registration",
    "plate_change",
    "other_insurer",
    "deregistration",
    "withdrawn",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeRow(Row):
    """One notice (Zulassungsmitteilung); a withdrawal bears the message id of the notice it withdraws."""

    message_id: str = column(IDENTIFIER, "Nummer der Mitteilung", example="ZM-2026-000123")
    received_at: datetime = column(MOMENT, "Eingang der Mitteilung", example="2026-03-02T06:15:00+01:00")
    kind: str = column(KINDS, "Art der Mitteilung", example="registration")
    evb: str = optional(EVB, "eVB-Nummer der Zulassung", example="NL7K2P9", empty="")
    plate: str = column(PLATE, "Kennzeichen", example="K-WB 4444")
    season: str = optional(SEASON, "Saison: erster und letzter Monat", example="04-10", empty="")
    vin: str = optional(VIN, "Fahrgestellnummer (FIN)", example="WVWZZZ1JZ3W386752", empty="")
    hsn: str = optional(HSN, "Herstellerschlüssel (HSN)", example="0603", empty="")
    tsn: str = optional(TSN, "Typschlüssel (TSN)", example="BKX", empty="")
    keeper_name: str = column(TEXT, "Halter: Name", example="Sören Übelacker")
    keeper_street: str = column(TEXT, "Halter: Straße", example="Weiße Gasse 3")
    keeper_postcode: str = column(POSTCODE, "Halter: Postleitzahl", example="50668")
    keeper_city: str = column(TEXT, "Halter: Ort", example="Köln")
    registered_on: date | None = optional(DAY, "Tag der Zulassung", example="2026-02-27", empty=None)
    authority: str = optional(TEXT, "Zulassungsbehörde", example="Stadt Köln", empty="")

    @property
    def withdraws(self) -> bool:
        """Tell whether this row takes another notice back."""
        return self.kind == "withdrawn"


FORMAT = Format(
    code="notices",
    title="Zulassungsmitteilungen",
    sentence=(
        "Was die Zulassungsbehörden melden. Mehrere Dateien mit „notices“ am Anfang gelten als eine. "
        "Eine Rücknahme (withdrawn) trägt die message_id der Mitteilung, die sie zurücknimmt."
    ),
    file_name="notices*",
    order=70,
    row=NoticeRow,
    key=("message_id", "withdraws"),
    repeat=Repeat.REFUSES,
    checks=(
        Check(
            column="evb",
            rule="Eine Mitteilung braucht eine eVB-Nummer (evb) oder eine Fahrgestellnummer (vin).",
            holds=lambda row: bool(row.evb or row.vin),
        ),
    ),
)
