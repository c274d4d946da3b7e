"""Whatever comes is answered by a fault in milliseconds: never a page, never a stack trace, never a look around."""

import io
import logging
import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from tests.interfaces.bipro import envelopes, schemas
from tests.interfaces.bipro.answers import Answer
from tests.interfaces.bipro.envelopes import SOAP_11, STS, TRANSFER, asking, listing

from vermittlerpost.delivery import queries as delivery

pytestmark = pytest.mark.django_db

LISTING = listing("bipro:x")
SECRETS = Path("/etc/passwd").as_uri()
MANY = " ".join(f"b{n}='1'" for n in range(80_000))
BOMB = "".join(f"<!ENTITY a{n} '{(f'&a{n - 1};') * 10}'>" for n in range(1, 12))
QUADRATIC = f"<!ENTITY a '{'x' * 100_000}'>"

BROKEN = {
    "nothing": b"",
    "blanks": b" \n ",
    "no XML": b"login=robot&password=x",
    "JSON": b'{"Envelope": {}}',
    "not ended": LISTING[:-20].encode(),
    "two roots": (LISTING + LISTING).encode(),
    "zeros": b"\x00" * 10_000,
    "wrong charset": LISTING.replace("MVP", "Müller").encode("latin-1"),
    "unknown charset": b'<?xml version="1.0" encoding="klingonisch"?><a/>',
    "another root": b"<listShipments/>",
    "no body": f'<s:Envelope xmlns:s="{SOAP_11}"/>'.encode(),
    "empty body": envelopes.envelope("", "").encode(),
    "body of text": envelopes.envelope("", "listShipments").encode(),
    "undeclared prefix": f'<s:Envelope xmlns:s="{SOAP_11}"><s:Body><t:list/></s:Body></s:Envelope>'.encode(),
    "undefined entity": envelopes.envelope("", "<tran:listShipments>&geheim;</tran:listShipments>").encode(),
    "DTD": b"<!DOCTYPE x>" + LISTING.encode(),
    "outer DTD": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">' + LISTING.encode(),
    "file": f'<!DOCTYPE x [<!ENTITY e SYSTEM "{SECRETS}">]>{LISTING.replace("MVP", "&e;")}'.encode(),
    "bomb": f"<!DOCTYPE x [<!ENTITY a0 'lol'>{BOMB}]>{LISTING.replace('MVP', '&a11;')}".encode(),
    "bomb in an attribute": f"<!DOCTYPE x [<!ENTITY a0 'lol'>{BOMB}]><x y='&a11;'/>".encode(),
    "quadratic bomb": f"<!DOCTYPE x [{QUADRATIC}]><x y='{'&a;' * 100_000}'/>".encode(),
    "parameter entities": f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{SECRETS}"> %p;]><x/>'.encode(),
    "deep": b"<a>" * 100_000 + b"</a>" * 100_000,
    "deep within": envelopes.envelope("", f"{'<a>' * 100_000}{'</a>' * 100_000}").encode(),
    "many attributes": f"<a {MANY}/>".encode(),
    "many elements": f"<a>{'<b/>' * 240_000}</a>".encode(),
    "long name": b"<" + b"a" * 900_000 + b"/>",
    "too long": b"<a>" + b" " * 1_100_000 + b"</a>",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_request_is_answered_at_once(stage: None, post: Any, name: str) -> None:
    post(b"<warm/>")
    began = time.process_time()
    answer = post(BROKEN[name])
    passed = time.process_time() - began
    assert (answer.status, answer.codes, answer.content_type) == (500, ["00001"], "text/xml; charset=utf-8")
    assert answer.one("faultcode") == "soapenv:Client"
    assert "root:" not in answer.text
    assert passed < 0.25, passed


class Body(io.BytesIO):
    """A body that has no end, and counts what is read of it."""

    given = 0

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        assert size > 0
        self.given += size
        return b"<" * size


@pytest.mark.parametrize(
    "length",
    [{"CONTENT_LENGTH": "50000000"}, {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}],
    ids=["of 50 MB", "in chunks"],
)
def test_of_a_long_body_no_more_is_read_than_is_taken(stage: None, length: dict[str, Any]) -> None:
    body = Body()
    answer = raw(**length, **{"wsgi.input": body})
    assert (answer.codes, answer.one("faultstring")) == (["00001"], "Die Anfrage ist länger als 1 MB.")
    assert body.given <= 1_000_001


def raw(**environ: Any) -> Answer:
    return Answer(Client().generic("POST", TRANSFER, b"", content_type="text/xml", **environ))


def test_a_body_in_chunks_is_read_though_it_does_not_say_how_long_it_is(stage: None) -> None:
    environ = {
        "wsgi.input": io.BytesIO(LISTING.encode()),
        "wsgi.input_terminated": True,
        "HTTP_TRANSFER_ENCODING": "chunked",
        "CONTENT_LENGTH": "",
    }
    assert raw(**environ).codes == ["00960", "00962"]


def test_a_body_that_breaks_off_is_no_request(stage: None) -> None:
    class Broken(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError

    assert raw(CONTENT_LENGTH="100", **{"wsgi.input": Broken()}).codes == ["00001"]


@pytest.mark.parametrize("length", ["x", "-5", ""])
def test_a_length_that_is_none_harms_nobody(stage: None, length: str) -> None:
    assert raw(CONTENT_LENGTH=length).codes == ["00001"]


@pytest.mark.parametrize("charset", ["klingonisch", "utf-7", "ä", "\x01", '"utf-8"', ""])
def test_a_character_set_that_is_none_harms_nobody(stage: None, post: Any, charset: str) -> None:
    answer = post(LISTING.replace("MVP", "Müller"), content_type=f"text/xml; charset={charset}")
    assert set(answer.codes) <= {"00001", "00960", "00962"}
    assert answer.status == 500


PATHS = [
    *("/bipro/", "/bipro/x", "/bipro/../x", "/bipro/a/b.html", "/bipro/%00", f"/bipro/{'x' * 5000}"),
    *("/bipro/410_STS/", "/bipro/410_STS/UserPasswordLogin_2.6", "/bipro/430_Transfer/Service_2.6.1.1.0.1"),
    *("/bipro/430_Transfer/Service_2.6.1.1.0/x", "/bipro/%0A430_Transfer/Service_2.6.1.1.0"),
    "/bipro/430_Transfer/Service_\N{ARABIC-INDIC DIGIT TWO}.6.1.1.0",
]


@pytest.mark.parametrize("path", PATHS)
def test_below_this_door_there_is_no_page_but_a_fault(software: str, path: str) -> None:
    for send in (Client().get, Client().delete, Client().put, Client().options, posted):
        answer = Answer(send(path))
        schemas.validate(answer.bytes)
        assert (answer.status, answer.content_type) == (500, "text/xml; charset=utf-8")
        assert answer.codes in (["00009"], ["00001"])


def posted(path: str) -> Any:
    return Client().post(path, envelopes.login("robot"), content_type="text/xml")


def test_nobody_gets_a_token_at_an_unknown_address(software: str, post: Any) -> None:
    assert post(envelopes.login(software), "/bipro/410_STS/X509Login_2.6.1.1.0").codes == ["00009"]


def test_a_browser_is_told_what_this_address_is_for(stage: None) -> None:
    for address in (STS, TRANSFER, f"{TRANSFER}?wsd", f"{TRANSFER}?xsd=gibtesnicht", f"{TRANSFER}?xsd=../transfer"):
        answer = Answer(Client().get(address))
        assert (answer.status, answer.codes) == (500, ["00009"])
        assert "?wsdl" in answer.one("faultstring")


@pytest.mark.parametrize("address", [STS, TRANSFER])
def test_the_description_and_its_schemas_are_given_where_they_are_asked_for(stage: None, address: str) -> None:
    for question in ("wsdl", "WSDL", "wsdl=1", "xsd=transfer"):
        answer = Client().get(f"{address}?{question}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
        assert f"http://127.0.0.1:8000{address}".encode() in answer.content


def test_an_unexpected_error_is_told_by_number_and_logged_without_what_it_says(
    letter: str, token: str, post: Any, monkeypatch: Any, caplog: Any
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("Sören Übelacker, K-WB 4444")

    monkeypatch.setattr(delivery, "shipment", fail)
    answer = post(asking("getShipment", token, letter))
    assert (answer.status, answer.codes, answer.one("faultcode")) == (500, ["99999"], "soapenv:Server")
    assert "bel" not in answer.one("faultstring")
    (record,) = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert record.levelname == "ERROR"
    assert re.match(rf"BiPRO {answer.one('nac:ProzessID')}: ValueError in fail:\d+ < ", record.getMessage())
    assert "Übelacker" not in caplog.text


@pytest.mark.parametrize(("message", "code"), [("kein XML", "00001"), (LISTING, "00960")])
def test_a_fault_is_an_answer_and_stands_in_no_log_of_errors(post: Any, caplog: Any, message: str, code: str) -> None:
    with caplog.at_level(logging.INFO):
        answer = post(message)
    assert (answer.status, answer.codes[0]) == (500, code)
    (record,) = caplog.records
    assert (record.levelname, record.name) == ("INFO", "vermittlerpost.interfaces.bipro.exchange")
    assert record.getMessage().startswith(f"BiPRO {answer.one('nac:ProzessID')}: fault {code}")


def test_a_database_that_is_away_is_a_passing_trouble(token: str, post: Any, monkeypatch: Any) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError

    monkeypatch.setattr(delivery, "pages_of_shipments", fail)
    assert post(listing(token)).codes == ["00940"]
