"""Users: people and programs of a firm, with their rights and the agencies that they see."""

from dataclasses import dataclass

from vermittlerpost.intake.rules.cells import (
    AGENCY_NUMBER,
    EMAIL,
    IDENTIFIER,
    TEXT,
    YES_NO,
    choice,
    list_of,
)
from vermittlerpost.intake.rules.inputs import Format, Repeat, Row, column, optional


@dataclass(frozen=True, kw_only=True, slots=True)
class UserRow(Row):
    """One user (Benutzer); without assigned agencies the view is unrestricted."""

    login_id: str = column(IDENTIFIER, "Benutzerkennung", example="vpm4711a")
    firm: str = column(IDENTIFIER, "Kennung der Firma", example="F001")
    name: str = column(TEXT, "Vor- und Nachname", example="Änne Großkreutz")
    email: str = optional(EMAIL, "E-Mail-Adresse", example="aenne@brueckner.example", empty="")
    administrator: bool = column(YES_NO, "Administrator der Firma?", example="no")
    technical: bool = column(YES_NO, "technischer Benutzer (BiPRO)?", example="no")
    rights: tuple[str, ...] = optional(
        list_of(choice("basic", "view_portfolio", "document_archive")),
        "Rechte: Basis Benutzer, Anzeige der Bestandsdaten, Dokumentenarchiv",
        example="basic|view_portfolio",
        empty=(),
    )
    assigned_agencies: tuple[str, ...] = optional(
        list_of(AGENCY_NUMBER),
        "zugeordnete Agenturen, Unteragenturen eingeschlossen; leer: alle der Firma",
        example="004711|004712",
        empty=(),
    )
    active: bool = column(YES_NO, "darf sich anmelden und wird benachrichtigt?", example="yes")


FORMAT = Format(
    code="users",
    title="Benutzer",
    sentence=(
        "Die Benutzer der Firmen. Eine zugeordnete Agentur, die unbekannt ist oder einer anderen Firma "
        "gehört, führt zur Abweisung der Zeile."
    ),
    file_name="users",
    order=40,
    row=UserRow,
    key=("login_id",),
    repeat=Repeat.REPLACES,
)
