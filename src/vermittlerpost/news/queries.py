"""Ask which news there are for whom, and who asked what."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import User
from vermittlerpost.lib import clock
from vermittlerpost.news.models import Article, ContactRequest


def everything() -> QuerySet[Article]:
    """Return all news items, newest first, also those that are withdrawn or not valid yet."""
    return Article.objects.order_by("-valid_from", "slug")


def to_announce(on: date) -> QuerySet[Article]:
    """Return what is valid on a day and was never announced."""
    due = Article.objects.filter(_still_valid(on), announced_at=None, withdrawn_at=None, valid_from__lte=on)
    return due.order_by("valid_from", "slug")


def visible_to(user: User) -> QuerySet[Article]:
    """Return the news items that a user may see today, valid or in the archive, newest first (R8)."""
    today = clock.today()
    return everything().filter(
        audience__in=agencies.audiences_of(user, today), withdrawn_at=None, valid_from__lte=today
    )


def newest(user: User) -> QuerySet[Article]:
    """Return what a user may see and is valid today."""
    return visible_to(user).filter(_still_valid(clock.today()))


def archive(user: User) -> QuerySet[Article]:
    """Return what a user may see and was valid once."""
    return visible_to(user).filter(valid_until__lt=clock.today())


def older_than(articles: QuerySet[Article], last: Article) -> QuerySet[Article]:
    """Return those of the items, newest first, that stand behind the last one of a page."""
    return articles.filter(Q(valid_from__lt=last.valid_from) | Q(valid_from=last.valid_from, slug__gt=last.slug))


def requests_of(user: User) -> QuerySet[ContactRequest]:
    """Return what a user asked of his contact, newest first."""
    return ContactRequest.objects.filter(user=user).order_by("-at", "id")


def unanswered() -> QuerySet[ContactRequest]:
    """Return the questions to contacts that nobody has answered, oldest first: a worklist."""
    return ContactRequest.objects.filter(answered_at=None).select_related("user", "firm").order_by("at", "id")


def answered_before(moment: datetime, *, kept: Sequence[str]) -> QuerySet[ContactRequest]:
    """Return the questions that were answered before a moment, but for those about letters that are `kept`."""
    return ContactRequest.objects.filter(answered_at__lt=moment).exclude(letter__any_of=list(kept))


def requests_before(last: ContactRequest) -> QuerySet[ContactRequest]:
    """Return what the same user asked before, newest first."""
    return requests_of(last.user).filter(Q(at__lt=last.at) | Q(at=last.at, id__gt=last.id))


def _still_valid(on: date) -> Q:
    return Q(valid_until=None) | Q(valid_until__gte=on)
