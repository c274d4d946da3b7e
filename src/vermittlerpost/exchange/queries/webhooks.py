"""Ask for webhooks and what was or will be sent to them."""

from django.db.models import QuerySet

from vermittlerpost.exchange.models import Dispatch, Webhook
from vermittlerpost.exchange.rules.hooks import DispatchState


def webhooks(holder: str = "") -> QuerySet[Webhook]:
    """Return the webhooks that have not ended, of one holder or all."""
    found = Webhook.objects.filter(ended_at=None).order_by("holder", "id")
    return found.filter(holder=holder) if holder else found


def webhook(holder: str, webhook_id: str) -> Webhook | None:
    """Return a holder's webhook, if he has such a one that has not ended."""
    return webhooks(holder).filter(id=webhook_id).first()


def dispatches(webhook_id: str, state: str = "") -> QuerySet[Dispatch]:
    """Return what was or will be sent to a webhook, by id."""
    found = Dispatch.objects.filter(webhook=webhook_id).order_by("id")
    return found.filter(state=state) if state else found


def waiting() -> QuerySet[Dispatch]:
    """Return what is to be sent."""
    return Dispatch.objects.filter(state=DispatchState.WAITING)


def failed() -> QuerySet[Dispatch]:
    """Return what was given up and nobody has redriven: a worklist."""
    return Dispatch.objects.filter(state=DispatchState.FAILED).order_by("settled_at", "id")
