"""The sheet before a letter that bears an address which its agency has left."""

from dataclasses import fields, replace
from typing import Any

from vermittlerpost.letters.layout import sheet
from vermittlerpost.letters.layout.characters import printable
from vermittlerpost.letters.layout.sheet import Place
from vermittlerpost.letters.rules import Agency, Cover, Facts, day_in_words

_SENTENCE = (
    "das anliegende Schreiben vom {issued} trägt noch Ihre frühere Anschrift {address}. Wir senden es Ihnen hiermit an"
    " Ihre heutige Anschrift; es ist unverändert."
)


def values(facts: Facts, cover: Cover, place: Place) -> dict[str, Any]:
    """Return what the layout places on the sheet before a letter."""
    addressed = replace(facts, agency=_printable(cover.agency), issued_on=cover.on, portal_url="")
    issued = day_in_words(facts.issued_on)
    return {
        "title": "Begleitschreiben",
        "subject": f"Unser Schreiben vom {issued} zum Fahrzeug {facts.vehicle.plate}",
        "salutation": "Sehr geehrte Damen und Herren,",
        "request": [_SENTENCE.format(issued=issued, address=facts.agency.place)],
        "closing": ["Mit freundlichen Grüßen", facts.carrier.legal_name],
        "is_cover": True,
        **sheet.values(addressed, Place(number=place.number)),
    }


def _printable(agency: Agency) -> Agency:
    # The letter has been printed before: that its agency moved to a street with a strange sign holds it up no longer.
    return Agency(**{field.name: printable(getattr(agency, field.name)) for field in fields(agency)})
