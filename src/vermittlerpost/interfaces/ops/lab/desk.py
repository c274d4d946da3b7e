"""What a vendor asks of the laboratory by plain HTTP: its clock, its faults, its report."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from vermittlerpost.interfaces.ops.lab import report
from vermittlerpost.interfaces.ops.lab.calls import Answer
from vermittlerpost.interfaces.ops.lab.disturbances import DISTURBANCES, Order
from vermittlerpost.interfaces.ops.lab.laboratory import Laboratory
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

_MOST_DAYS, _MOST_TIMES, _MOST_SECONDS = 90, 1000, 120
_USUAL_SECONDS = 5
REPORT = "/labor/bericht"

Wish = Callable[[Laboratory, Mapping[str, Any]], object]


class Misunderstood(Refused):
    """What a vendor asks for is not offered, or out of bounds."""

    code = "misunderstood"


def answer(laboratory: Laboratory, method: str, path: str, body: bytes) -> Answer:
    """Do what a vendor wants and answer in JSON; refuses, with a sentence, what is not offered."""
    wishes = _WISHES.get(path)
    if wishes is None:
        return _told("404 Not Found", {"fehler": f"Hier gibt es: {', '.join(_WISHES)}."})
    if method not in wishes:
        return _told("405 Method Not Allowed", {"fehler": f"{path} kennt nur: {', '.join(wishes)}."})
    try:
        return _told("200 OK", wishes[method](laboratory, _read(body)))
    except Misunderstood as refusal:
        return _told("400 Bad Request", {"fehler": refusal.sentence})


def report_for_people(laboratory: Laboratory) -> Answer:
    """Answer with the report as text."""
    return _plain("200 OK", "text/plain; charset=utf-8", report.text(laboratory.stretch()))


def _told(status: str, told: object) -> Answer:
    content = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    return _plain(status, "application/json; charset=utf-8", f"{content}\n")


def _plain(status: str, content_type: str, content: str) -> Answer:
    return Answer(status=status, headers=(("Content-Type", content_type),), body=b"").with_body(content.encode())


def _read(body: bytes) -> Mapping[str, Any]:
    try:
        asked = json.loads(body or b"{}")
    except ValueError as error:
        raise Misunderstood("Das ist kein JSON.") from error
    if not isinstance(asked, dict):
        raise Misunderstood("Es wird ein JSON-Objekt erwartet.")
    return asked


def _number(asked: Mapping[str, Any], name: str, usual: int, most: int) -> int:
    number = asked.get(name, usual)
    if type(number) is not int or not 1 <= number <= most:
        raise Misunderstood("{name} ist eine ganze Zahl von 1 bis {most}.", name=name, most=str(most))
    return number


def _time(laboratory: Laboratory, _asked: Mapping[str, Any]) -> object:
    return {"uhr": laboratory.at.astimezone(clock.GERMANY)}


def _turn(laboratory: Laboratory, asked: Mapping[str, Any]) -> object:
    new = laboratory.turn(_number(asked, "tage", 1, _MOST_DAYS))
    return {"uhr": laboratory.at.astimezone(clock.GERMANY), "neue_lieferungen": new}


def _disturb(laboratory: Laboratory, asked: Mapping[str, Any]) -> object:
    kind = str(asked.get("art"))
    if kind not in DISTURBANCES:
        raise Misunderstood("art ist eine von: {known}.", known=", ".join(DISTURBANCES))
    seconds = _number(asked, "sekunden", _USUAL_SECONDS, _MOST_SECONDS)
    laboratory.order([Order(kind=kind, seconds=seconds)] * _number(asked, "anzahl", 1, _MOST_TIMES))
    return _coming(laboratory, asked)


def _coming(laboratory: Laboratory, _asked: Mapping[str, Any]) -> object:
    coming = Counter(order.kind for order in laboratory.orders())
    return [{"art": kind, "anzahl": times, "wirkung": DISTURBANCES[kind].sentence} for kind, times in coming.items()]


def _calm(laboratory: Laboratory, asked: Mapping[str, Any]) -> object:
    laboratory.cancel_orders()
    return _coming(laboratory, asked)


def _report(laboratory: Laboratory, _asked: Mapping[str, Any]) -> object:
    return report.report(laboratory.stretch())


def _start_over(laboratory: Laboratory, asked: Mapping[str, Any]) -> object:
    laboratory.start_over()
    return _time(laboratory, asked)


_WISHES: Mapping[str, Mapping[str, Wish]] = {
    "/labor/uhr": {"GET": _time, "POST": _turn},
    "/labor/stoerungen": {"GET": _coming, "POST": _disturb, "DELETE": _calm},
    REPORT: {"GET": _report},
    "/labor/neu": {"POST": _start_over},
}
