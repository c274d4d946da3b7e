"""Prefixes are mirrored where that can be done, and never at the cost of an answer that nobody can read."""

import re
from typing import Any

import pytest
from tests.interfaces.bipro import envelopes
from tests.interfaces.bipro.envelopes import NAC, SOAP_11, STS, TRAN, VERSION, bearing, listing

pytestmark = pytest.mark.django_db


def with_prefixes(message: str, transfer: str, nachrichten: str) -> str:
    own = {"tran": transfer, "nac": nachrichten}
    return re.sub(r"\b(tran|nac)(?=[:=])", lambda usual: own[usual[1]], message)


@pytest.mark.parametrize(
    ("transfer", "nachrichten", "found"),
    [
        ("nac", "tran", "nac"),  # the other way round
        ("allg", "n", "tran"),  # ours already, for something else
        ("gevo", "xsi", "tran"),
        ("soapenv2", "n", "soapenv2"),
        ("xmlish", "n", "tran"),  # reserved by XML
        ("ä", "n", "tran"),
        ("x" * 32, "n", "x" * 32),
        ("x" * 33, "n", "tran"),
        ("x" * 40_000, "n", "tran"),
        ("a.b-c_1", "n", "a.b-c_1"),
    ],
)
def test_prefixes_that_cannot_be_taken_over_become_the_usual_ones(
    letter: str, token: str, post: Any, transfer: str, nachrichten: str, found: str
) -> None:
    answer = post(with_prefixes(listing(token), transfer, nachrichten))
    assert answer.ids == [letter]
    assert f"<{found}:Lieferung>" in answer.text
    assert len(answer.bytes) < 5000


def test_one_prefix_for_two_namespaces_is_given_up(letter: str, token: str, post: Any) -> None:
    body = (
        f'<p:listShipments xmlns:p="{TRAN}"><p:Request><p:BiPROVersion xmlns:p="{NAC}">{VERSION}</p:BiPROVersion>'
        "</p:Request></p:listShipments>"
    )
    answer = post(envelopes.envelope(bearing(token), body))
    assert answer.ids == [letter]
    assert "<tran:Lieferung>" in answer.text
    assert "<nac:StatusID>" in answer.text


def test_elements_without_a_prefix_are_answered_without_one(letter: str, token: str, post: Any) -> None:
    body = (
        f'<listShipments xmlns="{TRAN}"><Request><n:BiPROVersion xmlns:n="{NAC}">{VERSION}</n:BiPROVersion>'
        "</Request></listShipments>"
    )
    answer = post(envelopes.envelope(bearing(token), body))
    assert answer.ids == [letter]
    assert "<Lieferung><ID>" in answer.text
    fault = post(envelopes.envelope("", body))
    assert fault.one("faultcode") == "soapenv:Client"  # which stays in no namespace


def test_messages_without_a_prefix_are_answered_without_one(stage: None, letter: str, token: str, post: Any) -> None:
    body = (
        f'<t:listShipments xmlns:t="{TRAN}"><t:Request><BiPROVersion xmlns="{NAC}">{VERSION}</BiPROVersion>'
        "</t:Request></t:listShipments>"
    )
    assert "<StatusID>OK</StatusID>" in post(envelopes.envelope(bearing(token), body)).text
    fault = post(envelopes.envelope("", body))
    assert f'<BiproException xmlns="{NAC}">' in fault.text
    assert fault.codes == ["00900", "00905"]


def test_a_prefix_that_is_declared_and_not_used_is_taken_as_well(stage: None, post: Any) -> None:
    message = (
        f'<s:Envelope xmlns:s="{SOAP_11}" xmlns:meld="{NAC}"><s:Body><t:RequestSecurityToken '
        f'xmlns:t="{envelopes.WST}"/></s:Body></s:Envelope>'
    )
    assert "<meld:MeldungID>" in post(message, STS).text
