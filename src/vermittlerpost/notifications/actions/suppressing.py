"""Stop writing to addresses that cannot be reached, until somebody lifts it."""

from django.db import transaction

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.lib import clock
from vermittlerpost.notifications import events
from vermittlerpost.notifications.models import Suppression


@transaction.atomic
def suppress(address: str, *, reason: str, by: str) -> None:
    """Write to an address no more; nobody's preference changes by that."""
    _, is_new = Suppression.objects.get_or_create(
        address=address.lower(), defaults={"since": clock.now(), "reason": reason}
    )
    if is_new:
        _record(events.ADDRESS_SUPPRESSED, address, reason, by=by)


@transaction.atomic
def restore(address: str, *, by: str) -> None:
    """Write to an address again."""
    count, _ = Suppression.objects.filter(address=address.lower()).delete()
    if count:
        _record(events.ADDRESS_RESTORED, address, "", by=by)


def _record(kind: Kind, address: str, reason: str, *, by: str) -> None:
    # The journal names the users, never the address.
    journal.record(
        [
            Event(kind=kind, subject=f"user:{login_id}", data={"reason": reason})
            for login_id in agencies.logins_with(address)
        ],
        by=by,
    )
