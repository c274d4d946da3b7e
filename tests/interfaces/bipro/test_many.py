"""Many at once: programs fetch on ten connections with one token, and two of them acknowledge the same shipment."""

import http.client
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from pytest_django import DjangoDbBlocker
from tests import acts, cast
from tests.browser import houses
from tests.browser.serving import Served
from tests.interfaces.bipro.envelopes import PASSWORD, STS, TRANSFER, asking, listing, login

from vermittlerpost.delivery.models import Receipt
from vermittlerpost.delivery.rules import ReceiptKind
from vermittlerpost.intake import actions as intake

AT = "2026-02-17 09:00"
MANY = 1000
CONNECTIONS = 10
ROUNDS = 20


@pytest.fixture(scope="module")
def furnished(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Return a database with a thousand letters of one firm."""
    with django_db_blocker.unblock(), houses.furnished(_furnish) as name:
        yield name


@pytest.fixture
def door(furnished: str, django_db_blocker: DjangoDbBlocker, home: Any, allow: Callable[..., None]) -> Iterator[Served]:
    """Answer as many calls as come."""
    allow(bipro_requests_per_minute=10 * MANY)
    with django_db_blocker.unblock(), houses.copy_of(furnished), Served(acts.moment(AT)).open() as served:
        yield served


def _furnish() -> None:
    cast.enter()
    acts.give_password(cast.ROBOT, PASSWORD)
    numbers = [f"{place:07}" for place in range(MANY)]
    intake.put_evbs([acts.evb(number) for number in numbers], by=acts.BY)
    acts.receive(*(_notice(place, number) for place, number in enumerate(numbers)))
    acts.mornings(acts.REQUESTED)


def _notice(place: int, evb: str) -> Any:
    return replace(acts.notice(f"Z-{place}"), evb=evb, plate=f"K-AB {place + 1}", vin=f"WVWZZZ1JZ3W{place:06}")


def call(door: Served, message: str, address: str = TRANSFER) -> bytes:
    """Send a message on a connection of its own and return the answer."""
    connection = http.client.HTTPConnection(urlsplit(door.url).netloc, timeout=60)
    connection.request("POST", address, message.encode(), {"Content-Type": "text/xml; charset=utf-8"})
    response = connection.getresponse()
    content = response.read()
    connection.close()
    assert response.status == 200, content
    return content


def found(content: bytes, name: str) -> list[str]:
    return re.findall(f"{name}>([^<]+)</", content.decode("latin-1"))


def at_once(work: Callable[[str], bytes], shipments: Sequence[str]) -> list[bytes]:
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return list(pool.map(work, shipments))


def receipts(kind: ReceiptKind) -> Counter[str]:
    return Counter(one.letter_id for one in Receipt.objects.filter(kind=kind))


@pytest.mark.timeout(900)
def test_ten_connections_fetch_a_thousand_shipments_and_acknowledge_them_on_one_token(door: Served) -> None:
    (token,) = found(call(door, login(cast.ROBOT), STS), "Identifier")
    listed = found(call(door, listing(token)), ":ID")
    fetched = at_once(lambda shipment: call(door, asking("getShipment", token, shipment)), listed)
    at_once(lambda shipment: call(door, asking("acknowledgeShipment", token, shipment)), listed)

    assert len(set(listed)) == len(listed) == MANY
    assert [found(content, ":ID") for content in fetched] == [[shipment] for shipment in listed]
    assert all(content.count(b"%PDF-") == 1 for content in fetched)
    assert receipts(ReceiptKind.FETCHED) == receipts(ReceiptKind.ACKNOWLEDGED) == Counter(listed)
    assert found(call(door, listing(token)), "MeldungID") == ["04001"]


def test_of_two_programs_that_acknowledge_the_same_shipment_at_once_one_leaves_a_receipt(door: Served) -> None:
    tokens = [found(call(door, login(cast.ROBOT), STS), "Identifier")[0] for _ in range(2)]
    shipments = found(call(door, listing(tokens[0])), ":ID")[:ROUNDS]
    pairs = [asking("acknowledgeShipment", token, shipment) for shipment in shipments for token in tokens]
    answers = at_once(lambda message: call(door, message), pairs)

    assert [found(answer, "StatusID") for answer in answers] == [["OK"]] * 2 * ROUNDS
    assert receipts(ReceiptKind.ACKNOWLEDGED) == Counter(shipments)
