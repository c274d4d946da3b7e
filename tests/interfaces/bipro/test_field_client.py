"""A program that reads by regular expressions and splits parts by hand, as one in wide use does (its quirks by row)."""

import re
from typing import Any

import pytest
from tests.interfaces.bipro import envelopes
from tests.interfaces.bipro.answers import Answer
from tests.interfaces.bipro.envelopes import STS, asking, listing

pytestmark = pytest.mark.django_db

_FIELD = r"<(?:tran:|t:)?{0}>([^<]*)</(?:tran:|t:)?{0}>"
_NAMED = r"<(?:nac:|n:)?{0}>([^<]*)</(?:nac:|n:)?{0}>"
_FILE = r"<(?:allg:|a:|gevo:)?{0}>([^<]*)</(?:allg:|a:|gevo:)?{0}>"


def shipments(answer: Answer) -> list[dict[str, str]]:
    blocks = re.findall(r"<(?:tran:|t:)?Lieferung>(.*?)</(?:tran:|t:)?Lieferung>", answer.text, re.DOTALL)
    names = ("ID", "Einstellzeitpunkt", "Kategorie", "VerfuegbarBis", "AnzahlTransfers", "EnthaeltNurDaten")
    return [{name: re.findall(_FIELD.format(name), block)[0] for name in names} for block in blocks]


def documents(answer: Answer) -> dict[str, bytes]:
    """Take a multipart answer apart at its boundary, as that program does, blanks around each part stripped."""
    boundary = re.findall(r'boundary="([^"]+)"', answer.content_type)[0]
    parts = [part.strip() for part in answer.bytes.split(f"--{boundary}".encode())[1:-1]]
    heads = [part.partition(b"\r\n\r\n") for part in parts]
    root = next(body for head, _, body in heads if b"xml" in head.lower() or b"soap" in head.lower()).decode()
    files = {
        re.findall(rb"content-id: <([^>]+)>", head.lower())[0].decode(): body
        for head, _, body in heads
        if b"xml" not in head.lower()
    }
    names = re.findall(_FILE.format("Dateiname"), root)
    return {name: files[cid] for name, cid in zip(names, re.findall(r'href="cid:([^"]+)"', root), strict=True)}


def test_list_and_document_are_found_by_the_usual_prefixes(letter: str, token: str, post: Any) -> None:
    (one,) = shipments(post(listing(token)))
    assert one["ID"] == letter
    found = documents(post(asking("getShipment", token, letter)))
    assert list(found) == ["Antragsanforderung_K-WB4444.pdf"]
    assert found["Antragsanforderung_K-WB4444.pdf"].startswith(b"%PDF-")
    assert found["Antragsanforderung_K-WB4444.pdf"].endswith(b"%%EOF")  # its last end of line is lost on that program


def test_a_refusal_is_seen_by_the_usual_prefixes(token: str, post: Any) -> None:
    text = post(asking("getShipment", token, "unbekannt")).text
    assert re.findall(_NAMED.format("StatusID"), text) == ["NOK"]
    assert re.findall(_NAMED.format("Text"), text)[0] == "Eine Lieferung mit dieser ID gibt es nicht."


def test_a_request_with_odd_prefixes_finds_its_shipments_by_them(letter: str, token: str, post: Any) -> None:
    text = post(listing(token).replace("tran:", "xf:").replace(":tran=", ":xf=")).text
    assert re.findall(r"<xf:ID>([^<]*)</xf:ID>", text) == [letter]


def test_a_token_is_found_by_its_prefixes(software: str, post: Any) -> None:
    text = post(envelopes.login(software), STS).text
    assert re.findall(r"<wsc:Identifier>([^<]+)</wsc:Identifier>", text)
    assert re.findall(r"<wsu:Expires>([^<]+)</wsu:Expires>", text)


def test_the_head_of_a_letter_is_as_the_parts_say(letter: str, token: str, post: Any) -> None:
    answer = post(asking("getShipment", token, letter))
    boundary = re.fullmatch(
        r'multipart/related; type="application/xop\+xml"; start="<root@vp\.local>"; '
        r'start-info="text/xml"; boundary="(uuid:[0-9a-f]{16})"',
        answer.content_type,
    )
    assert boundary
    head, _, _ = answer.bytes.partition(b"\r\n\r\n")
    assert head.decode().split("\r\n") == [
        f"--{boundary[1]}",
        'Content-Type: application/xop+xml; charset=UTF-8; type="text/xml"',
        "Content-Transfer-Encoding: 8bit",
        "Content-ID: <root@vp.local>",
    ]
    assert answer.bytes.endswith(f"\r\n--{boundary[1]}--\r\n".encode())
    assert len(answer.bytes) - len(answer.pdf) < 5000
