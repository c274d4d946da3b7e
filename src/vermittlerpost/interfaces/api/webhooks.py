"""Webhooks: a system sets them up, sees what became of its messages, and has those redriven that were given up."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Status

from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange import queries
from vermittlerpost.exchange.rules.hooks import DispatchState
from vermittlerpost.exchange.rules.keys import Scope
from vermittlerpost.interfaces.api.descriptions import refusals
from vermittlerpost.interfaces.api.keys import ApiKey, actor_of, holder_of
from vermittlerpost.interfaces.api.paging import Cursor, Id, Limit, key_of, page_of
from vermittlerpost.interfaces.api.schemas import AddedWebhook, Dispatch, NewWebhook, PageOf, Redriven, Webhook

router = Router(tags=["Webhooks"], auth=ApiKey(Scope.WEBHOOKS))

_PAGE = 100
_ONE = refusals(401, 403, 404, 422, 503)
_DISPATCH = (
    "id", "event", "case", "state", "made_at", "attempts", "next_attempt_at", "settled_at", "reply",
)  # fmt: skip


@router.get("/webhooks", response={200: PageOf[Webhook], **refusals(401, 403, 422, 503)}, summary="Eigene Webhooks")
def list_webhooks(request: HttpRequest, response: HttpResponse, limit: Limit = _PAGE, cursor: Cursor = "") -> Any:
    """Die Webhooks dieses Systems, und wie viel bei jedem aussteht oder aufgegeben wurde."""
    rows = queries.webhooks(holder_of(request).name).filter(id__gt=key_of(cursor)).order_by("id")
    shown, following = page_of(request, response, list(rows[: limit + 1]), limit, lambda webhook: webhook.id)
    return {"items": [_webhook(webhook) for webhook in shown], "next": following}


@router.post(
    "/webhooks",
    response={201: AddedWebhook, **refusals(400, 401, 403, 422, 503)},
    summary="Webhook einrichten",
)
def add_webhook(request: HttpRequest, new: NewWebhook) -> Any:
    """Ab jetzt Ereignisse melden lassen; das Geheimnis wird nur hier gezeigt."""
    added = exchange.add_webhook(
        holder=holder_of(request).name, url=new.url, wanted=set(new.events), by=actor_of(request)
    )
    return Status(201, {"id": added.webhook, "secret": added.secret})


@router.delete("/webhooks/{webhook}", response={204: None, **_ONE}, summary="Webhook beenden")
def end_webhook(request: HttpRequest, webhook: Id) -> Any:
    """Nichts mehr melden; was noch aussteht, wird fallen gelassen."""
    exchange.end_webhook(webhook=webhook, holder=holder_of(request).name, by=actor_of(request))
    return Status(204, None)


@router.get("/webhooks/{webhook}/dispatches", response={200: PageOf[Dispatch], **_ONE}, summary="Meldungen")
def list_dispatches(
    request: HttpRequest,
    response: HttpResponse,
    webhook: Id,
    state: DispatchState | None = None,
    limit: Limit = _PAGE,
    cursor: Cursor = "",
) -> Any:
    """Was einem Webhook gemeldet wurde oder wird, nach Nummer."""
    _own(request, webhook)
    rows = queries.dispatches(webhook, state or "").filter(id__gt=key_of(cursor))
    shown, following = page_of(request, response, list(rows[: limit + 1]), limit, lambda dispatch: dispatch.id)
    return {"items": [{name: getattr(one, name) for name in _DISPATCH} for one in shown], "next": following}


@router.post("/webhooks/{webhook}/redrive", response={200: Redriven, **_ONE}, summary="Aufgegebenes erneut melden")
def redrive_webhook(request: HttpRequest, webhook: Id) -> Any:
    """Alles erneut versuchen, was bei diesem Webhook aufgegeben wurde."""
    return _redriven(request, webhook, [])


@router.post(
    "/webhooks/{webhook}/dispatches/{dispatch}/redrive",
    response={200: Redriven, **_ONE, **refusals(409)},
    summary="Eine aufgegebene Meldung erneut senden",
)
def redrive_dispatch(request: HttpRequest, webhook: Id, dispatch: Id) -> Any:
    """Eine Meldung erneut versuchen, die aufgegeben wurde."""
    return _redriven(request, webhook, [dispatch])


def _redriven(request: HttpRequest, webhook: str, dispatches: list[str]) -> dict[str, int]:
    holder = holder_of(request).name
    number = exchange.redrive(webhook=webhook, holder=holder, dispatches=dispatches, by=actor_of(request))
    return {"redriven": number}


def _own(request: HttpRequest, webhook: str) -> None:
    if queries.webhook(holder_of(request).name, webhook) is None:
        raise Http404


def _webhook(webhook: Any) -> dict[str, Any]:
    dispatches = queries.dispatches(webhook.id)
    return {
        "id": webhook.id,
        "url": webhook.url,
        "events": webhook.events,
        "made_at": webhook.made_at,
        "waiting": dispatches.filter(state=DispatchState.WAITING).count(),
        "failed": dispatches.filter(state=DispatchState.FAILED).count(),
    }
