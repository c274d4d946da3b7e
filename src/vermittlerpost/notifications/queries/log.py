"""The mail log: which mails were made in some days, and about what people were not mailed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import User
from vermittlerpost.notifications.models import Mail, Unmailed


@dataclass(frozen=True, kw_only=True)
class Log:
    """What is looked for: made from a moment on and before another, perhaps for one user, in a state, about something.

    `category` is that of notifications, `message` that of a mail that somebody himself caused.
    """

    since: datetime
    until: datetime
    user: User | None = None
    state: str = ""
    category: str = ""
    message: str = ""


def mails_in(log: Log, *, before: tuple[datetime, str] | None, limit: int) -> list[Mail]:
    """Return mails, the newest first, with what each speaks of; with `before` those behind a moment and id."""
    asked = {"user": log.user, "state": log.state, "category": log.category, "message": log.message}
    found = Mail.objects.filter(
        _behind("made_at", before),
        made_at__gte=log.since,
        made_at__lt=log.until,
        **{name: value for name, value in asked.items() if value},
    )
    wanted = found.select_related("softbounce", "user").prefetch_related("mentions")
    return list(wanted.order_by("-made_at", "-id")[:limit])


def untold_in(log: Log, *, before: tuple[datetime, int] | None, limit: int) -> list[Unmailed]:
    """Return decisions not to mail, the newest first, each of one reason and of any number of users.

    Mails have states, these have none; nobody is spared a mail that he himself caused.
    """
    if log.state or log.message:
        return []
    found = Unmailed.objects.filter(_behind("decided_at", before), decided_at__gte=log.since, decided_at__lt=log.until)
    found = found.filter(category=log.category) if log.category else found
    if log.user:
        # By the firm's agencies, as the index has it; no one is asked about anybody else's.
        numbers = list(agencies.agencies_of(log.user.firm_id).values_list("number", flat=True))
        found = found.filter(agency__any_of=numbers, users__contains=[log.user.id])
    return list(found.order_by("-decided_at", "-id")[:limit])


def _behind(moment: str, place: tuple[datetime, str | int] | None) -> Q:
    if place is None:
        return Q()
    return Q(**{f"{moment}__lt": place[0]}) | Q(**{moment: place[0], "id__lt": place[1]})
