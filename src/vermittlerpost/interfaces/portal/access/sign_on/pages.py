"""What somebody reads who did not get in from the identity provider; German only, as all that staff read."""

import logging
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Ending:
    """One way in which a login ends without success; `logged` is said to the operator, never about whom."""

    title: str
    sentence: str
    status: int
    logged: str = ""


CANCELLED = Ending(title="Anmeldung abgebrochen", sentence="Sie sind nicht angemeldet.", status=200)
OVER = Ending(
    title="Diese Anmeldung gilt nicht mehr",
    sentence="Zwischen dem Knopf auf der Anmeldeseite und der Rückkehr vom Anmeldedienst dürfen zehn Minuten liegen, "
    "und beides muss im selben Browser geschehen. Beginnen Sie noch einmal.",
    status=400,
)
AWAY = Ending(
    title="Der Anmeldedienst antwortet nicht",
    sentence="Das liegt nicht an Ihnen. Versuchen Sie es in einigen Minuten noch einmal; hält es an, sagen Sie der "
    "Administration Bescheid.",
    status=503,
    logged="Sign-on failed: the identity provider does not answer.",
)
DISTRUSTED = Ending(
    title="Die Anmeldung ist gescheitert",
    sentence="Die Antwort des Anmeldedienstes ließ sich nicht prüfen, oder er hat die Anmeldung abgelehnt. Versuchen "
    "Sie es noch einmal; hält es an, sagen Sie der Administration Bescheid.",
    status=400,
    logged="Sign-on failed: the answer of the identity provider cannot be trusted.",
)
REFUSED_TITLE = "Kein Zugang mit diesem Firmenkonto"
REFUSED_ADVICE = (
    "Konten legt die Administration des Innendienstes an und schaltet sie wieder frei. Am Firmenkonto selbst liegt es "
    "nicht: es hat Sie richtig angemeldet."
)


def ended(request: HttpRequest, ending: Ending, error: Exception | None = None) -> HttpResponse:
    """Say how a login ended, and where to go from here."""
    if ending.logged:
        _log.warning(ending.logged, exc_info=error)
    return render(request, "portal/access/sign_on.html", {"ending": ending}, status=ending.status)


def refused(request: HttpRequest, sentence: str, code: str) -> HttpResponse:
    """Say why somebody whom the provider knows has no access here."""
    ending = Ending(title=REFUSED_TITLE, sentence=sentence, status=403, logged=f"Sign-on refused: {code}.")
    _log.warning(ending.logged)
    return render(
        request, "portal/access/sign_on.html", {"ending": ending, "advice": REFUSED_ADVICE}, status=ending.status
    )
