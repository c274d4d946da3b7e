"""Bounces: a mail provider, or a program between it and us, tells which mails could not be delivered."""

import json
import zlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange.actions import Reply
from vermittlerpost.exchange.rules.keys import Scope
from vermittlerpost.interfaces.api.descriptions import refusals
from vermittlerpost.interfaces.api.keys import ApiKey, actor_of, holder_of
from vermittlerpost.interfaces.api.schemas import BounceKind, BounceResult, NewBounce
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications.rules import Bounce, BounceFate, bounce_reason, is_for_good, status_in

router = Router(tags=["Unzustellbare E-Mails"], auth=ApiKey(Scope.BOUNCES))


class _NothingDone(Exception):
    """The bounce led to nothing, so that no answer is kept: told again later, it may."""


@router.post(
    "/bounces",
    response={200: BounceResult, **refusals(400, 401, 403, 410, 422, 503)},
    summary="Unzustellbare E-Mail melden",
)
def report_bounce(request: HttpRequest, response: HttpResponse, told: NewBounce) -> Any:
    """Was endgültig nicht ankommt, sperrt die Adresse; was vorläufig nicht ankommt, beim dritten Mal in sieben Tagen.

    Dasselbe noch einmal zu melden ändert nichts. Abwesenheitsnotizen und Verzögerungen gehören nicht hierher.
    """
    bounce = _bounce(told)

    def work() -> Reply:
        fate = notifications.note_bounce(bounce, by=actor_of(request))
        if fate is BounceFate.UNKNOWN:
            raise _NothingDone
        return Reply(status=200, content_type="application/json", body=zlib.compress(json.dumps(fate).encode()))

    key = f"bounce:{bounce.mail}:{told.kind}"
    try:
        reply = exchange.answer_once(holder=holder_of(request).name, key=key, fingerprint="", work=work)
    except _NothingDone:
        return {"fate": BounceFate.UNKNOWN}
    if reply.is_repeated:
        response["Idempotent-Replayed"] = "true"
    return {"fate": json.loads(zlib.decompress(reply.body))}


def _bounce(told: NewBounce) -> Bounce:
    """Return what is believed: a server that names a passing trouble is believed more than who calls it permanent."""
    status = status_in(told.diagnostic)
    return Bounce(
        mail=told.message_id.strip("<>").partition("@")[0].partition(".")[0],
        is_permanent=told.kind is BounceKind.PERMANENT and (not status or is_for_good(status)),
        reason=bounce_reason(status),
        recipient=told.recipient,
        at=told.at,
    )
