"""Returns: the letters that the post brought back, so that somebody sees to them."""

from dataclasses import dataclass
from datetime import date

from vermittlerpost.intake.rules.cells import DAY, IDENTIFIER, TEXT
from vermittlerpost.intake.rules.inputs import Format, Repeat, Row, column


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnRow(Row):
    """One letter that came back."""

    letter: str = column(IDENTIFIER, "Nummer des Schreibens", example="S-7K2M-40QX-9TBA3")
    returned_on: date = column(DAY, "Tag, an dem es zurückkam", example="2026-03-09")
    reason: str = column(TEXT, "Vermerk der Post", example="Empfänger unbekannt verzogen")


FORMAT = Format(
    code="returns",
    title="Rückläufer",
    sentence=(
        "Die Schreiben, die mit der Post zurückkamen; über jedes entscheidet jemand im Innendienst. "
        "Mehrere Dateien mit „returns“ am Anfang sind erlaubt."
    ),
    file_name="returns*",
    order=94,
    row=ReturnRow,
    key=("letter", "returned_on"),
    repeat=Repeat.KEEPS,
)
