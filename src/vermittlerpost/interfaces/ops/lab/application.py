"""The laboratory on the web: the whole house at its standing clock, and an onlooker before the BiPRO door."""

import io
from collections.abc import Callable, Iterable
from functools import partial
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import connections

from vermittlerpost.interfaces.ops.lab import desk
from vermittlerpost.interfaces.ops.lab.calls import Answer, Asked, Call, asked_in
from vermittlerpost.interfaces.ops.lab.disturbances import DISTURBANCES
from vermittlerpost.interfaces.ops.lab.laboratory import Laboratory
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

_MOST_BYTES = 2_000_000
"""Of a request; the door refuses half as much."""

Environ = dict[str, Any]
House = Callable[[Environ, Any], Iterable[bytes]]


class NoLaboratory(Refused):
    """This is a house that must not be thrown away."""

    code = "no_laboratory"


class Application:
    """Answers what is asked of the laboratory, and lets the house answer everything else."""

    def __init__(self, house: House) -> None:
        environment = settings.ENVIRONMENT
        if environment.is_production or not environment.laboratory:
            raise NoLaboratory("Das Labor wird nur mit `vermittlerpost lab` geöffnet.")
        self._house = house
        self._laboratory = Laboratory()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer one request; whole, since answers are looked at and broken."""
        answer = self._answer(environ)
        start_response(answer.status, list(answer.headers))
        return [answer.body]

    def _answer(self, environ: Environ) -> Answer:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path.startswith("/labor/"):
            return self._at_the_desk(environ)
        with clock.turned_to(self._laboratory.at):
            is_watched = path.startswith("/bipro/") and method == "POST"
            return self._watched(environ) if is_watched else self._asked_of_the_house(environ)

    def _at_the_desk(self, environ: Environ) -> Answer:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        wants_json = "json" in environ.get("HTTP_ACCEPT", "")
        try:
            if (method, path) == ("GET", desk.REPORT) and not wants_json:
                return desk.report_for_people(self._laboratory)
            return desk.answer(self._laboratory, method, path, environ["wsgi.input"].read(_MOST_BYTES))
        finally:
            connections.close_all()

    def _watched(self, environ: Environ) -> Answer:
        body, began = environ["wsgi.input"].read(_MOST_BYTES), monotonic()
        asked = asked_in(body, environ.get("HTTP_SOAPACTION"))
        # What was read is handed on with its length, and what is to be broken must not come compressed.
        length = {"CONTENT_LENGTH": str(len(body)), "HTTP_TRANSFER_ENCODING": "", "HTTP_ACCEPT_ENCODING": ""}
        answer, disturbance = self._disturbed(asked, {**environ, **length, "wsgi.input": io.BytesIO(body)})
        self._laboratory.note(
            Call(
                asked=asked,
                began=began,
                ended=monotonic(),
                is_ok=answer.is_ok,
                codes=answer.codes,
                listed=answer.ids,
                disturbance=disturbance,
            )
        )
        return answer

    def _disturbed(self, asked: Asked, environ: Environ) -> tuple[Answer, str]:
        order = self._laboratory.take_order(asked)
        if order is None:
            return self._asked_of_the_house(environ), ""
        ask = partial(self._asked_of_the_house, environ)
        answer, is_disturbed = DISTURBANCES[order.kind].disturb(asked, ask, order.seconds)
        if not is_disturbed:
            self._laboratory.give_back(order)
        return answer, order.kind if is_disturbed else ""

    def _asked_of_the_house(self, environ: Environ) -> Answer:
        begun: list[Any] = []
        parts = self._house(environ, lambda status, headers, *_error: begun.extend((status, headers)))
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        status, headers = begun
        return Answer(status=status, headers=tuple(headers), body=body)
