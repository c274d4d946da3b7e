"""Six years after its end a case is erased; whoever asks for its letter through any door is told plainly."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import acts, cast
from tests.interfaces.bipro import envelopes
from tests.interfaces.bipro.answers import Answer

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.cases import actions as cases
from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange.rules.keys import Scope
from vermittlerpost.interfaces.ops import retention
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

_BACKEND = "vermittlerpost.interfaces.portal.access.backend.PortalBackend"
_LATER = "2033-01-03 12:00"


@pytest.fixture
def erased(stage: None, turn_clock: Any) -> str:
    """Return the letter of a case that ended in 2026, on a day on which its data are gone."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    acts.apply("A-1", "2026-02-20 10:00")
    turn_clock(_LATER)
    assert sum(retention.carry_out(retention.plan(None), by="operator")) == 1
    return acts.letter().id


def browser(login_id: str) -> Client:
    client = Client()
    client.force_login(queries.user(login_id), backend=_BACKEND)
    return client


def test_the_portal_says_that_what_is_old_is_gone(erased: str) -> None:
    for name in ("letter", "letter_pdf"):
        answer = browser(cast.ANNA).get(reverse(name, args=[erased]))
        assert answer.status_code == 404
        assert "Aufbewahrungsfrist abgelaufen" in answer.content.decode()


def test_the_portal_shows_the_case_without_its_letters(erased: str) -> None:
    answer = browser(cast.ANNA).get(reverse("case", args=[acts.intake_case("Z-1")]))
    assert answer.status_code == 200
    assert erased not in answer.content.decode().replace("gelöscht", "")


def test_software_is_told_that_the_shipment_can_be_fetched_no_more(erased: str) -> None:
    bearer = agencies.issue_token(queries.user(cast.ROBOT), lifetime=timedelta(minutes=30))
    for operation in ("getShipment", "acknowledgeShipment"):
        message = envelopes.asking(operation, bearer.identifier, erased)
        answer = Answer(Client().post(envelopes.TRANSFER, message, content_type="text/xml; charset=utf-8"))
        assert answer.one("nac:MeldungID") == "04006"


def test_core_systems_are_told_that_the_pdf_is_gone_and_that_the_letter_was(erased: str) -> None:
    expires_at = clock.now() + timedelta(days=1)
    key = exchange.issue_key(holder="kern", scopes=tuple(Scope), expires_at=expires_at, by="operator")
    client = Client(headers={"Authorization": f"Bearer {key.text}"})
    answer = client.get(f"/api/v1/letters/{erased}/pdf")
    assert (answer.status_code, answer.json()["code"]) == (410, "letter_erased")
    assert erased in answer.json()["detail"]
    assert client.get(f"/api/v1/letters/{erased}").status_code == 200
    assert client.get(f"/api/v1/cases/{acts.intake_case('Z-1')}").status_code == 200


def test_staff_see_the_case_and_are_told_what_became_of_its_letter(erased: str) -> None:
    colleague = agencies.Colleague(login_id="hedda", name="Hedda", email="", roles=frozenset({StaffRole.CASE_WORKER}))
    agencies.create_staff(colleague, by="operator")
    page = browser("hedda").get(reverse("desk_case", args=[acts.intake_case("Z-1")]))
    assert "nach Ablauf der Aufbewahrung gelöscht" in page.content.decode()
    answer = browser("hedda").get(reverse("desk_letter_pdf", args=[erased]), follow=True)
    assert f"Das Schreiben {erased} ist nach Ablauf der Aufbewahrung gelöscht worden." in answer.content.decode()


def test_a_case_without_data_is_not_opened_again(erased: str) -> None:
    with pytest.raises(Refused, match="dessen Angaben noch vorliegen"):
        cases.reopen(case=acts.intake_case("Z-1"), reason="Irrtum", by="hedda")
