"""Wake a sweep: a nudge carries nothing, so that losing or doubling one changes nothing."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def nudge(sweep: str) -> None:
    """Let a worker make a sweep as soon as the caller's transaction holds; one that is waiting already is enough."""
    try:
        with transaction.atomic():
            app.configure_task(sweep, queueing_lock=sweep, allow_unknown=True).defer()
    except AlreadyEnqueued:
        return
