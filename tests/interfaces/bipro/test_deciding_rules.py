"""The ten things that decide whether programs in the field work with us, one test each, by their number."""

import re
from datetime import datetime
from typing import Any

import pytest
from tests import cast
from tests.interfaces.bipro import envelopes
from tests.interfaces.bipro.envelopes import STS, WSC, asking, call, listing

pytestmark = pytest.mark.django_db


def test_1_a_token_is_a_security_context_token_of_the_older_namespaces(software: str, post: Any) -> None:
    answer = post(envelopes.login(software), STS)
    (response,) = answer.root.iterfind(".//{http://schemas.xmlsoap.org/ws/2005/02/trust}RequestSecurityTokenResponse")
    (identifier,) = response.iterfind(f".//{{{WSC}}}SecurityContextToken/{{{WSC}}}Identifier")
    assert (identifier.text or "").startswith("bipro:")
    assert re.fullmatch(r"[A-Za-z0-9:_-]{1,500}", identifier.text or "")


def test_2_the_end_of_a_token_bears_a_zone_and_no_fractions(software: str, post: Any) -> None:
    expires = post(envelopes.login(software), STS).one("wsu:Expires")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", expires)
    assert datetime.fromisoformat(expires).tzinfo is not None


def test_3_identifier_and_end_stand_there_literally_without_attributes(software: str, post: Any) -> None:
    hostile = envelopes.login(software).replace("wst:", "q:").replace("xmlns:wst=", "xmlns:q=")
    for request in (envelopes.login(software), hostile):
        text = post(request, STS).text
        assert re.search(r"<wsc:Identifier>bipro:[^<]+</wsc:Identifier>", text)
        assert re.search(r"<wsu:Expires>[^<]+Z</wsu:Expires>", text)


@pytest.mark.parametrize(
    ("transfer", "nachrichten"), [("tran", "nac"), ("t", "n"), ("transfer", "nachrichten"), ("xf", "nachr"), ("b", "a")]
)
def test_4_the_prefixes_of_the_request_are_those_of_the_answer(
    letter: str, token: str, post: Any, transfer: str, nachrichten: str
) -> None:
    def asked(message: str) -> str:
        for usual, own in (("tran", transfer), ("nac", nachrichten)):
            message = message.replace(f"{usual}:", f"{own}:").replace(f"xmlns:{usual}=", f"xmlns:{own}=")
        return str(post(message).text)

    assert f"<{transfer}:Lieferung><{transfer}:ID>{letter}</{transfer}:ID>" in asked(listing(token))
    assert f"<{nachrichten}:StatusID>OK</{nachrichten}:StatusID>" in asked(asking("acknowledgeShipment", token, letter))
    assert f"<{nachrichten}:StatusID>NOK</{nachrichten}:StatusID>" in asked(asking("getShipment", token, "unbekannt"))
    assert f"<{nachrichten}:MeldungID>00960</{nachrichten}:MeldungID>" in asked(listing("bipro:ausgedacht"))
    fetched = asked(asking("getShipment", token, letter))
    assert f"<{transfer}:Transfer " in fetched
    assert "<allg:Dateiname>" in fetched
    assert "<gevo:Datei>" in fetched


def test_5_a_letter_comes_as_a_part_of_its_own(letter: str, token: str, post: Any) -> None:
    answer = post(asking("getShipment", token, letter))
    assert answer.content_type.startswith("multipart/related; ")
    assert [part.get_content_type() for part in answer.parts] == ["application/xop+xml", "application/pdf"]


def test_6_content_ids_are_small_letters_without_escapes_and_the_same_at_both_ends(
    letter: str, token: str, post: Any
) -> None:
    answer = post(asking("getShipment", token, letter))
    (href,) = re.findall(r'href="cid:([^"]*)"', answer.text)
    assert re.fullmatch(r"[a-z0-9.]+@[a-z0-9.]+", href)
    assert answer.parts[1]["Content-ID"] == f"<{href}>"


def test_7_no_attachment_is_taken_for_the_envelope(letter: str, token: str, post: Any) -> None:
    _, attachment = post(asking("getShipment", token, letter)).parts
    assert attachment["Content-Type"] == "application/pdf"


