"""Publish news: each is announced once, on its first day, to those who may see it and want to know."""

from dataclasses import asdict

from django.db import transaction

from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.nudge import nudge
from vermittlerpost.news import events, queries
from vermittlerpost.news.models import Article
from vermittlerpost.news.rules import TOLD_FROM, Draft, flaws

_CATEGORY = "news"


class UnfitArticle(Refused):
    """The draft lacks something or contradicts itself."""

    code = "unfit_article"


class AlreadyPublished(Refused):
    """An item of this name is there already, or was."""

    code = "already_published"


class NoSuchArticle(Refused):
    """There is no item of this name, or it was withdrawn."""

    code = "no_such_article"


@transaction.atomic
def publish(draft: Draft, *, by: str) -> None:
    """Publish a news item, to be seen from its first day on; refuses an unfit one and a name that was used before."""
    _refuse_unfit(draft)
    _, is_new = Article.objects.get_or_create(
        slug=draft.slug, defaults=_columns(draft) | {"published_at": clock.now(), "published_by": by}
    )
    if not is_new:
        raise AlreadyPublished("Eine Meldung {article} gibt oder gab es schon.", article=draft.slug)
    _record(events.PLANNED, draft.slug, by=by, valid_from=draft.valid_from.isoformat())
    nudge("announce_news")


@transaction.atomic
def revise(draft: Draft, *, by: str) -> list[str]:
    """Change a news item and return the names of what changed; nobody is mailed again.

    Refuses an unfit draft, and a name that is unknown or was withdrawn.
    """
    _refuse_unfit(draft)
    article = _standing(draft.slug)
    changed = sorted(name for name, value in _columns(draft).items() if getattr(article, name) != value)
    if changed:
        Article.objects.filter(slug=draft.slug).update(**_columns(draft))
        _record(events.REVISED, draft.slug, by=by, fields=", ".join(changed))
        nudge("announce_news")
    return changed


@transaction.atomic
def withdraw(slug: str, *, reason: str, by: str) -> None:
    """Let nobody see a news item any more, and mail nobody who has not been mailed; refuses what is not there."""
    article = _standing(slug)
    Article.objects.filter(slug=slug).update(withdrawn_at=clock.now())
    journal.void([f"article:{slug}"], reason="recalled")
    _record(events.WITHDRAWN, slug, by=by, category=_CATEGORY, audience=article.audience, reason=reason)


@transaction.atomic
def announce_due(*, by: str) -> int:
    """Announce what has become valid, from seven in the morning on, and return how many items that were."""
    now = clock.now()
    if now < clock.german_moment(clock.today(), TOLD_FROM):
        return 0
    due = list(queries.to_announce(clock.today()).select_for_update(skip_locked=True))
    Article.objects.filter(slug__in=[article.slug for article in due]).update(announced_at=now)
    for article in due:
        _record(events.PUBLISHED, article.slug, by=by, category=_CATEGORY, audience=article.audience)
    return len(due)


def _refuse_unfit(draft: Draft) -> None:
    if wrong := flaws(draft):
        raise UnfitArticle(
            "So ist die Meldung nicht zu veröffentlichen: {flaws}", flaws=" ".join(wrong), article=draft.slug
        )


def _standing(slug: str) -> Article:
    article = Article.objects.select_for_update().filter(slug=slug, withdrawn_at=None).first()
    if article is None:
        raise NoSuchArticle("Eine Meldung {article} gibt es nicht.", article=slug)
    return article


def _columns(draft: Draft) -> dict[str, object]:
    columns = asdict(draft)
    del columns["slug"]
    return columns


def _record(kind: Kind, slug: str, *, by: str, **data: str) -> None:
    journal.record([Event(kind=kind, subject=f"article:{slug}", data={"matter": slug, **data})], by=by)
