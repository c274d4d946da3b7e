"""Vorgänge: the cases of a scope, and one of them with its time line."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import render

from vermittlerpost.cases import queries
from vermittlerpost.intake.rules.plates import loose_plate_key
from vermittlerpost.interfaces.portal.cockpit.letter_page import siblings, story_of
from vermittlerpost.interfaces.portal.cockpit.offices import offices_of
from vermittlerpost.interfaces.portal.pages import Visit, for_users
from vermittlerpost.letters import queries as letters

_ROWS = 50
_ALL = "alle"
_LONGEST = 100


@for_users()
def cases(request: Visit) -> HttpResponseBase:
    """List cases, the newest first; the address is the filter."""
    text, agency = _typed(request, "suche"), _typed(request, "agentur")
    # Whoever looks for something wants it found, whatever has become of it.
    state = request.GET.get("stand", _ALL if text else queries.OPEN)
    found = _found(request, text, "" if state == _ALL else state, agency)
    shown = found[:_ROWS]
    steps, titles = queries.next_steps(shown), queries.titles_of_states()
    context = {
        "rows": [{"case": case, "state": titles[case.state], "step": steps[case.id]} for case in shown],
        "after": _name(shown[-1].opened_on, shown[-1].id) if len(found) > _ROWS else "",
        "state": state,
        "states": {queries.OPEN: "Alle offenen", **titles, _ALL: "Alle"},
        "agency": agency,
        "offices": offices_of(request.user, agency),
        "text": text,
        "hides_some": bool(text) and state != _ALL,
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


def _typed(request: Visit, name: str) -> str:
    return request.GET.get(name, "").replace("\0", "").strip()[:_LONGEST]


def _found(request: Visit, text: str, state: str, agency: str) -> Sequence[Any]:
    """Return the cases that the address asks for, and one more than a page shows if there are more."""
    after = _place(request.GET.get("nach", ""))
    if not text:
        return queries.newest(request.user, state=state, agency=agency, after=after, limit=_ROWS + 1)
    sought = queries.Sought(text=text, plate_key=_plate_key(text), case=letters.case_of(text.upper()))
    return queries.found_in_scope(request.user, sought, state=state, agency=agency, after=after, limit=_ROWS + 1)


def _plate_key(text: str) -> str:
    try:
        return loose_plate_key(text)
    except ValueError:  # what was typed is no plate
        return ""


def _name(opened_on: date, case: str) -> str:
    return f"{opened_on.isoformat()}_{case}"


def _place(name: str) -> queries.Place:
    """Return where a page begins; what is no place is the beginning."""
    day, _, case = name.partition("_")
    try:
        return queries.Place(opened_on=date.fromisoformat(day), case=case)
    except ValueError:
        return queries.Place()
