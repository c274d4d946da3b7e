"""SOAP 1.2 is answered in kind."""

from typing import Any

import pytest
from tests.interfaces.bipro import envelopes
from tests.interfaces.bipro.envelopes import SOAP_12, STS, call

pytestmark = pytest.mark.django_db

KIND = 'application/soap+xml;charset=UTF-8;action="urn:listShipments"'
ANSWER = "application/soap+xml; charset=utf-8"
FAULT = f"{{{SOAP_12}}}"


def test_login_list_and_acknowledgement_are_answered_in_kind(
    software: str, letter: str, post: Any, turn_clock: Any
) -> None:
    turn_clock("2026-02-17 09:00")
    issued = post(envelopes.login(software, soap=SOAP_12), STS, content_type=KIND)
    token = issued.one("wsc:Identifier")
    answers = [issued] + [
        post(call(name, token, f"<tran:ID>{letter}</tran:ID>", SOAP_12), content_type=KIND)
        for name in ("listShipments", "acknowledgeShipment")
    ]
    assert {answer.content_type for answer in answers} == {ANSWER}
    assert {answer.root.tag for answer in answers} == {f"{FAULT}Envelope"}
    assert answers[1].ids == [letter]


def test_a_letter_is_answered_in_kind(letter: str, token: str, post: Any) -> None:
    answer = post(call("getShipment", token, f"<tran:ID>{letter}</tran:ID>", SOAP_12), content_type=KIND)
    assert 'start-info="application/soap+xml"' in answer.content_type
    assert answer.parts[0].get_param("type") == "application/soap+xml"
    assert answer.pdf.startswith(b"%PDF-")


@pytest.mark.parametrize("message", ["kaputt", envelopes.envelope("", "<tran:setShipment/>", SOAP_12)])
def test_faults_are_answered_in_kind(stage: None, post: Any, message: str) -> None:
    answer = post(message, content_type=KIND)
    assert (answer.status, answer.content_type) == (500, ANSWER)
    (value,) = answer.root.iterfind(f".//{FAULT}Code/{FAULT}Value")
    (reason,) = answer.root.iterfind(f".//{FAULT}Reason/{FAULT}Text")
    assert (value.text, reason.get("{http://www.w3.org/XML/1998/namespace}lang")) == ("soapenv:Sender", "de")
    assert reason.text == answer.all("nac:Text")[0]


def test_the_envelope_wins_over_the_content_type(token: str, post: Any) -> None:
    assert post(call("listShipments", token, soap=SOAP_12), content_type="text/xml").content_type == ANSWER
    assert post(call("listShipments", token), content_type=KIND).content_type == "text/xml; charset=utf-8"


def test_another_version_of_soap_is_told_that_it_is_unknown(stage: None, post: Any) -> None:
    answer = post(envelopes.envelope("", "<tran:listShipments/>", "urn:soap-13"))
    assert answer.one("faultcode") == "soapenv:VersionMismatch"
