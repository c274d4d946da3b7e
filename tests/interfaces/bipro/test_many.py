"""Many at once: programs fetch on ten connections with one token, and two of them acknowledge the same shipment."""

import http.client
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker
from tests import acts, cast
from tests.browser import houses
from tests.interfaces.bipro.envelopes import PASSWORD, STS, TRANSFER, asking, listing, login
from tests.interfaces.bipro.pooled import Pooled

from vermittlerpost.delivery.models import Receipt
from vermittlerpost.delivery.rules import ReceiptKind
from vermittlerpost.intake import actions as intake
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.interfaces.ops.simulation import days
from vermittlerpost.letters import rendering
from vermittlerpost.lib import clock

pytestmark = pytest.mark.xdist_group("many")  # what they share takes long to make

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
def door(
    furnished: str,
    django_db_blocker: DjangoDbBlocker,
    home: Any,
    allow: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """Answer as many calls as come, ten at once; what stands for a letter's PDF names the letter all over."""
    allow(bipro_requests_per_minute=10 * MANY)
    monkeypatch.setattr(rendering, "render", lambda facts: stand_in(facts.letter))
    server = Pooled(threads=CONNECTIONS, at=acts.moment(AT))
    with django_db_blocker.unblock(), houses.copy_of(furnished), server.open() as host:
        yield host


def stand_in(letter: str) -> bytes:
    """Return something of the size of a PDF that cannot be taken for that of another letter."""
    return b"%PDF-1.7\n" + letter.encode() * 4000


def _furnish() -> None:
    cast.enter()
    acts.give_password(cast.ROBOT, PASSWORD)
    numbers = [f"{place:07}" for place in range(MANY)]
    intake.put_evbs([acts.evb(number) for number in numbers], by=acts.BY)
    acts.receive(*(_notice(place, number) for place, number in enumerate(numbers)))
    with clock.turned_to(days.morning_of(date.fromisoformat(acts.REQUESTED))):
        rounds.take_steps()


def _notice(place: int, evb: str) -> Any:
    return replace(acts.notice(f"Z-{place}"), evb=evb, plate=f"K-AB {place + 1}", vin=f"WVWZZZ1JZ3W{place:06}")


def call(door: str, message: str, address: str = TRANSFER) -> bytes:
    """Send a message on a connection of its own and return the answer."""
    connection = http.client.HTTPConnection(door, timeout=60)
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
def test_ten_connections_fetch_a_thousand_shipments_on_one_token_and_acknowledge_some(door: str) -> None:
    rounds.render()
    (token,) = found(call(door, login(cast.ROBOT), STS), "Identifier")
    listed = found(call(door, listing(token)), ":ID")
    fetched = at_once(lambda shipment: call(door, asking("getShipment", token, shipment)), listed)
    acknowledged = listed[::5]
    at_once(lambda shipment: call(door, asking("acknowledgeShipment", token, shipment)), acknowledged)

    assert len(set(listed)) == len(listed) == MANY
    assert [found(content, ":ID") for content in fetched] == [[shipment] for shipment in listed]
    assert all(stand_in(shipment) in content for shipment, content in zip(listed, fetched, strict=True))
    assert receipts(ReceiptKind.FETCHED) == Counter(listed)
    assert receipts(ReceiptKind.ACKNOWLEDGED) == Counter(acknowledged)
    assert set(found(call(door, listing(token)), ":ID")) == set(listed) - set(acknowledged)


def test_of_two_programs_that_acknowledge_the_same_shipment_at_once_one_leaves_a_receipt(door: str) -> None:
    tokens = [found(call(door, login(cast.ROBOT), STS), "Identifier")[0] for _ in range(2)]
    shipments = found(call(door, listing(tokens[0])), ":ID")[:ROUNDS]
    pairs = [asking("acknowledgeShipment", token, shipment) for shipment in shipments for token in tokens]
    answers = at_once(lambda message: call(door, message), pairs)

    assert [found(answer, "StatusID") for answer in answers] == [["OK"]] * 2 * ROUNDS
    assert receipts(ReceiptKind.ACKNOWLEDGED) == Counter(shipments)
