"""Show what a change would do before it is made: it is made, looked at, and taken back (B3, B13)."""

from collections.abc import Callable

from django.db import transaction

from vermittlerpost.notifications.queries import Preview, compare, standing


def preview(change: Callable[[], object], *, firm: str) -> Preview:
    """Return what a change of a firm's users or their choices would do; refuses what the change itself refuses.

    So nothing is foretold by other rules than those that will hold.
    """
    with transaction.atomic():
        before = standing(firm)
        change()
        after = standing(firm)
        transaction.set_rollback(True)
    return compare(before, after)
