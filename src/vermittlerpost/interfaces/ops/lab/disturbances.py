"""The faults that a vendor can order: each is done to the wire around the door, of which the door knows nothing."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.interfaces.ops.lab.calls import ACKNOWLEDGE, GET, LIST, LOGIN, SHIPMENTS, Answer, Asked

RETRY_AFTER = 1
_LIST_ENTRY = re.compile(rb"<((?:[\w.-]+:)?Lieferung)>.*?</\1>", re.DOTALL)
_PDF_PART = re.compile(rb"\r\n(--[^\r\n]+)\r\nContent-Type: application/pdf\r\n.*(?=\r\n\1--)", re.DOTALL)

Ask = Callable[[], Answer]
Disturb = Callable[[Asked, Ask, float], tuple[Answer, bool]]
"""Answers a request in place of the door, which `ask` asks, and tells whether anything was disturbed."""


@dataclass(frozen=True, kw_only=True)
class Disturbance:
    """One kind of fault: what it does, and to which operations."""

    sentence: str
    operations: frozenset[str]
    disturb: Disturb


@dataclass(frozen=True, kw_only=True)
class Order:
    """A fault that is to happen once; `seconds` matter to slow answers only."""

    kind: str
    seconds: float


def _expire(asked: Asked, ask: Ask, _seconds: float) -> tuple[Answer, bool]:
    was_good = agencies.cancel_token(asked.token)
    return ask(), was_good


def _be_unavailable(_asked: Asked, _ask: Ask, _seconds: float) -> tuple[Answer, bool]:
    body = "Vorübergehend nicht erreichbar (Labor).".encode()
    headers = (
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Retry-After", str(RETRY_AFTER)),
    )
    return Answer(status="503 Service Unavailable", headers=headers, body=body), True


def _leave_out_the_part(_asked: Asked, ask: Ask, _seconds: float) -> tuple[Answer, bool]:
    answer = ask()
    rest, found = _PDF_PART.subn(b"", answer.body)
    return (answer.with_body(rest), True) if found else (answer, False)


def _cut_off(_asked: Asked, ask: Ask, _seconds: float) -> tuple[Answer, bool]:
    answer = ask()
    found = _PDF_PART.search(answer.body)
    if found is None:
        return answer, False
    return answer.with_body(answer.body[: (found.start() + found.end()) // 2]), True


def _list_twice(_asked: Asked, ask: Ask, _seconds: float) -> tuple[Answer, bool]:
    answer = ask()
    found = _LIST_ENTRY.search(answer.body)
    if found is None:
        return answer, False
    return answer.with_body(answer.body[: found.end()] + found[0] + answer.body[found.end() :]), True


def _dawdle(_asked: Asked, ask: Ask, seconds: float) -> tuple[Answer, bool]:
    time.sleep(seconds)
    return ask(), True


DISTURBANCES: Mapping[str, Disturbance] = MappingProxyType(
    {
        "token_abgelaufen": Disturbance(
            sentence="Das Token gilt beim nächsten Aufruf nicht mehr.",
            operations=frozenset(SHIPMENTS),
            disturb=_expire,
        ),
        "503": Disturbance(
            sentence="Der Aufruf wird mit HTTP 503 und Retry-After beantwortet.",
            operations=frozenset({LOGIN, LIST, GET, ACKNOWLEDGE}),
            disturb=_be_unavailable,
        ),
        "mtom_teil_fehlt": Disturbance(
            sentence="Der Antwort auf getShipment fehlt der Teil mit dem PDF.",
            operations=frozenset({GET}),
            disturb=_leave_out_the_part,
        ),
        "mtom_abgeschnitten": Disturbance(
            sentence="Die Antwort auf getShipment endet mitten im PDF.",
            operations=frozenset({GET}),
            disturb=_cut_off,
        ),
        "doppelte_lieferung": Disturbance(
            sentence="Die erste Lieferung steht zweimal in der Liste.",
            operations=frozenset({LIST}),
            disturb=_list_twice,
        ),
        "langsam": Disturbance(
            sentence="Die Antwort lässt auf sich warten (sekunden).",
            operations=frozenset({LOGIN, LIST, GET, ACKNOWLEDGE}),
            disturb=_dawdle,
        ),
    }
)
"""By the name under which a vendor orders it."""
