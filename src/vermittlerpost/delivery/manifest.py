"""The list that goes with a print batch, so that the print shop can tell that nothing is missing."""

import csv
import io
from collections.abc import Sequence

from vermittlerpost.letters.rules import Facts


def of(batch: str, facts: Sequence[Facts], sha256: str) -> bytes:
    """Return the manifest as CSV (UTF-8, `;`): one line per letter in the order of the PDF; no names in it."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow(["batch", "pdf_sha256", "sequence", "letter", "case", "agency", "kind", "level", "issued_on"])
    for sequence, letter in enumerate(facts, start=1):
        lines.writerow(
            [batch, sha256, sequence, letter.letter, letter.case, letter.agency.number, letter.kind, letter.level,
             letter.issued_on.isoformat()]
        )  # fmt: skip
    return text.getvalue().encode()
