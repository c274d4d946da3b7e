"""The doors through which a story goes: core system, portal, back office, broker software, commands, mail."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse
from tests import acts, cast
from tests.acts import moment
from tests.interfaces.api.conftest import System, content
from tests.interfaces.bipro import envelopes
from tests.interfaces.bipro.answers import Answer
from typer.testing import CliRunner

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange.rules.keys import Scope
from vermittlerpost.interfaces.ops.commands import app
from vermittlerpost.lib import clock

HEDDA, INGO = "hedda", "ingo"
"""Who proposes, and who approves; both are case workers, Hedda administers and prints as well."""
MAILBOX = "/cockpit/vermittlerpost/"

_UNKNOWN: tuple[object, ...] = (None, "", ())
_BACKEND = "vermittlerpost.interfaces.portal.access.backend.PortalBackend"
_LETTER = re.compile(r"S-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}")
_ROLES = {
    HEDDA: frozenset({StaffRole.CASE_WORKER, StaffRole.ADMINISTRATOR, StaffRole.PRINT}),
    INGO: frozenset({StaffRole.CASE_WORKER, StaffRole.APPROVER}),
}


class Doors:
    """The house from outside; nothing goes in or comes out but through a door, and days pass."""

    def __init__(self, home: Path) -> None:
        self.home = home
        issued = exchange.issue_key(
            holder="kernsystem", scopes=tuple(Scope), expires_at=datetime(2040, 1, 1, tzinfo=UTC), by="operator"
        )
        self.core = System(issued.text)
        for login_id, roles in _ROLES.items():
            colleague = agencies.Colleague(login_id=login_id, name=login_id.title(), email="", roles=roles)
            agencies.create_staff(colleague, by="operator")

    def put(self, table: str, row: Any) -> Any:
        """Let the core system send a row, at the moment of its receipt if it has one, and return the answer."""
        at = getattr(row, "received_at", None) or clock.now()
        with clock.turned_to(at):
            return self.core.post(
                table, {name: _cell(value) for name, value in asdict(row).items() if value not in _UNKNOWN}
            )

    def confirm(self, number: str = acts.EVB, **fields: Any) -> None:
        """Send a confirmation."""
        self.accepted(self.put("evb", acts.evb(number, **fields)))

    def register(self, message: str = "Z-1", at: str = acts.REGISTERED, **fields: Any) -> str:
        """Send a notice, and return the id of the case that it opened, or nothing."""
        self.accepted(self.put("notices", acts.notice(message, at, **fields)))
        return acts.intake_case(message)

    def apply(self, application: str, at: str, **fields: Any) -> None:
        """Send an application, for the vehicle that most tests are about unless it names something else."""
        self.accepted(self.put("applications", acts.application(application, at, **(fields or {"vin": acts.VIN}))))

    def change_agency(self, number: str, **fields: Any) -> None:
        """Send an agency's row with other cells."""
        self.accepted(self.put("agencies", replace(cast.AGENCIES[number], **fields)))

    def change_user(self, login_id: str, **fields: Any) -> None:
        """Send a user's row with other cells."""
        self.accepted(self.put("users", replace(cast.USERS[login_id], **fields)))

    @staticmethod
    def accepted(answer: Any) -> None:
        """Refuse an answer that is not what was hoped for."""
        assert answer.status_code == 200, content(answer).decode()

    def case(self, message: str = "Z-1") -> dict[str, Any]:
        """Return what the core system reads of a notice's case."""
        told: dict[str, Any] = json.loads(content(self.core.get(f"cases/{acts.intake_case(message)}")))
        return told

    def letters(self, message: str = "Z-1") -> list[dict[str, Any]]:
        """Return what the core system reads of the letters of a notice's case, the first first."""
        told = json.loads(content(self.core.get("letters", case=acts.intake_case(message))))["items"]
        return sorted(told, key=lambda letter: (letter["issued_at"], letter["level"]))

    @contextmanager
    def at(self, when: str) -> Iterator[None]:
        """Let the clock stand at a moment of German time."""
        with clock.turned_to(moment(when)):
            yield

    def window(self, login_id: str) -> Client:
        """Return the browser of somebody who is logged in, to the portal or to the back office."""
        client = Client()
        client.force_login(queries.user(login_id), backend=_BACKEND)
        return client

    def page(self, login_id: str, url: str, when: str) -> str:
        """Return what somebody sees at a moment."""
        with self.at(when):
            return self.window(login_id).get(url, follow=True).content.decode()

    def mailbox(self, login_id: str, when: str, **narrowed: str) -> list[str]:
        """Return the letters in somebody's mailbox as he takes the list away, the newest first."""
        query = {"zustand": "alle", **narrowed}
        with self.at(when):
            listed = content(self.window(login_id).get(f"{MAILBOX}liste.csv", query)).decode()
        return list(dict.fromkeys(_LETTER.findall(listed)))

    def decide(self, login_id: str, name: str, *arguments: object, when: str, **fields: str) -> str:
        """Let somebody of the staff press a button, and return the page that he sees then."""
        with self.at(when):
            form = {"reason": "wie besprochen", **fields}
            return self.window(login_id).post(reverse(name, args=arguments), form, follow=True).content.decode()

    def listed(self, login_id: str, when: str) -> Answer:
        """Return what broker software finds at a moment."""
        with self.at(when):
            token = agencies.issue_token(queries.user(login_id), lifetime=timedelta(minutes=30)).identifier
            return self.ask(envelopes.listing(token))

    def fetched(self, login_id: str, letter: str, when: str) -> Answer:
        """Let broker software fetch a letter and acknowledge it."""
        with self.at(when):
            token = agencies.issue_token(queries.user(login_id), lifetime=timedelta(minutes=30)).identifier
            answer = self.ask(envelopes.asking("getShipment", token, letter))
            self.ask(envelopes.asking("acknowledgeShipment", token, letter))
            return answer

    @staticmethod
    def ask(message: str) -> Answer:
        """Send a message of broker software."""
        return Answer(Client().post(envelopes.TRANSFER, message.encode(), content_type="text/xml; charset=utf-8"))

    @staticmethod
    def operator(*arguments: str) -> str:
        """Let the operator give a command, and return what it says."""
        return CliRunner().invoke(app, arguments).output

    def mails(self, address: str = "") -> Sequence[EmailMessage]:
        """Return the mails that left, or those to one address."""
        return [mail for mail in acts.mails_in(self.home) if not address or mail["To"] == address]


def _cell(value: Any) -> Any:
    """Write a value as the core system does."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return "|".join(value) if isinstance(value, tuple) else value
