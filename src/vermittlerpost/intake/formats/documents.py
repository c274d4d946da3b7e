"""Documents: the generic feed of what an agency may want to be told of besides the motor letters."""

from dataclasses import dataclass
from datetime import datetime

from vermittlerpost.intake.rules.cells import AGENCY_NUMBER, IDENTIFIER, MOMENT, TEXT
from vermittlerpost.intake.rules.inputs import Format, Repeat, Row, column


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentRow(Row):
    """One document or event that was provided for an agency."""

    document_id: str = column(IDENTIFIER, "Nummer des Dokuments", example="DOK-2026-000009")
    received_at: datetime = column(MOMENT, "Moment der Bereitstellung", example="2026-03-03T08:00:00+01:00")
    category: str = column(IDENTIFIER, "Kategorie der Benachrichtigung", example="archive_document")
    agency: str = column(AGENCY_NUMBER, "Agenturnummer", example="004711")
    title: str = column(TEXT, "Titel, wie er im Portal steht", example="Nachtrag zum Vertrag")


FORMAT = Format(
    code="documents",
    title="Dokumente und Ereignisse",
    sentence=(
        "Was einer Agentur sonst bereitgestellt wird: neues Dokument im Archiv (archive_document), "
        "Bestandsereignis (portfolio_event), Abrechnung (statement_available), Neuigkeit (news)."
    ),
    file_name="documents",
    order=90,
    row=DocumentRow,
    key=("document_id",),
    repeat=Repeat.REFUSES,
)
