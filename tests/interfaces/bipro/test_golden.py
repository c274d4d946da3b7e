"""What the door answered when it was right: answers as they were once read and found good, kept in `golden/`.

What differs each time stands there as a word in braces; the clock of these tests stands still. Who changes an answer on
purpose deletes its file and runs the test twice: the first run writes it anew, to be read before it is kept.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests import acts, cast
from tests.interfaces.bipro import envelopes
from tests.interfaces.bipro.answers import Answer
from tests.interfaces.bipro.envelopes import SOAP_12, STS, asking, call, listing, login, token_request

from vermittlerpost.agencies import actions as agencies

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).parent / "golden"
EACH_TIME = (
    (r"(ProzessID>)[0-9a-f]{16}<", r"\1{process}<"),
    (r"(Identifier>)bipro:[\w-]{43}<", r"\1{token}<"),
    (r"(ID>)E-[0-9A-Z-]{15}<", r"\1{ending}<"),
    (r'"cid:[0-9a-f]{16}@', '"cid:{attachment}@'),
)


@pytest.fixture
def token(software: str, turn_clock: Any, log_in: Callable[[str], str]) -> str:
    """Let a request and a reminder be written, and return a token of 4 March."""
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    turn_clock("2026-03-04 09:00")
    return log_in(software)


@pytest.fixture
def check(token: str) -> Callable[[Answer, str], None]:
    """Return a function that compares an answer with the one that is kept under a name."""

    def compare(answer: Answer, name: str) -> None:
        kept = GOLDEN / f"{name}.xml"
        if not kept.exists():
            kept.write_text(written(answer))
            pytest.fail(f"There was no {kept.name}. Now there is: read it.")
        assert written(answer) == kept.read_text()

    return compare


def written(answer: Answer) -> str:
    """Return an answer as it is kept: one element a line, and words for what differs each time."""
    etree.indent(answer.root)
    text = etree.tostring(answer.root, encoding="unicode") + "\n"
    names = {letter.id: f"{{letter {place}}}" for place, letter in enumerate(acts.letters_of(), 1)}
    for found, name in {**names, acts.case().id: "{case}"}.items():
        text = text.replace(found, name)
    for pattern, word in EACH_TIME:
        text = re.sub(pattern, word, text)
    return text


def test_tokens(token: str, software: str, post: Any, check: Callable[[Answer, str], None]) -> None:
    check(post(login(software), STS), "token")
    check(post(envelopes.envelope(envelopes.bearing(token), token_request("Validate")), STS), "token_valid")
    check(post(envelopes.envelope(envelopes.bearing(token), token_request("Cancel")), STS), "token_cancelled")


def test_lists(token: str, post: Any, check: Callable[[Answer, str], None]) -> None:
    request, _ = acts.letters_of()
    check(post(listing(token)), "list")
    check(post(listing(token, category="160")), "list_empty")
    check(post(asking("acknowledgeShipment", token, request.id)), "acknowledged")
    check(post(listing(token, acknowledged="true")), "list_with_acknowledged")


def test_shipments(token: str, post: Any, check: Callable[[Answer, str], None]) -> None:
    request, reminder = acts.letters_of()
    check(post(asking("getShipment", token, request.id)), "shipment_overtaken")
    check(post(asking("getShipment", token, reminder.id)), "shipment_reminder")
    check(post(asking("getShipment", token, "S-0000-0000-00000")), "shipment_unknown")


def test_a_shipment_of_a_carrier_that_wants_to_be_found_by_its_own_number(
    token: str, post: Any, check: Callable[[Answer, str], None]
) -> None:
    agencies.set_carrier_software(
        cast.NORDLICHT, company_number="5550", own_id_as_policy_number=True, tells_endings=False, by=acts.BY
    )
    check(post(asking("getShipment", token, acts.letter().id)), "shipment_by_own_number")


def test_the_end_of_a_case(
    token: str, turn_clock: Any, software: str, log_in: Any, post: Any, check: Callable[[Answer, str], None]
) -> None:
    agencies.set_carrier_software(
        cast.NORDLICHT, company_number="", own_id_as_policy_number=False, tells_endings=True, by=acts.BY
    )
    acts.apply(at="2026-03-05 10:00")
    acts.mornings("2026-03-06")
    turn_clock("2026-03-06 09:00")
    token = log_in(software)
    *_, ending = post(listing(token)).ids
    fetched = post(asking("getShipment", token, ending))
    check(fetched, "ending")
    assert fetched.content_type == "text/xml; charset=utf-8"


def test_faults(token: str, software: str, post: Any, check: Callable[[Answer, str], None]) -> None:
    check(post(login(software, "falsch"), STS), "fault_wrong_password")
    check(post(listing("bipro:abgelaufen")), "fault_token_gone")
    check(post(call("setShipment", token)), "fault_not_offered")
    check(
        post(call("listShipments", "bipro:x", soap=SOAP_12), content_type="application/soap+xml; charset=utf-8"),
        "fault_soap_12",
    )
