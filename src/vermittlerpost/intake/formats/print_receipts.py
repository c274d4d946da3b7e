"""Receipts of the print shop: that it has a batch, whole and unchanged."""

from dataclasses import dataclass
from datetime import datetime

from vermittlerpost.intake.rules.cells import IDENTIFIER, MOMENT, NUMBER, SHA256
from vermittlerpost.intake.rules.inputs import Check, Format, Repeat, Row, column, optional


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintReceiptRow(Row):
    """One batch that the print shop has received."""

    batch: str = column(IDENTIFIER, "Nummer des Druckstapels", example="D-7K2M-40QX-9TBA3")
    pdf_sha256: str = column(SHA256, "SHA-256 des empfangenen PDFs", example="0123456789abcdef" * 4)
    letters: int = column(NUMBER, "Zahl der Schreiben im Verzeichnis", example="212")
    received_at: datetime = column(MOMENT, "Empfang des Stapels", example="2026-03-02T14:31:00+01:00")
    printed_at: datetime | None = optional(
        MOMENT, "Ende des Drucks; leer: noch nicht gedruckt", example="2026-03-02T16:05:00+01:00", empty=None
    )


FORMAT = Format(
    code="print_receipts",
    title="Quittungen der Druckerei",
    sentence=(
        "Welche Druckstapel die Druckerei hat. Mehrere Dateien mit „print_receipts“ am Anfang sind möglich. "
        "Ein fremdes oder verändertes PDF und eine andere Zahl von Schreiben führen zur Abweisung."
    ),
    file_name="print_receipts*",
    order=92,
    row=PrintReceiptRow,
    key=("batch",),
    repeat=Repeat.KEEPS,
    checks=(
        Check(
            column="printed_at",
            rule="Gedruckt werden kann ein Stapel nicht vor seinem Empfang (received_at).",
            holds=lambda row: row.printed_at is None or row.received_at <= row.printed_at,
        ),
    ),
)
