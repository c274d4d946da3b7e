"""Feeds: two operations for each input format, one object or many, written by the formats themselves."""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from ninja import Router

from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange.actions import Reply
from vermittlerpost.exchange.rules.keys import Scope
from vermittlerpost.intake.formats import IN_FEEDING_ORDER
from vermittlerpost.intake.formats.applications import ApplicationRow
from vermittlerpost.intake.formats.documents import DocumentRow
from vermittlerpost.intake.formats.evb import EvbRow
from vermittlerpost.intake.formats.notices import NoticeRow
from vermittlerpost.intake.formats.print_receipts import PrintReceiptRow
from vermittlerpost.intake.formats.returns import ReturnRow
from vermittlerpost.intake.rules.inputs import Format
from vermittlerpost.interfaces.api import problems
from vermittlerpost.interfaces.api.bodies import BATCH, SINGLE, Body, Shape, received
from vermittlerpost.interfaces.api.descriptions import IDEMPOTENCY_KEY, body_of_batch, body_of_single, refusals
from vermittlerpost.interfaces.api.feeding import feed_batch, feed_single
from vermittlerpost.interfaces.api.keys import ApiKey, actor_of, holder_of
from vermittlerpost.interfaces.api.schemas import BatchResult, SingleResult
from vermittlerpost.journal.actions import Overtaken

router = Router(tags=["Einlieferung"])

_JSON = "application/json"
_ATTEMPTS = 3
_SCOPES = {
    NoticeRow: Scope.FEED_NOTICES,
    EvbRow: Scope.FEED_EVB,
    ApplicationRow: Scope.FEED_APPLICATIONS,
    DocumentRow: Scope.FEED_DOCUMENTS,
    PrintReceiptRow: Scope.FEED_POST,
    ReturnRow: Scope.FEED_POST,
}
_REFUSALS = refusals(400, 401, 403, 410, 411, 413, 415, 422, 503)
_IN_BATCHES = "Ein Objekt je Zeile, höchstens 10.000; eine abgewiesene hält keine andere auf."
_NOTHING_READ = "Der Inhalt ist kein lesbares JSON-Objekt."


@dataclass(frozen=True, kw_only=True)
class Work:
    """One request to feed something."""

    form: Format
    shape: Shape
    path: str
    by: str

    def single(self, body: Body) -> Reply:
        """Feed one object: a refusal is a problem, which is kept as an answer like any other."""
        said = feed_single(body.path, self.shape, by=self.by)
        if said is None:
            return self._refused("unreadable", _NOTHING_READ, [])
        if said["verdict"] != "refused":
            return _reply(200, _JSON, {"verdict": said["verdict"], "warnings": said.get("warnings", [])})
        faults = [{"row": said["row"], **fault} for fault in said["errors"]]
        if faults[0]["column"]:
            sentence = f"{self.form.title}: {faults[0]['column']} – {faults[0]['rule']}"
            return self._refused("row_refused", sentence, faults)
        return self._refused("unreadable", _NOTHING_READ, faults)

    def batch(self, body: Body) -> Reply:
        """Feed many objects, each for itself."""
        return Reply(status=200, content_type=_JSON, body=feed_batch(body.path, self.shape, by=self.by))

    def _refused(self, code: str, sentence: str, faults: list[dict[str, Any]]) -> Reply:
        content = problems.document(self.path, code, sentence, faults)
        return _reply(content["status"], problems.CONTENT_TYPE, content)


def _reply(status: int, content_type: str, content: dict[str, Any]) -> Reply:
    body = zlib.compress(json.dumps(content, ensure_ascii=False).encode())
    return Reply(status=status, content_type=content_type, body=body)


def _answer(request: HttpRequest, form: Format, shape: Shape, do: Callable[[Work, Body], Reply]) -> HttpResponseBase:
    work = Work(form=form, shape=shape, path=request.path, by=actor_of(request))
    with received(request, shape, form.file_name.rstrip("*")) as body:
        reply = _persistently(lambda: _once(request, body, lambda: do(work, body)))
    response = StreamingHttpResponse(_inflated(reply.body), status=reply.status, content_type=reply.content_type)
    if reply.is_repeated:
        response["Idempotent-Replayed"] = "true"
    return response


def _once(request: HttpRequest, body: Body, do: Callable[[], Reply]) -> Reply:
    key = request.headers.get(IDEMPOTENCY_KEY)
    if key is None:
        with transaction.atomic():
            return do()
    fingerprint = hashlib.sha256(f"{request.path} {body.sha256}".encode()).hexdigest()
    return exchange.answer_once(holder=holder_of(request).name, key=key, fingerprint=fingerprint, work=do)


def _persistently(do: Callable[[], Reply]) -> Reply:
    """Do it again if another writer was quicker; nothing of an attempt that failed holds."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return do()
        except Overtaken:
            continue
    return do()


def _inflated(body: bytes) -> Iterator[bytes]:
    inflate = zlib.decompressobj()
    rest = body
    while rest:
        yield inflate.decompress(rest, 1 << 16)
        rest = inflate.unconsumed_tail


def _offer(form: Format) -> None:
    def single(request: HttpRequest) -> HttpResponseBase:
        return _answer(request, form, SINGLE, Work.single)

    def batch(request: HttpRequest) -> HttpResponseBase:
        return _answer(request, form, BATCH, Work.batch)

    sentence = f"{form.sentence} {form.repeat.value}"
    scope = ApiKey(_SCOPES.get(form.row, Scope.FEED_MASTERS))
    router.post(
        f"/{form.code}",
        auth=scope,
        operation_id=f"feed_{form.code}",
        url_name=f"feed_{form.code}",
        summary=f"{form.title}: einzeln",
        description=sentence,
        response={200: SingleResult, **_REFUSALS},
        openapi_extra=body_of_single(form),
    )(single)
    router.post(
        f"/{form.code}/batch",
        auth=scope,
        operation_id=f"feed_{form.code}_batch",
        url_name=f"feed_{form.code}_batch",
        summary=f"{form.title}: viele",
        description=f"{sentence} {_IN_BATCHES}",
        response={200: BatchResult, **_REFUSALS},
        openapi_extra=body_of_batch(form),
    )(batch)


for _form in IN_FEEDING_ORDER:
    _offer(_form)
