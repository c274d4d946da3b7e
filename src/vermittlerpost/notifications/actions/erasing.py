"""Remove addresses from the mail log when they need no longer be kept; that somebody was mailed, and why, stays."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Concat

from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import HOUSE, Event, Kind
from vermittlerpost.lib import clock
from vermittlerpost.notifications import events, queries
from vermittlerpost.notifications.models import Mail, Mention, SoftBounce
from vermittlerpost.notifications.rules import ERASED_ADDRESS


@transaction.atomic
def erase_addresses(before: datetime, *, kept: Sequence[str], after: str, limit: int, by: str) -> list[str]:
    """Remove the addresses of up to `limit` mails behind another one, and return which mails those were, by id.

    What speaks of a case that is `kept` is passed over.
    """
    mails = list(queries.still_addressed(before, kept=kept).filter(id__gt=after).values_list("id", flat=True)[:limit])
    # Each its own, since the database refuses two mails about one matter to one address.
    nobody = Concat(Value(ERASED_ADDRESS), Cast("id", TextField()), output_field=TextField())
    Mention.objects.filter(mail__any_of=mails).update(address=nobody)
    SoftBounce.objects.filter(mail__any_of=mails).update(address="")
    Mail.objects.filter(id__any_of=mails).update(address="", reply="")
    _record(events.ADDRESSES_ERASED, len(mails), before, by=by)
    return mails


@transaction.atomic
def erase_suppressions(before: datetime, *, by: str) -> int:
    """Forget suppressed addresses that nobody has any more, and return how many those were."""
    forgotten, _ = queries.nobodys_suppressions(before).delete()
    _record(events.SUPPRESSIONS_ERASED, forgotten, before, by=by)
    return forgotten


def _record(kind: Kind, count: int, before: datetime, *, by: str) -> None:
    if count:
        data = {"count": count, "before": clock.german_day(before).isoformat()}
        journal.record([Event(kind=kind, subject=HOUSE, data=data)], by=by)
