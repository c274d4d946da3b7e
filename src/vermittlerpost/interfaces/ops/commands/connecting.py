"""`api-key` and `webhook`: what the insurer's other systems may do here, and what they are told."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated

import typer

from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange import queries
from vermittlerpost.exchange.rules.hooks import HookEvent
from vermittlerpost.exchange.rules.keys import Scope
from vermittlerpost.interfaces.ops.commands.app import AsJson, app, command, fail, show_json, show_table
from vermittlerpost.lib import clock

_OPERATOR = "operator"
_ALL_SCOPES = ", ".join(Scope)
_ALL_EVENTS = ", ".join(HookEvent)

keys = typer.Typer(help="API-Schlüssel ausgeben, auflisten, widerrufen.", no_args_is_help=True)
hooks = typer.Typer(help="Webhooks einrichten, auflisten, beenden, Aufgegebenes erneut senden.", no_args_is_help=True)
app.add_typer(keys, name="api-key")
app.add_typer(hooks, name="webhook")

System = Annotated[str, typer.Argument(help="Name des Systems; er bleibt, wenn sein Schlüssel erneuert wird.")]


@command("create", keys)
def create_key(
    holder: System,
    scope: Annotated[list[str], typer.Option("--scope", help=f"Berechtigung, mehrmals möglich: {_ALL_SCOPES}.")],
    days: Annotated[int, typer.Option("--days", min=1, max=3650, help="Gültig für so viele Tage.")] = 365,
) -> None:
    """Einen Schlüssel ausgeben; er wird nur jetzt gezeigt."""
    unknown = sorted(set(scope) - set(Scope))
    if unknown:
        fail(f"Unbekannte Berechtigung: {', '.join(unknown)}. Es gibt: {_ALL_SCOPES}.")
    expires_at = clock.now() + timedelta(days=days)
    issued = exchange.issue_key(
        holder=holder, scopes=[Scope(one) for one in scope], expires_at=expires_at, by=_OPERATOR
    )
    print(issued.text)
    print(f"\nSchlüssel {issued.key}, gültig bis {clock.german_day(expires_at):%d.%m.%Y}.", end=" ")
    print("Er wird kein zweites Mal gezeigt.")


@command("list", keys)
def list_keys(as_json: AsJson = False) -> None:
    """Alle Schlüssel mit ihren Berechtigungen, auch abgelaufene und widerrufene."""
    rows = [
        {
            "key": key.id,
            "holder": key.holder,
            "scopes": ", ".join(key.scopes),
            "expires_at": key.expires_at,
            "revoked_at": key.revoked_at,
            "used_on": key.used_on,
        }
        for key in queries.issued_keys()
    ]
    _show(["Schlüssel", "System", "Berechtigungen", "gültig bis", "widerrufen", "zuletzt benutzt"], rows, as_json)


@command("revoke", keys)
def revoke_key(
    key: Annotated[str, typer.Argument(help="Kennung des Schlüssels, wie `list` sie zeigt.")],
    reason: Annotated[str, typer.Option("--reason", help="Begründung; sie steht im Journal.")],
) -> None:
    """Einen Schlüssel widerrufen; er öffnet sofort nichts mehr."""
    exchange.revoke_key(key=key, reason=reason, by=_OPERATOR)
    print(f"{key} ist widerrufen.")


@command("add", hooks)
def add_webhook(
    holder: System,
    url: Annotated[str, typer.Argument(help="Adresse mit https://.")],
    event: Annotated[list[str], typer.Option("--event", help=f"Ereignis, mehrmals möglich: {_ALL_EVENTS}.")],
) -> None:
    """Einem System ab jetzt Ereignisse melden; das Geheimnis wird nur jetzt gezeigt."""
    unknown = sorted(set(event) - set(HookEvent))
    if unknown:
        fail(f"Unbekanntes Ereignis: {', '.join(unknown)}. Es gibt: {_ALL_EVENTS}.")
    added = exchange.add_webhook(holder=holder, url=url, wanted={HookEvent(one) for one in event}, by=_OPERATOR)
    print(f"{added.webhook}\n{added.secret}")


@command("list", hooks)
def list_webhooks(as_json: AsJson = False) -> None:
    """Alle Webhooks, und wie viel bei jedem aussteht oder aufgegeben wurde."""
    rows = [
        {
            "webhook": webhook.id,
            "holder": webhook.holder,
            "url": webhook.url,
            "events": ", ".join(webhook.events),
            "waiting": queries.waiting().filter(webhook=webhook).count(),
            "failed": queries.failed().filter(webhook=webhook).count(),
        }
        for webhook in queries.webhooks()
    ]
    _show(["Webhook", "System", "Adresse", "Ereignisse", "steht aus", "aufgegeben"], rows, as_json)


@command("end", hooks)
def end_webhook(webhook: Annotated[str, typer.Argument(help="Webhook (H-…).")]) -> None:
    """Nichts mehr melden; was noch aussteht, wird fallen gelassen."""
    exchange.end_webhook(webhook=webhook, holder=_holder_of(webhook), by=_OPERATOR)
    print(f"{webhook} ist beendet.")


@command("redrive", hooks)
def redrive(
    webhook: Annotated[str, typer.Argument(help="Webhook (H-…).")],
    dispatch: Annotated[list[str] | None, typer.Option("--dispatch", help="Nur diese Meldung (W-…).")] = None,
) -> None:
    """Erneut senden, was nach 72 Stunden aufgegeben wurde."""
    number = exchange.redrive(webhook=webhook, holder=_holder_of(webhook), dispatches=dispatch or [], by=_OPERATOR)
    print(f"{number} Meldungen werden erneut versucht.")


def _holder_of(webhook: str) -> str:
    found = queries.webhooks().filter(id=webhook).first()
    if found is None:
        fail(f"Einen Webhook {webhook} gibt es nicht.")
    return found.holder


def _show(heads: list[str], rows: Sequence[Mapping[str, object]], as_json: bool) -> None:
    if as_json:
        show_json(rows)
    else:
        show_table(heads, [list(row.values()) for row in rows])
