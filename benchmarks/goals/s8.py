"""BiPRO: a list of shipments against the time that its reader needs, and what is sent around a document."""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from lxml import etree

from benchmarks import days, ground
from benchmarks.crew import crew, memory
from benchmarks.feeding import feed_evbs, feed_market, feed_notices
from benchmarks.fetching import software
from benchmarks.market import Market
from benchmarks.measuring import Finding, Goal, Line, Run, in_turn
from benchmarks.peers import element_tree
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.lib import clock

ROUNDS = 7
CALLS = 20
LOGIN_ID = "robot00000"

_SHIPMENT = "{http://www.bipro.net/namespace/transfer}Lieferung"


def measure(run: Run) -> Iterator[Line]:
    """List the shipments of a firm and parse the list in turn; then fetch them again and again in another process."""
    shipments, fetches = run.sized(1000), run.sized(10_000)
    with ground.database("bench_s8", like=ground.EMPTY, fill=partial(_fill, shipments)) as database:
        with clock.turned_to(days.morning(1)):
            call = software(LOGIN_ID)
            answer = call("listShipments")
            ids = [values[0] or "" for values in _parsed(answer)]
            assert len(ids) == shipments, len(ids)
            yield from _listing(partial(call, "listShipments"), answer)
            yield from _around(call("getShipment", _wanted(ids[0])))
        with crew(1, database) as (client,):
            held = client.do(_fetch_all, ids, fetches).result
    yield f"MB held after each fifth of {fetches:,} fetches: {', '.join(f'{one:.0f}' for one in held)}"
    yield Finding(what="memory after the last fifth against after the first", measured=held[-1] / held[0], goal=1.05,
                  is_ceiling=True)  # fmt: skip


def _fill(shipments: int) -> None:
    feed_market(Market(firms=1))
    numbers = range(shipments)
    feed_evbs(Market(firms=1), numbers)
    feed_notices(numbers, days.received(0))
    with clock.turned_to(days.morning(0)):
        rounds.take_steps()
        rounds.render()


def _listing(listing: Callable[[], bytes], answer: bytes) -> Iterator[Line]:
    pairs = in_turn(partial(_rate, listing), partial(_rate, partial(_parsed, answer)), ROUNDS)
    naive = in_turn(partial(_rate, listing), partial(_rate, element_tree.write), ROUNDS)
    yield f"the whole list, {len(answer) / 1024:,.0f} KB: {pairs} parsed into its values by lxml"
    yield f"as frameworks build it, by objects and elements, without login, rules and web stack: × {naive.ratio:.1f}"
    yield Finding(what="time of a list against that of parsing it", measured=1 / pairs.ratio, goal=2, is_ceiling=True)


def _parsed(answer: bytes) -> list[list[str | None]]:
    """Return what a client wants of a list: the values of each shipment."""
    return [[value.text for value in shipment] for shipment in etree.fromstring(answer).iter(_SHIPMENT)]


def _around(answer: bytes) -> Iterator[Line]:
    """Tell what surrounds the document: the message about it, and the frame of parts that carries both."""
    document = answer[answer.index(b"%PDF-") : answer.rindex(b"%%EOF") + len(b"%%EOF")]
    message = answer[answer.index(b"<?xml") : answer.index(b"Envelope>\r\n--") + len(b"Envelope>")]
    frame = len(answer) - len(document) - len(message)
    yield f"a document of {len(document):,} bytes comes with a message of {len(message):,} bytes about it"
    yield Finding(what="frame around both, against the document", measured=100 * frame / len(document), goal=1,
                  unit="%", is_ceiling=True)  # fmt: skip


def _rate(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    for _ in range(CALLS):
        work()
    return CALLS / (time.perf_counter() - started)


def _wanted(shipment: str) -> str:
    return f"<tran:ID>{shipment}</tran:ID>"


def _fetch_all(ids: Sequence[str], fetches: int) -> list[float]:
    """Fetch shipments in turn, and return how many MB were held after each fifth."""
    with clock.turned_to(days.morning(1)):
        call, held = software(LOGIN_ID), []
        for fifth in range(5):
            for number in range(fifth * fetches // 5, (fifth + 1) * fetches // 5):
                call("getShipment", _wanted(ids[number % len(ids)]))
            held.append(memory())
    return held


GOAL = Goal(title="BiPRO: lists and documents for brokers' software", measure=measure)
