"""What requests with an idempotency key were answered."""

from datetime import datetime

from django.db.models import QuerySet

from vermittlerpost.exchange.models import Answer


def answers_before(moment: datetime) -> QuerySet[Answer]:
    """Return the answers that were given before a moment and are still whole."""
    return Answer.objects.filter(given_at__lt=moment).exclude(body=b"")