def test_8_answers_say_that_they_are_utf_8(letter: str, token: str, post: Any) -> None:
    messages = [
        listing(token),
        asking("acknowledgeShipment", token, letter),
        asking("getShipment", token, "x"),
        "kaputt",
    ]
    assert {post(message).content_type for message in messages} == {"text/xml; charset=utf-8"}
    assert "Übelacker" in post(asking("getShipment", token, letter)).text


def test_9_ids_are_short_and_moments_have_neither_zone_nor_fractions(letter: str, token: str, post: Any) -> None:
    post(asking("acknowledgeShipment", token, letter))
    answers = [post(listing(token, acknowledged="true")), post(asking("getShipment", token, letter))]
    for answer in answers:
        assert all(1 <= len(one) <= 25 for one in answer.ids)
        moments = [
            moment
            for name in (
                "nac:Zeitstempel",
                "tran:Einstellzeitpunkt",
                "tran:Bestaetigungszeitpunkt",
                "gevo:Erstelldatum",
            )
            for moment in answer.all(name)
        ]
        assert len(moments) >= 3
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", moment) for moment in moments)


def test_10_a_refused_login_is_no_success_of_http(software: str, post: Any) -> None:
    for login_id, password in ((software, "falsch geraten"), ("niemand", "x"), ("", "")):
        assert post(envelopes.login(login_id, password), STS).status == 500


def test_the_soap_action_does_not_matter(letter: str, token: str, post: Any) -> None:
    for action in ("urn:listShipments", '"urn:listShipments"', '""', "", "listShipments", '"urn:getShipment"', "ä\x7f"):
        assert post(listing(token), SOAPAction=action).ids == [letter]
    for kind in ("text/xml; charset=utf-8", 'text/xml;charset="utf-8"', "text/xml", "application/octet-stream"):
        assert post(listing(token), content_type=kind).ids == [letter]


def test_a_version_is_taken_from_the_message_or_else_from_the_address_and_given_back(token: str, post: Any) -> None:
    address = "/bipro/430_Transfer/Service_2.5.0.1.0"
    without = listing(token).replace(f"<nac:BiPROVersion>{envelopes.VERSION}</nac:BiPROVersion>", "")
    assert post(listing(token), address).one("nac:BiPROVersion") == envelopes.VERSION
    assert post(listing(token).replace(envelopes.VERSION, "2.7.1.1.0"), address).one("nac:BiPROVersion") == "2.7.1.1.0"
    assert post(without, address).one("nac:BiPROVersion") == "2.5.0.1.0"
    assert post("kaputt", address).one("nac:BiPROVersion") == "2.5.0.1.0"
    odd = post(listing(token).replace(envelopes.VERSION, "zwei.sechs"), address)
    assert (odd.status, odd.codes, odd.one("nac:BiPROVersion")) == (500, ["00931"], "2.5.0.1.0")


def test_the_operation_decides_and_not_the_address(software: str, post: Any, log_in: Any) -> None:
    issued = post(envelopes.login(software), envelopes.TRANSFER).one("wsc:Identifier")
    assert post(listing(issued), STS).codes == ["04001"]


def test_what_is_not_offered_is_said_to_be_so(token: str, post: Any) -> None:
    for name in ("setShipment", "getOffers", "Envelope"):
        answer = post(call(name, token, "<tran:Lieferung/>"))
        assert (answer.status, answer.codes, answer.one("faultcode")) == (500, ["00009"], "soapenv:Client")


def test_faults_hold_status_500_and_the_version_of_the_request(post: Any, stage: None) -> None:
    answer = post(envelopes.envelope("", envelopes.operation("listShipments")))
    (exception,) = answer.root.iterfind(".//detail/{http://www.bipro.net/namespace/nachrichten}BiproException")
    assert [child.tag.rpartition("}")[2] for child in exception] == ["BiPROVersion", "Status"]
    assert answer.status == 500
    assert answer.one("nac:StatusID") == "NOK"
    assert answer.all("nac:ArtID") == ["Fehler", "Hinweis"]


def test_each_answer_bears_a_number_of_its_own(token: str, post: Any) -> None:
    assert len({post(listing(token)).one("nac:ProzessID") for _ in range(5)}) == 5


def test_one_person_of_another_firm_sees_nothing_of_ours(letter: str, token_of: Any, post: Any) -> None:
    cast.change_user(cast.OLGA, technical=True)
    assert post(listing(token_of(cast.OLGA))).ids == []
