"""Find a case by whatever is known of it."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from vermittlerpost.cases import queries
from vermittlerpost.intake import queries as received
from vermittlerpost.intake.rules.plates import loose_plate_key
from vermittlerpost.interfaces.backoffice.pages import Visit, read_by
from vermittlerpost.letters import queries as letters

_SHOWN = 50


@read_by()
def search(request: Visit) -> HttpResponseBase:
    """Show the cases that fit; one that was named by its own number is opened at once."""
    text = request.GET.get("suche", "").replace("\0", "").strip()[:100]
    found = _found(text) if text else []
    if len(found) == 1 and found[0].id == text.upper():
        return redirect("desk_case", case=found[0].id)
    titles = queries.titles_of_states()
    context = {
        "text": text,
        "rows": [{"case": case, "state": titles.get(case.state, case.state)} for case in found[:_SHOWN]],
        "has_more": len(found) > _SHOWN,
    }
    return render(request, "backoffice/filing/search.html", context)


def _found(text: str) -> list[Any]:
    named = [letters.case_of(text.upper()), queries.case_of_message(received.application_about(text))]
    return queries.found(text, plate_key=_plate_key(text), cases=[one for one in named if one], limit=_SHOWN + 1)


def _plate_key(text: str) -> str:
    try:
        return loose_plate_key(text)
    except ValueError:  # what was typed is no plate
        return ""
