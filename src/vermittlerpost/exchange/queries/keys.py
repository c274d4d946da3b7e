"""Ask which keys there are."""

from django.db.models import QuerySet

from vermittlerpost.exchange.models import ApiKey


def issued_keys() -> QuerySet[ApiKey]:
    """Return every key that was ever issued, by holder, the newest first."""
    return ApiKey.objects.order_by("holder", "-issued_at", "id")
