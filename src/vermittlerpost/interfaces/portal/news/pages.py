"""MaklerTicker: what is new, what was, and one article."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render

from vermittlerpost.documents import queries as documents
from vermittlerpost.interfaces.portal.pages import Visit, for_users
from vermittlerpost.lib import clock, markdown
from vermittlerpost.news import queries

_AT_ONCE = 20


@for_users()
def news(request: Visit) -> HttpResponseBase:
    """Show what is valid today, newest first."""
    page = _page(request, queries.newest(request.user))
    return render(request, "portal/news/list.html", page | {"has_archive": queries.archive(request.user).exists()})


@for_users()
def archive(request: Visit) -> HttpResponseBase:
    """Show what was valid once, newest first."""
    return render(request, "portal/news/archive.html", _page(request, queries.archive(request.user)))


@for_users()
def article(request: Visit, article: str) -> HttpResponseBase:
    """Show an article that the user may see; others are not there, and neither are those that never were."""
    found = queries.visible_to(request.user).filter(slug=article).first()
    if found is None:
        return _fed(request, article)
    is_over = found.valid_until is not None and found.valid_until < clock.today()
    context = {"article": found, "body": markdown.as_html(found.body), "is_over": is_over}
    return render(request, "portal/news/article.html", context)


def _fed(request: Visit, document_id: str) -> HttpResponseBase:
    """Show a news item that was fed as a document for one agency: it has a title and a day, and no more."""
    document = documents.visible_to(request.user, ["news"]).filter(document_id=document_id).first()
    if document is None:
        raise Http404
    return render(request, "portal/news/fed.html", {"document": document})


def _page(request: Visit, articles: QuerySet[Any]) -> dict[str, object]:
    """Return some articles, those behind the one that the address names, and the name of the last if more follow."""
    last = articles.filter(slug=request.GET.get("vor", "")).first()
    behind = queries.older_than(articles, last) if last else articles
    found = list(behind[: _AT_ONCE + 1])
    return {"articles": found[:_AT_ONCE], "next": found[_AT_ONCE - 1].slug if len(found) > _AT_ONCE else ""}
