"""Ask who wants what, which mails there are, and why somebody got none."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.rules import Reader
from vermittlerpost.notifications import models
from vermittlerpost.notifications.categories import CATEGORIES, DOCUMENT_PROVIDED, Role
from vermittlerpost.notifications.models import Mail, Mention, Suppression, Unmailed
from vermittlerpost.notifications.rules import MailState, Outcome, Preference, effective


def preferences(users: Sequence[int], category: str) -> Callable[[Reader], Preference]:
    """Return a function that tells a reader's effective preference for a category, asked once for all users."""
    rows = models.Preference.objects.filter(user__in=users, category=category)
    choices = dict(rows.values_list("user", "choice"))
    default = CATEGORIES[category].role_default

    def preference_of(reader: Reader) -> Preference:
        role = Role(administrator=reader.administrator, restricted=reader.restricted)
        return effective(choice=choices.get(reader.user), default=default(role))

    return preference_of


def document_categories() -> set[str]:
    """Return the categories that documents may be provided under."""
    return {code for code, category in CATEGORIES.items() if category.event == DOCUMENT_PROVIDED}


def suppressed(addresses: Sequence[str]) -> set[str]:
    """Return those of the addresses that are not written to."""
    return set(Suppression.objects.filter(address__in=addresses).values_list("address", flat=True))


def addresses_told(matters: Sequence[str]) -> dict[str, set[str]]:
    """Return the addresses that were or will be mailed about each matter."""
    told: dict[str, set[str]] = defaultdict(set)
    for matter, address in Mention.objects.filter(matter__in=matters).values_list("matter", "address"):
        told[matter].add(address)
    return told


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Why a user was or was not mailed about a matter (B1)."""

    matter: str
    login_id: str
    outcome: str
    reason: str | None
    origin: str
    mail: str | None
    mail_state: str | None


def decisions_about(matter: str) -> list[Verdict]:
    """Return the decision about every user who was in scope, by login id."""
    return sorted([*_told(Mention.objects.filter(matter=matter)), *_untold(Unmailed.objects.filter(matter=matter))],
                  key=lambda verdict: verdict.login_id)  # fmt: skip


def decisions_for(user: User) -> list[Verdict]:
    """Return the decisions about a user, by matter."""
    told = _told(Mention.objects.filter(user=user))
    untold = _untold(Unmailed.objects.filter(users__contains=[user.id]))
    own = [verdict for verdict in [*told, *untold] if verdict.login_id == user.login_id]
    return sorted(own, key=lambda verdict: verdict.matter)


def all_decisions() -> Iterator[Verdict]:
    """Yield every decision there is."""
    yield from _told(Mention.objects.all())
    yield from _untold(Unmailed.objects.all())


def _told(mentions: QuerySet[Mention]) -> Iterator[Verdict]:
    for mention in mentions.select_related("user", "mail").iterator():
        yield Verdict(
            matter=mention.matter,
            login_id=mention.user.login_id,
            outcome=mention.outcome,
            reason=mention.reason or None,
            origin=mention.origin,
            mail=mention.mail_id,
            mail_state=mention.mail.state,
        )


def _untold(rows: QuerySet[Unmailed]) -> Iterator[Verdict]:
    logins = dict(User.objects.values_list("id", "login_id"))
    for row in rows.iterator():
        for user in row.users:
            yield Verdict(
                matter=row.matter,
                login_id=logins[user],
                outcome=Outcome.NOT_MAILED,
                reason=row.reason,
                origin=row.origin,
                mail=None,
                mail_state=None,
            )


def waiting() -> QuerySet[Mail]:
    """Return the mails that are yet to be sent, the most urgent first."""
    return Mail.objects.filter(state=MailState.WAITING).order_by("next_attempt_at", "id")


def to_settle() -> QuerySet[Mail]:
    """Return the mails that a person must look at: refused for good, or perhaps sent."""
    return Mail.objects.filter(state__in=[MailState.REFUSED, MailState.UNKNOWN]).order_by("made_at", "id")


def sent() -> QuerySet[Mail]:
    """Return the mails that left, with what they spoke of, in the order in which they did."""
    mentions = Prefetch("mentions", Mention.objects.filter(outcome=Outcome.MAILED).order_by("matter"))
    mails = Mail.objects.filter(state=MailState.SENT).select_related("user").prefetch_related(mentions)
    return mails.order_by("sent_at", "user__login_id", "category", "id")
