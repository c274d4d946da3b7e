"""Vorgänge: the cases of a scope, and one of them with its time line."""

from datetime import date

from django.http import Http404, HttpResponseBase
from django.shortcuts import render

from vermittlerpost.cases import queries
from vermittlerpost.interfaces.portal.cockpit.letter_page import siblings, story_of
from vermittlerpost.interfaces.portal.pages import Visit, for_users

_ROWS = 50
_ALL = "alle"


@for_users()
def cases(request: Visit) -> HttpResponseBase:
    """List cases, the newest first; the address is the filter."""
    state, agency = request.GET.get("stand", queries.OPEN), request.GET.get("agentur", "").strip()
    found = queries.newest(
        request.user,
        state="" if state == _ALL else state,
        agency=agency,
        after=_place(request.GET.get("nach", "")),
        limit=_ROWS + 1,
    )
    shown = found[:_ROWS]
    steps, titles = queries.next_steps(shown), queries.titles_of_states()
    context = {
        "rows": [{"case": case, "state": titles[case.state], "step": steps[case.id]} for case in shown],
        "after": _name(shown[-1].opened_on, shown[-1].id) if len(found) > _ROWS else "",
        "state": state,
        "states": {queries.OPEN: "Alle offenen", **titles, _ALL: "Alle"},
        "agency": agency,
        "is_narrowed": bool(request.GET),
    }
    return render(request, "portal/cockpit/cases.html", context)


@for_users()
def case(request: Visit, case: str) -> HttpResponseBase:
    """Show a case: what comes next, its letters, and what happened."""
    found = queries.visible_to(request.user).select_related("agency", "carrier").filter(id=case).first()
    if found is None:
        raise Http404
    context = {"story": story_of(found, request.user), "siblings": siblings(case, request.user)}
    return render(request, "portal/cockpit/case.html", context)


def _name(opened_on: date, case: str) -> str:
    return f"{opened_on.isoformat()}_{case}"


def _place(name: str) -> queries.Place:
    """Return where a page begins; what is no place is the beginning."""
    day, _, case = name.partition("_")
    try:
        return queries.Place(opened_on=date.fromisoformat(day), case=case)
    except ValueError:
        return queries.Place()
