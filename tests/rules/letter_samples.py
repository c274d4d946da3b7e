"""Letters that the tests know: one of each kind and urgency, one with the longest names, and how to read a PDF back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import zxingcpp

from vermittlerpost.letters.rules import Agency, Carrier, Contact, EarlierLetter, Facts, Party, Vehicle

MM = 72 / 25.4
HEIGHT = 297 * MM

JUERGEN = Party(name="Jürgen Groß", street="Am Weiher 3", postcode="50999", city="Köln")
REQUEST = Facts(
    letter="S-7K2M-40QX-9TBA3",
    case="V-3M8A-11QZ-0CDEX",
    kind="application_request",
    level=0,
    urgency="normal",
    issued_on=date(2026, 3, 30),
    due_on=date(2026, 4, 13),
    next_step="Geht bis dahin kein Antrag ein, erinnern wir Sie am 14.04.2026.",
    portal_url="https://portal.nordlicht.example/vermittlerpost/S-7K2M-40QX-9TBA3",
    carrier=Carrier(
        name="Nordlicht Versicherung",
        legal_name="Nordlicht Versicherung AG",
        street="Hafenstraße 12",
        postcode="20457",
        city="Hamburg",
        imprint="Nordlicht Versicherung AG · Sitz Hamburg · Amtsgericht Hamburg HRB 98765 · Vorstand: Dr. Inga "
        "Petersen (Vorsitz), Jörg Möller · Vorsitzende des Aufsichtsrats: Ute Brandt · USt-IdNr. DE123456789",
    ),
    agency=Agency(
        number="004711",
        name="Müller & Söhne Versicherungsmakler GmbH",
        street="Lange Straße 12",
        postcode="50667",
        city="Köln",
    ),
    contact=Contact(name="Erika Beispiel", email="erika.beispiel@nordlicht.example", phone="040 12345-678"),
    vehicle=Vehicle(plate="K-WB 4444", vin="WVWZZZ1KZAW123456", hsn="0603", tsn="BJM"),
    evb="NLA1B2C",
    registered_on=date(2026, 3, 12),
    authority="Stadt Köln",
    policyholder=JUERGEN,
)
REMINDER = replace(
    REQUEST,
    kind="reminder",
    level=1,
    urgency="hoch",
    issued_on=date(2026, 4, 14),
    due_on=date(2026, 4, 28),
    first_requested_on=date(2026, 3, 30),
    next_step="Geht bis dahin kein Antrag ein, erinnern wir Sie am 29.04.2026 ein letztes Mal.",
    earlier=(EarlierLetter(title="Antragsanforderung", issued_on=date(2026, 3, 30)),),
)
LAST_REMINDER = replace(
    REMINDER,
    level=2,
    urgency="letzte",
    issued_on=date(2026, 4, 29),
    due_on=date(2026, 5, 13),
    next_step="Der Vorschlag wird am 15.05.2026 vorgelegt.",
    earlier=(*REMINDER.earlier, EarlierLetter(title="Erinnerung", issued_on=date(2026, 4, 14))),
)
CANCELLATION = replace(
    LAST_REMINDER,
    kind="evb_cancellation",
    level=0,
    urgency="normal",
    issued_on=date(2026, 5, 18),
    due_on=None,
    next_step="",
)
WITHDRAWAL = replace(CANCELLATION, kind="cancellation_withdrawn", issued_on=date(2026, 5, 26))
INQUIRY = replace(
    REQUEST,
    kind="inquiry",
    text="Die Zulassungsstelle nennt als Halter die Groß Logistik GmbH.\n\nSoll sie Versicherungsnehmerin werden?",
    keeper=Party(name="Groß Logistik GmbH", street="Industriestraße 99", postcode="50769", city="Köln"),
    next_step="Bis zu Ihrer Antwort ruhen die Erinnerungen, längstens bis 27.04.2026.",
)
ANSWER = replace(INQUIRY, due_on=None, next_step="", text="Die Agentur wurde berichtigt.")
ON_PAPER = replace(LAST_REMINDER, portal_url="")
USUAL = [REQUEST, REMINDER, LAST_REMINDER, CANCELLATION, WITHDRAWAL, INQUIRY, ANSWER, ON_PAPER]

LONGEST = replace(
    LAST_REMINDER,
    agency=Agency(
        number="0047110815",
        name="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten-Versicherungsvermittlungs"
        "gesellschaft Müller-Lüdenscheidt & Großherzogliche Söhne mbH & Co. KGaA",
        street="Geheimrat-Professor-Doktor-Bürgermeister-von-Schlüßelburg-Straße 1234 a, Hinterhaus",
        postcode="96475",
        city="Hellschen-Heringsand-Unterschaar bei Wesselburenerkoog",
    ),
    contact=Contact(
        name="Dr. Friederike-Charlotte Freifrau von und zu Löwenstein-Wertheim",
        email="friederike-charlotte.loewenstein-wertheim@maklerbetreuung.nordlicht-versicherung.example",
        phone="+49 (0) 40 123456789-12345",
    ),
    vehicle=Vehicle(
        plate="MÜL-XY 9999H",
        previous_plates=("LÖB-AB 123", "K-WB 4444"),
        season="04-10",
        vin="WVWZZZ1KZAW123456",
        hsn="0603",
        tsn="BJM",
    ),
    authority="Landratsamt Garmisch-Partenkirchen, Zulassungsbehörde, Außenstelle Murnau am Staffelsee",
    policyholder=Party(
        name="Karl-Theodor Maria Nikolaus Johann Jacob Philipp Franz Joseph Sylvester Freiherr von und zu Oberbrechen",
        street="Bürgermeister-Wolfgang-Duschinger-Straße 100",
        postcode="94234",
        city="Viechtach",
    ),
    keeper=Party(name="Gemeinnützige Rindfleischetikettierungsüberwachungsgesellschaft mbH", city="Berlin"),
)


def named(facts: Facts) -> str:
    """Name a letter in the list of tests."""
    return f"{facts.kind}-{facts.urgency}-{facts.letter[-1]}"


def texts(content: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


def words(content: bytes, page: int = 0) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Return each run of text with its left, top, right and bottom edge in mm from the upper left corner."""
    textpage = pypdfium2.PdfDocument(content)[page].get_textpage()
    for index in range(textpage.count_rects()):
        left, bottom, right, top = textpage.get_rect(index)
        edges = left / MM, (HEIGHT - top) / MM, right / MM, (HEIGHT - bottom) / MM
        yield textpage.get_text_bounded(left, bottom, right, top), edges


def codes(content: bytes) -> list[list[tuple[str, str]]]:
    """Return, for each page, what a reader finds in its picture: kind of code and text."""
    return [[(str(code.format), code.text) for code in _read(page)] for page in pypdfium2.PdfDocument(content)]


def _read(page: Any) -> list[Any]:
    return sorted(zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil()), key=lambda code: code.text)
