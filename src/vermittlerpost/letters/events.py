"""What can happen to a letter."""

from vermittlerpost.journal.events import Kind

TITLES: dict[str, str] = {}
"""What the kinds of letters are called; they say so themselves."""

ISSUED = Kind(
    "letter.issued",
    "Schreiben {letter} ({kind}, Stufe {level}) an Agentur {agency} gefertigt, Frist {due_on}.",
    words={"kind": TITLES},
)
SETTLED = Kind("letter.settled", "Schreiben {letter} ist mit seinem Vorgang erledigt.")
RENDERED = Kind("letter.rendered", "PDF des Schreibens {letter} abgelegt, SHA-256 {sha256}.")
RENDERING_RETRIED = Kind("letter.rendering_retried", "Das PDF des Schreibens {letter} wird erneut versucht: {reason}.")
RENDERING_STUCK = Kind("letter.rendering_stuck", "Das PDF des Schreibens {letter} ließ sich nicht erzeugen: {error}.")
