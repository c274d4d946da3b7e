"""Ask for keys, for answers, for webhooks, and for how far they have been told."""

from vermittlerpost.exchange.queries.answers import answers_before
from vermittlerpost.exchange.queries.keys import issued_keys
from vermittlerpost.exchange.queries.places import happenings, head, is_committed
from vermittlerpost.exchange.queries.webhooks import dispatches, failed, waiting, webhook, webhooks

__all__ = [
    "answers_before", "dispatches", "failed", "happenings", "head", "is_committed", "issued_keys", "waiting", "webhook",
    "webhooks",
]  # fmt: skip
