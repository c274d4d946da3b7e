"""Übersicht: what needs somebody today, and what is new."""

from datetime import timedelta

from django.http import HttpResponseBase
from django.shortcuts import render

from vermittlerpost.agencies.queries import Account
from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.documents import queries as documents
from vermittlerpost.interfaces.portal.pages import Visit, for_users
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.lib import clock
from vermittlerpost.news import queries as news
from vermittlerpost.notifications import queries as notifications
from vermittlerpost.notifications.categories import CATEGORIES, documents_for

_MOST = 20
_UNREAD = 99
_ASSIGNED = 99
_DOCUMENTS = 8
_NEWS = 3
_GAPS = 5
_MOST_LYING = 99
_NEW = timedelta(days=28)


@for_users()
def overview(request: Visit) -> HttpResponseBase:
    """Show what is due first, how many letters are unread, where the cases stand, and where nobody is mailed."""
    user = request.user
    pressing = delivery.pressing(user, _MOST + 1)
    titles = cases.titles_of_states()
    context = {
        "entries": [{"entry": entry, "title": KINDS[entry.kind].titled(entry.due_on)} for entry in pressing[:_MOST]],
        "has_more": len(pressing) > _MOST,
        "unread": _at_most(delivery.unread(user, _UNREAD), _UNREAD),
        "assigned": _at_most(delivery.assigned(user, _ASSIGNED), _ASSIGNED),
        "open_cases": [(state, titles[state], count) for state, count in cases.open_by_state(user).items()],
        "gaps": _gaps(user),
        "lying": _lying(user),
        "news": news.newest(user)[:_NEWS],
        "documents": _documents(user),
    }
    return render(request, "portal/cockpit/overview.html", context)


def _at_most(number: int, cap: int) -> str:
    return f"{cap}+" if number > cap else str(number)


def _documents(user: Account) -> list[dict[str, object]]:
    """Return what of late was provided beside letters, as far as the reader may see it."""
    since = clock.now() - _NEW
    newest = documents.newest(user, documents_for(user.rights), after=documents.Place(), limit=_DOCUMENTS)
    return [
        {"document": document, "category": _category(document.category)}
        for document in newest
        if document.provided_at >= since
    ]


def _gaps(user: Account) -> dict[str, object] | None:
    """Return where in the firm nobody is mailed, for those who can change it (B2)."""
    gaps = notifications.coverage(user.firm_id) if user.administrator else ()
    if not gaps:
        return None
    shown = [{"gap": gap, "category": _category(gap.category)} for gap in gaps[:_GAPS]]
    return {"shown": shown, "others": len(gaps) - len(shown)}


def _lying(user: Account) -> dict[str, object] | None:
    """Return how many urgent letters the firm's software has left lying, for those who can have it mended (B8)."""
    lying = delivery.left_lying(user, _MOST_LYING + 1) if user.administrator else []
    if not lying:
        return None
    return {
        "number": min(len(lying), _MOST_LYING),
        "is_more": len(lying) > _MOST_LYING,
        "oldest": lying[0].provided_at,
    }


def _category(code: str) -> str:
    return CATEGORIES[code].title if code in CATEGORIES else code
