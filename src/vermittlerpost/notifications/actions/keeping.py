"""Keep the last reader of what is urgent: no administrator takes him away alone, however he goes about it (B12)."""

from collections.abc import Callable, Sequence

from django.db import transaction

from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.queries import Gap, Standing

_MOST_NAMED = 5


class LastReader(Refused):
    """Nobody would be mailed any more about what is urgent at an agency (B12)."""

    code = "last_reader"


@transaction.atomic
def keep_readers(change: Callable[[], object], *, firm: str) -> None:
    """Make a change of a firm's users as one of its administrators does it: access, role, rights, scope or address.

    Refuses what the change itself refuses, and to leave an agency that is served electronically without anybody who is
    mailed about what is urgent. A gap that was there before keeps nobody from changing.
    """
    # The turn of those who choose: of two who each count on the other's reader one would be wrong.
    take_turns("preferences")
    before = queries.standing(firm)
    change()
    refuse_last_readers(before, queries.standing(firm))


def refuse_last_readers(before: Standing, after: Standing) -> None:
    """Refuse, within the caller's transaction, what took away the last reader of what is urgent."""
    known = set(before.gaps)
    opened = [gap for gap in after.gaps if gap not in known and CATEGORIES[gap.category].urgent]
    if opened:
        _refuse(opened)


def _refuse(opened: Sequence[Gap]) -> None:
    title = CATEGORIES[opened[0].category].title
    numbers = sorted({gap.agency for gap in opened})
    agencies = ", ".join(numbers[:_MOST_NAMED]) + (" …" if len(numbers) > _MOST_NAMED else "")
    if len(numbers) == 1:
        raise LastReader(
            "Über „{category}“ der Agentur {agencies} würde niemand mehr benachrichtigt. "
            "Stellen Sie zuerst bei jemand anderem, der sie sieht, „Ja“ ein.",
            category=title,
            agencies=agencies,
        )
    raise LastReader(
        "Über „{category}“ der {count} Agenturen {agencies} würde niemand mehr benachrichtigt. "
        "Stellen Sie zuerst bei jemand anderem, der sie sieht, „Ja“ ein.",
        category=title,
        agencies=agencies,
        count=str(len(numbers)),
    )
