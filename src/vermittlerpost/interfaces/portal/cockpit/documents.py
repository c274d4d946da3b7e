"""Dokumente: what was provided to a scope beside letters, and one of it."""

from datetime import UTC, datetime

from django.http import Http404, HttpResponseBase
from django.shortcuts import render

from vermittlerpost.documents import queries
from vermittlerpost.interfaces.portal.cockpit.offices import offices_of
from vermittlerpost.interfaces.portal.pages import Visit, for_users
from vermittlerpost.notifications.categories import CATEGORIES, documents_for

_ROWS = 50
_MOMENT = "%Y%m%dT%H%M%S%fZ"


@for_users()
def documents(request: Visit) -> HttpResponseBase:
    """List documents, events and statements, the newest first; the address is the filter."""
    readable, asked = documents_for(request.user.rights), request.GET.get("kategorie", "")
    agency = request.GET.get("agentur", "").replace("\0", "").strip()
    found = queries.newest(
        request.user,
        [code for code in readable if asked in {"", code}],
        agency=agency,
        after=_place(request.GET.get("nach", "")),
        limit=_ROWS + 1,
    )
    shown = found[:_ROWS]
    context = {
        "rows": [{"document": one, "category": CATEGORIES[one.category].title} for one in shown],
        "after": _name(shown[-1].provided_at, shown[-1].document_id) if len(found) > _ROWS else "",
        "categories": {code: CATEGORIES[code].title for code in readable},
        "category": asked,
        "agency": agency,
        "offices": offices_of(request.user, agency),
        "is_narrowed": bool(request.GET),
    }
    return render(request, "portal/cockpit/documents.html", context)


@for_users()
def document(request: Visit, document: str) -> HttpResponseBase:
    """Show what is known of a document; for who may not read it there is no such page (R8)."""
    readable = queries.visible_to(request.user, documents_for(request.user.rights))
    found = readable.select_related("agency").filter(document_id=document).first()
    if found is None:
        raise Http404
    context = {"document": found, "category": CATEGORIES[found.category]}
    return render(request, "portal/cockpit/document.html", context)


def _name(provided_at: datetime, document: str) -> str:
    return f"{provided_at.astimezone(UTC).strftime(_MOMENT)}_{document}"


def _place(name: str) -> queries.Place:
    """Return where a page begins; what is no place is the beginning."""
    moment, _, document = name.replace("\0", "").partition("_")
    try:
        return queries.Place(provided_at=datetime.strptime(moment, _MOMENT).replace(tzinfo=UTC), document=document)
    except ValueError:
        return queries.Place()
