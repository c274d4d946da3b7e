"""Ask why somebody was or was not mailed (B1)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import User
from vermittlerpost.notifications.models import Mail, Mention, Unmailed
from vermittlerpost.notifications.queries.provided import WINDOW
from vermittlerpost.notifications.rules import Outcome

Key = tuple[datetime, str]
"""Where a page of decisions begins: behind this moment and matter."""


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
    sent_at: datetime | None


def decisions_about(matter: str) -> list[Verdict]:
    """Return the decision about every user who was in scope, by login id."""
    rows = list(Unmailed.objects.filter(matter=matter))
    logins = agencies.logins_of({user for row in rows for user in row.users})
    told, untold = _told(Mention.objects.filter(matter=matter)), _untold(rows, logins)
    return sorted([*told, *untold], key=lambda verdict: verdict.login_id)


def decisions_for(user: User) -> list[Verdict]:
    """Return the decisions about a user, by matter."""
    told = _told(Mention.objects.filter(user=user))
    untold = _untold(Unmailed.objects.filter(users__contains=[user.id]).iterator(), {user.id: user.login_id})
    return sorted([*told, *untold], key=lambda verdict: verdict.matter)


def all_decisions() -> Iterator[Verdict]:
    """Yield every decision there is."""
    yield from _told(Mention.objects.all())
    yield from _untold(Unmailed.objects.iterator(), dict(User.objects.values_list("id", "login_id")))


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
            sent_at=mention.mail.sent_at,
        )


def _untold(rows: Iterable[Unmailed], logins: Mapping[int, str]) -> Iterator[Verdict]:
    """Yield what the rows say of those users whose login ids are given."""
    for row in rows:
        for user in logins.keys() & set(row.users):
            yield Verdict(
                matter=row.matter,
                login_id=logins[user],
                outcome=Outcome.NOT_MAILED,
                reason=row.reason,
                origin=row.origin,
                mail=None,
                mail_state=None,
                sent_at=None,
            )


@dataclass(frozen=True, kw_only=True)
class Told:
    """One decision about a user as he reads it: when, about what, and why."""

    at: datetime
    matter: str
    category: str
    agency: str
    outcome: str
    reason: str
    origin: str
    mail_state: str
    sent_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some decisions, the newest first, and the key that the next ones lie behind; None if there are no older ones."""

    decisions: tuple[Told, ...]
    next: Key | None


def latest_decisions(user: User, *, before: Key, limit: int) -> Page:
    """Return decisions about a user that lie before a moment and matter, of at most 90 days.

    A page may hold fewer than `limit`, even none, and still have a next one: so much is read at once and no more.
    """
    since = before[0] - WINDOW
    mentions = Mention.objects.filter(_behind("mail__made_at", before), user=user, mail__user=user)
    unmailed = _unmailed(user).filter(_behind("decided_at", before), users__contains=[user.id])
    told = mentions.filter(mail__made_at__gte=since).select_related("mail").order_by("-mail__made_at", "-matter")
    untold = unmailed.filter(decided_at__gte=since).order_by("-decided_at", "-matter")
    decisions = [*map(_of_mention, told[: limit + 1]), *map(_of_unmailed, untold[: limit + 1])]
    found = sorted(decisions, key=lambda one: (one.at, one.matter), reverse=True)
    if len(found) > limit:
        return Page(decisions=tuple(found[:limit]), next=(found[limit - 1].at, found[limit - 1].matter))
    return Page(decisions=tuple(found), next=(since, "") if _has_older(user, since) else None)


def _behind(moment: str, key: Key) -> Q:
    return Q(**{f"{moment}__lt": key[0]}) | Q(**{moment: key[0], "matter__lt": key[1]})


def _unmailed(user: User) -> QuerySet[Unmailed]:
    # By the firm's agencies, as the index has it; no one is asked about anybody else's.
    numbers = list(agencies.agencies_of(user.firm_id).values_list("number", flat=True))
    return Unmailed.objects.filter(agency__any_of=numbers)


def _has_older(user: User, since: datetime) -> bool:
    older = Mail.objects.filter(user=user, made_at__lt=since).exclude(category="")
    return older.exists() or _unmailed(user).filter(decided_at__lt=since).exists()


def _of_mention(mention: Mention) -> Told:
    return Told(
        at=mention.mail.made_at,
        matter=mention.matter,
        category=mention.mail.category,
        agency=mention.agency_id,
        outcome=mention.outcome,
        reason=mention.reason,
        origin=mention.origin,
        mail_state=mention.mail.state,
        sent_at=mention.mail.sent_at,
    )


def _of_unmailed(row: Unmailed) -> Told:
    return Told(
        at=row.decided_at,
        matter=row.matter,
        category=row.category,
        agency=row.agency_id,
        outcome=Outcome.NOT_MAILED,
        reason=row.reason,
        origin=row.origin,
        mail_state="",
        sent_at=None,
    )
