"""The doors through which a letter's PDF is read, each as those who come by it do."""

import io
import zipfile
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from tests import cast
from tests.interfaces.bipro import envelopes
from tests.interfaces.bipro.answers import Answer

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange.rules.keys import Scope
from vermittlerpost.lib import clock

_BACKEND = "vermittlerpost.interfaces.portal.access.backend.PortalBackend"


def browser(login_id: str) -> Client:
    """Return a browser in which somebody is logged in."""
    client = Client()
    client.force_login(queries.user(login_id), backend=_BACKEND)
    return client


def portal(letter: str) -> Any:
    """Ask for the PDF in the portal."""
    return browser(cast.CARLA).get(reverse("letter_pdf", args=[letter]))


def zipped(letter: str) -> zipfile.ZipFile:
    """Take the letter along as ZIP."""
    asked = {"aktion": "zip", "schreiben": [letter]}
    response: Any = browser(cast.CARLA).post("/cockpit/vermittlerpost/auswahl/", asked)
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def bipro(letter: str) -> Answer:
    """Fetch the letter by a broker's software."""
    token = agencies.issue_token(queries.user(cast.ROBOT), lifetime=timedelta(minutes=30)).identifier
    message = envelopes.asking("getShipment", token, letter)
    response = Client().generic("POST", envelopes.TRANSFER, message.encode(), content_type="text/xml; charset=utf-8")
    return Answer(response)


def rest(letter: str) -> Any:
    """Fetch the PDF by a core system."""
    until = clock.now() + timedelta(days=1)
    key = exchange.issue_key(holder="kern", scopes=(Scope.READ_LETTERS,), expires_at=until, by="operator").text
    return Client(headers={"Authorization": f"Bearer {key}"}).get(f"/api/v1/letters/{letter}/pdf")


def desk(letter: str) -> Any:
    """Open the PDF in the back office."""
    colleague = agencies.Colleague(login_id="hedda", name="Hedda", email="", roles=frozenset({StaffRole.CASE_WORKER}))
    agencies.create_staff(colleague, by="operator")
    return browser("hedda").get(f"/innendienst/schreiben/{letter}.pdf", follow=True)
