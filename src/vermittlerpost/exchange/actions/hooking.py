"""Set webhooks up, end them, and redrive what failed."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from vermittlerpost.exchange import events, queries
from vermittlerpost.exchange.models import Dispatch, Place, Webhook
from vermittlerpost.exchange.rules.hooks import DispatchState, HookEvent, is_address, secret_of, shown
from vermittlerpost.exchange.rules.keys import is_holder
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock, identifiers
from vermittlerpost.lib.errors import Refused

_SALT_BYTES = 16
_ASKED = "auf Anweisung"


class UnfitWebhook(Refused):
    """A webhook was to be set up at an address that is none, without encryption, or for nothing."""

    code = "unfit_webhook"


class UnknownWebhook(Refused):
    """The holder has no webhook of this id that has not ended."""

    code = "unknown_webhook"


class NotFailed(Refused):
    """There is no message of this id that was given up."""

    code = "not_failed"


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """A new webhook; `secret` is shown now and never again."""

    webhook: str
    secret: str


@transaction.atomic
def add_webhook(*, holder: str, url: str, wanted: Collection[HookEvent], by: str) -> Subscription:
    """Let a system be told what happens from now on; refuses other than https outside development."""
    _refuse_unfit(holder, url, wanted)
    now, salt = clock.now(), secrets.token_hex(_SALT_BYTES)
    webhook = identifiers.derive("H", holder, url, salt)
    named = sorted(event.value for event in wanted)
    # Whatever was written before the first webhook concerns none.
    Place.objects.get_or_create(id=1, defaults=dict.fromkeys(("settled", "seen"), queries.head()))
    Webhook.objects.create(id=webhook, holder=holder, url=url, events=named, salt=salt, made_at=now)
    data = {"webhook": webhook, "holder": holder, "events": ", ".join(named)}
    journal.record([Event(kind=events.WEBHOOK_ADDED, subject=f"webhook:{webhook}", data=data)], by=by)
    return Subscription(webhook=webhook, secret=shown(secret_of(salt, settings.SECRET_KEY)))


def _refuse_unfit(holder: str, url: str, wanted: Collection[HookEvent]) -> None:
    schemes = {"https"} if settings.ENVIRONMENT.is_production else {"https", "http"}
    if not is_holder(holder):
        raise UnfitWebhook("Der Name des Systems besteht aus kleinen Buchstaben, Ziffern und Bindestrichen.")
    if not is_address(url, schemes):
        raise UnfitWebhook("Ein Webhook braucht eine Adresse mit https://, ohne Anmeldedaten und ohne #.")
    if not wanted:
        raise UnfitWebhook("Ein Webhook braucht mindestens ein Ereignis.")


@transaction.atomic
def end_webhook(*, webhook: str, holder: str, by: str) -> None:
    """Tell a webhook nothing more; what waits for it is dropped and kept as such."""
    now = clock.now()
    if not Webhook.objects.filter(id=webhook, holder=holder, ended_at=None).update(ended_at=now):
        raise UnknownWebhook("Einen Webhook {webhook} gibt es nicht.", webhook=webhook)
    waiting = Dispatch.objects.filter(webhook=webhook, state=DispatchState.WAITING)
    dropped = waiting.update(state=DispatchState.DROPPED, settled_at=now, lease_until=None)
    data = {"webhook": webhook, "dropped": dropped}
    journal.record([Event(kind=events.WEBHOOK_ENDED, subject=f"webhook:{webhook}", data=data)], by=by)


@transaction.atomic
def redrive(*, webhook: str, holder: str, dispatches: Sequence[str], by: str, reason: str = _ASKED) -> int:
    """Try again what was given up, all of it if no ids are given, and return how much; refuses what did not fail."""
    if not Webhook.objects.filter(id=webhook, holder=holder, ended_at=None).exists():
        raise UnknownWebhook("Einen Webhook {webhook} gibt es nicht.", webhook=webhook)
    failed = Dispatch.objects.filter(webhook=webhook, state=DispatchState.FAILED)
    if dispatches:
        failed = failed.filter(id__any_of=list(dispatches))
    found = list(failed.select_for_update().order_by("entry").values_list("id", flat=True))
    if missing := set(dispatches) - set(found):
        raise NotFailed("Die Meldung {dispatch} ist nicht aufgegeben.", dispatch=min(missing))
    Dispatch.objects.filter(id__any_of=found).update(
        state=DispatchState.WAITING, next_attempt_at=clock.now(), first_attempt_at=None, attempts=0, settled_at=None
    )
    data = [{"dispatch": one, "reason": reason} for one in found]
    journal.record([Event(kind=events.REDRIVEN, subject=f"webhook:{webhook}", data=one) for one in data], by=by)
    return len(found)


@transaction.atomic
def settle(*, dispatch: str, reason: str, by: str) -> None:
    """Leave a message that was given up untold for good, also of a webhook that has ended; refuses any other."""
    failed = Dispatch.objects.select_for_update().filter(id=dispatch, state=DispatchState.FAILED).first()
    if failed is None:
        raise NotFailed("Die Meldung {dispatch} ist nicht aufgegeben.", dispatch=dispatch)
    Dispatch.objects.filter(id=dispatch).update(state=DispatchState.DROPPED, settled_at=clock.now())
    data = {"dispatch": dispatch, "reason": reason}
    journal.record([Event(kind=events.SETTLED, subject=f"webhook:{failed.webhook_id}", data=data)], by=by)
