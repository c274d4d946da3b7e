"""A letter's head and a list's fields, taken by a program that reads text between angle brackets."""

import re
from typing import Any

import pytest
from tests.interfaces.bipro.envelopes import asking, listing

pytestmark = pytest.mark.django_db

_NAMES = ("ID", "Einstellzeitpunkt", "Kategorie", "VerfuegbarBis", "AnzahlTransfers", "EnthaeltNurDaten")


def test_the_fields_of_a_list_are_each_found_once_by_the_usual_prefix(letter: str, token: str, post: Any) -> None:
    text = post(listing(token)).text
    found = {name: re.findall(f"<tran:{name}>([^<]*)</tran:{name}>", text) for name in _NAMES}
    assert found["ID"] == [letter]
    assert {name: len(values) for name, values in found.items()} == dict.fromkeys(_NAMES, 1)


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
