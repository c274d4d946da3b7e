"""Vermittlerpost: the list of letters, and what is done with many of them at once."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render

from vermittlerpost.agencies.rules import Right
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.rules import Cursor, Page
from vermittlerpost.interfaces.portal.cockpit.mailbox_filter import MailboxFilter, Narrowing
from vermittlerpost.interfaces.portal.cockpit.mailbox_lines import labels, lines_of
from vermittlerpost.interfaces.portal.pages import Visit, for_users


@for_users()
def mailbox(request: Visit) -> HttpResponseBase:
    """Show a page of the letters that the address asks for."""
    asked = MailboxFilter(request.GET, request.user)
    page = page_of(request, asked)
    context: dict[str, Any] = {
        "filter": asked,
        "page": page,
        "lines": lines_of(page.rows, asked.carriers),
        "labels": labels(),
        "letters": " ".join(row.letter for row in page.rows),
        "narrowings": [(one, _without(request, one)) for one in asked.narrowings()],
        "may_see": Right.VIEW_PORTFOLIO in request.user.rights,
        "is_by_date_anyway": asked.criteria.order(asked.sort) is not asked.sort,
    }
    if not page.rows:
        context["hiding"] = [(one, _without(request, one)) for one in hiding(request, asked)]
    return render(request, "portal/cockpit/mailbox.html", context)


def _without(request: Visit, narrowing: Narrowing) -> str:
    """Return the query of the same list without one of its narrowings, from its beginning on."""
    query = request.GET.copy()
    query.pop("ab", None)
    query[narrowing.name] = narrowing.widest
    return query.urlencode()


def page_of(request: Visit, asked: MailboxFilter) -> Page:
    """Return the page that the address names; a place that does not exist is the beginning."""
    after = Cursor.read(request.GET.get("ab", ""), asked.criteria.order(asked.sort))
    return delivery.mailbox(request.user, asked.criteria, asked.sort, after=after, limit=asked.size)


def hiding(request: Visit, asked: MailboxFilter) -> list[Narrowing]:
    """Return the fields of the filter each of which alone is why no letter is seen."""
    return [
        narrowing
        for narrowing in asked.narrowings()
        if delivery.mailbox(request.user, narrowing.wider, asked.sort, limit=1).rows
    ]
