"""Firms: the intermediaries' companies, to which agencies and users belong."""

from dataclasses import dataclass

from vermittlerpost.intake.rules.cells import IDENTIFIER, TEXT, YES_NO
from vermittlerpost.intake.rules.inputs import Format, Repeat, Row, column


@dataclass(frozen=True, kw_only=True, slots=True)
class FirmRow(Row):
    """One firm (Firma)."""

    id: str = column(IDENTIFIER, "Kennung der Firma", example="F001")
    name: str = column(TEXT, "Name der Firma", example="Maklerhaus Brückner GmbH")
    self_service: bool = column(YES_NO, "dürfen Benutzer ihre E-Mail-Benachrichtigungen selbst ändern?", example="no")


FORMAT = Format(
    code="firms",
    title="Firmen",
    sentence="Die Firmen der Vermittler; zu jeder gehören Agenturen und Benutzer.",
    file_name="firms",
    order=20,
    row=FirmRow,
    key=("id",),
    repeat=Repeat.REPLACES,
)
