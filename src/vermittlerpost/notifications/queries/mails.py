"""Ask which mails there are."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, time

from django.db.models import Count, Prefetch, QuerySet
from django.db.models.functions import Lower, TruncDate

from vermittlerpost.agencies.models import User
from vermittlerpost.lib import clock
from vermittlerpost.notifications.models import Mail, Mention, Suppression
from vermittlerpost.notifications.rules import MailState, Outcome


def suppressed(addresses: Sequence[str]) -> set[str]:
    """Return those of the addresses that are not written to."""
    return set(Suppression.objects.filter(address__in=addresses).values_list("address", flat=True))


def undeliverable(users: QuerySet[User]) -> QuerySet[User]:
    """Return those of the users whose address is not written to."""
    return users.annotate(written_to=Lower("email")).filter(written_to__in=Suppression.objects.values("address"))


def addresses_told(matters: Sequence[str]) -> dict[str, set[str]]:
    """Return the addresses that were or will be mailed about each matter."""
    told: dict[str, set[str]] = defaultdict(set)
    for matter, address in Mention.objects.filter(matter__in=matters).values_list("matter", "address"):
        told[matter].add(address)
    return told


def mails_per_day(since: date) -> list[tuple[date, int, int]]:
    """Return day, notifications sent and people told, for each German day since one on which any left."""
    sent_since = Mail.objects.filter(state=MailState.SENT, message="", sent_at__gte=clock.german_moment(since, time()))
    per_day = sent_since.annotate(day=TruncDate("sent_at", tzinfo=clock.GERMANY)).values("day")
    counted = per_day.annotate(mails=Count("id"), people=Count("user", distinct=True)).order_by("day")
    return list(counted.values_list("day", "mails", "people"))


def suppressions() -> QuerySet[Suppression]:
    """Return the addresses that are not written to, the newest first: a worklist."""
    return Suppression.objects.order_by("-since", "address")


def suppression_of(address: str) -> Suppression | None:
    """Return since when and why an address is not written to, if so."""
    return Suppression.objects.filter(address=address.lower()).first()


def waiting() -> QuerySet[Mail]:
    """Return the mails that are yet to be sent, the most urgent first."""
    return Mail.objects.filter(state=MailState.WAITING).order_by("next_attempt_at", "id")


def to_settle() -> QuerySet[Mail]:
    """Return the mails that a person must look at: refused for good, or perhaps sent."""
    return Mail.objects.filter(state__in=[MailState.REFUSED, MailState.UNKNOWN]).order_by("made_at", "id")


def sent() -> QuerySet[Mail]:
    """Return the notifications that left, with what they spoke of, in the order in which they did."""
    mentions = Prefetch("mentions", Mention.objects.filter(outcome=Outcome.MAILED).order_by("matter"))
    mails = Mail.objects.filter(state=MailState.SENT, message="").select_related("user").prefetch_related(mentions)
    return mails.order_by("sent_at", "user__login_id", "category", "id")
