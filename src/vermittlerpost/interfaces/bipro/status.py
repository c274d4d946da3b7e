"""What an answer says of itself: the catalogue's codes with their German sentences, in a status or in a fault."""

from collections.abc import Mapping
from typing import NamedTuple

from vermittlerpost.lib.errors import Refused

SENTENCES: Mapping[str, str] = {
    "00001": "Die Anfrage ist unvollständig oder fehlerhaft.",
    "00007": "Die Anfrage entspricht nicht dem Schema.",
    "00009": "Diese Funktion wird hier nicht angeboten.",
    "00900": "Die Anfrage enthält keine brauchbaren Anmeldedaten.",
    "00905": "Im Kopf der Anfrage fehlt das Element wsse:Security.",
    "00909": "Im SecurityContextToken fehlt das Element Identifier.",
    "00910": "Das Element TokenType verlangt ein Token, das hier nicht ausgestellt wird.",
    "00911": "Das Element RequestType fehlt oder verlangt etwas anderes als Issue, Validate oder Cancel.",
    "00917": "Im Element wsse:Security fehlt das SecurityContextToken.",
    "00919": "Der Identifier ist keiner, der hier ausgestellt wurde.",
    "00931": "Die BiPRO-Version besteht nicht aus fünf Zahlen, wie zum Beispiel 2.6.1.1.0.",
    "00940": "Der Dienst ist vorübergehend gestört. Bitte versuchen Sie es später noch einmal.",
    "00960": "Die Anmeldung ist fehlgeschlagen.",
    "00961": "Benutzerkennung und Kennwort passen nicht zusammen, oder der Zugang ist für BiPRO nicht freigegeben.",
    "00962": "Das Token ist abgelaufen oder beendet. Bitte melden Sie sich neu an.",
    "00964": "Der Zugang ist gesperrt.",
    "00965": "Es wurde zu oft ein falsches Kennwort eingegeben.",
    "04000": "Der Aufruf war erfolgreich.",
    "04001": "Es liegen keine Lieferungen vor.",
    "04003": "Eine Lieferung mit dieser ID gibt es nicht.",
    "04005": "Kategorien haben 3, 6 oder 9 Ziffern.",
    "04006": "Diese Lieferung kann nicht mehr abgerufen werden; sie war nur befristet verfügbar.",
    "99999": "Ein unerwarteter Fehler ist aufgetreten. Bitte versuchen Sie es später noch einmal.",
}
"""Those of the catalogue's codes that are used here; our own words."""

_OUR_FAULT = {"00940", "99999"}


class Message(NamedTuple):
    """One message (Meldung) of a status; programs show the first one only."""

    kind: str
    code: str
    text: str


def hint(code: str) -> Message:
    """Return a message that is no error."""
    return Message("Hinweis", code, SENTENCES[code])


def error(code: str, sentence: str = "") -> Message:
    """Return an error, in the catalogue's sentence if there is no better one."""
    return Message("Fehler", code, sentence or SENTENCES[code])


class Failed(Refused):
    """Something cannot be done that was asked for rightly: told in the status of an ordinary answer."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES[code])
        self.message = error(code)


class Fault(Refused):
    """Something is wrong with the request, its sender or the house: told as a SOAP fault.

    The first code is the error, further ones say more exactly what is wrong. Without a sentence of its own a fault says
    that of the last code.
    """

    http_status = 500

    def __init__(self, code: str, *hints: str, sentence: str = "") -> None:
        super().__init__(sentence or SENTENCES[[code, *hints][-1]])
        self.messages = (error(code, self.sentence), *map(hint, hints))
        self.side = "Server" if code in _OUR_FAULT else "Client"


class VersionMismatch(Fault):
    """The envelope is of no SOAP that is known here."""

    def __init__(self) -> None:
        super().__init__("00001", sentence="Der Umschlag gehört weder zu SOAP 1.1 noch zu SOAP 1.2.")
        self.side = "VersionMismatch"


class TooFast(Fault):
    """Somebody asks more often than is allowed."""

    http_status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__("00940", sentence=f"Zu viele Aufrufe. Bitte versuchen Sie es in {seconds} Sekunden wieder.")
        self.seconds = seconds
