"""Niemand liest mit: the firms with agencies about whose letters nobody is mailed, and whom to call there (B2)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.interfaces.backoffice.lists import KEEPERS
from vermittlerpost.interfaces.backoffice.pages import Visit, read_by
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.queries import Gap, Unreached

_FIRMS = 25


@read_by(*KEEPERS)
def overview(request: Visit) -> HttpResponseBase:
    """Show these firms as they stand now, each gap with the night since when it is known."""
    found = queries.unreached(after=request.GET.get("nach", ""), limit=_FIRMS)
    since = queries.found_since([gap.agency for one in found for gap in one.gaps])
    context = {
        "firms": [_firm(one, since) for one in found],
        "after": found[-1].firm if len(found) == _FIRMS else "",
    }
    return render(request, "backoffice/worklists/unreached.html", context)


def _firm(one: Unreached, since: Mapping[tuple[str, str], datetime]) -> dict[str, Any]:
    return {
        "firm": one,
        "administrators": agencies.administrators_of(one.firm),
        "gaps": [_gap(gap, since.get((gap.agency, gap.category))) for gap in one.gaps],
    }


def _gap(gap: Gap, since: datetime | None) -> dict[str, Any]:
    return {"gap": gap, "category": CATEGORIES[gap.category].title, "since": since}
