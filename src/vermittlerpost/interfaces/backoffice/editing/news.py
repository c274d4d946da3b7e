"""MaklerTicker: write, preview with audience, publish, revise, withdraw."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.rules import Audience, StaffRole
from vermittlerpost.interfaces.backoffice.editing.forms import Article
from vermittlerpost.interfaces.backoffice.forms import Reason, filled
from vermittlerpost.interfaces.backoffice.pages import Visit, done_by, filled_in_by, read_by
from vermittlerpost.lib import clock, markdown
from vermittlerpost.lib.errors import Refused
from vermittlerpost.news import actions as news
from vermittlerpost.news import queries
from vermittlerpost.notifications import queries as notifications

_SHOWN = 100
_CATEGORY = "news"


@read_by(StaffRole.EDITOR)
def overview(request: Visit) -> HttpResponseBase:
    """List all articles, the newest first."""
    context = {"articles": queries.everything()[:_SHOWN], "today": clock.today()}
    return render(request, "backoffice/editing/articles.html", context)


@filled_in_by(StaffRole.EDITOR)
def write(request: Visit) -> HttpResponseBase:
    """Write a new article; it is shown before it is published."""
    form = Article(request.POST or None, initial={"valid_from": clock.today(), "audience": Audience.ALL})
    return _edit(request, form, "publish")


@filled_in_by(StaffRole.EDITOR)
def revise(request: Visit, slug: str) -> HttpResponseBase:
    """Change an article; nobody is mailed again."""
    article = queries.everything().filter(slug=slug, withdrawn_at=None).first()
    if article is None:
        raise Http404
    form = Article(request.POST or None, initial=vars(article))
    form.fields["slug"].disabled = True
    return _edit(request, form, "revise")


def _edit(request: Visit, form: Article, action: str) -> HttpResponseBase:
    is_ready = form.is_bound and form.is_valid()
    if is_ready and "publish" in request.POST:
        try:
            getattr(news, action)(form.draft(), by=request.user.login_id)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Die Meldung „{form.cleaned_data['title']}“ ist gespeichert.")
            return redirect("articles")
    preview = _preview(form) if is_ready else None
    return render(request, "backoffice/editing/article.html", {"form": form, "preview": preview, "action": action})


def _preview(form: Article) -> dict[str, Any]:
    asked = form.cleaned_data
    readers = agencies.readers_in(Audience(asked["audience"]), asked["valid_from"])
    return {
        **asked,
        "html": markdown.as_html(asked["body"]),
        "readers": sum(one.active and not one.technical for one in readers),
        "mailed": notifications.willing(readers, _CATEGORY),
    }


@done_by(StaffRole.EDITOR)
def withdraw(request: Visit, slug: str) -> HttpResponseBase:
    """Let nobody see an article any more."""
    news.withdraw(slug, reason=filled(Reason, request)["reason"], by=request.user.login_id)
    messages.success(request, "Die Meldung ist zurückgezogen.")
    return redirect("articles")
