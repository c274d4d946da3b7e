"""What can happen to a document."""

from vermittlerpost.journal.events import Kind

PROVIDED = Kind("document.provided", "Dokument {matter} der Kategorie {category} bereitgestellt.", announced=True)
ERASED = Kind(
    "document.erased", "Titel von Dokumenten nach Ablauf der Aufbewahrung gelöscht, von vor dem {before}: {count}."
)
