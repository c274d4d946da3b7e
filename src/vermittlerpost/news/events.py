"""What can happen to news and to questions."""

from vermittlerpost.journal.events import Kind

PLANNED = Kind("news.planned", "Meldung {matter} angelegt, gültig ab {valid_from}.")
PUBLISHED = Kind("news.published", "Meldung {matter} veröffentlicht.", announced=True)
REVISED = Kind("news.revised", "Meldung {matter} überarbeitet: {fields}.")
WITHDRAWN = Kind("news.withdrawn", "Meldung {matter} zurückgezogen: {reason}.", announced=True)
ASKED = Kind("contact.asked", "Anfrage {request} an den persönlichen Kontakt gestellt.")
ANSWERED = Kind("contact.answered", "Anfrage {request} als beantwortet vermerkt.")
REQUESTS_ERASED = Kind(
    "contact.erased", "Anfragen nach Ablauf der Aufbewahrung gelöscht, beantwortet vor dem {before}: {count}."
)
