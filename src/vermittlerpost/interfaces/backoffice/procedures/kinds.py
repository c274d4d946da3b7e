"""Schreiben: what each kind of letter says at each urgency, about made-up people, as text and as PDF."""

from dataclasses import replace
from datetime import timedelta

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.interfaces.backoffice.pages import Visit, read_by
from vermittlerpost.letters import queries, rendering
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.letters.rules import Facts, due_day_in_words
from vermittlerpost.lib import clock

_PERIOD = timedelta(days=14)
_LAND = "DE-NW"
_FIRST = "application_request"
_EARLIER = {"letzte": [_FIRST, "reminder"]}
_NEXT = "Liegt uns der Antrag bis dahin nicht vor, folgt am {day} der nächste Schritt."
_TEXT = "Hier steht, was die Sachbearbeitung der Agentur schreibt.\n\nAuch in mehreren Absätzen."


@read_by()
def overview(request: Visit) -> HttpResponseBase:
    """List the kinds of letters with the urgencies at which each says something."""
    return render(request, "backoffice/procedures/kinds.html", {"kinds": KINDS.values()})


@read_by()
def kind(request: Visit, letter_kind: str, urgency: str) -> HttpResponseBase:
    """Show what a kind of letter says; nothing is written or kept."""
    facts = _facts(letter_kind, urgency)
    context = {
        "kind": KINDS[letter_kind],
        "urgency": urgency,
        "text": rendering.text_of(facts),
        "kinds": KINDS.values(),
    }
    return render(request, "backoffice/procedures/kind.html", context)


@read_by()
def pdf(_: Visit, /, letter_kind: str, urgency: str) -> HttpResponseBase:
    """Return that letter as PDF, made at this moment from the words as they are now."""
    disposition = f'inline; filename="Muster-{letter_kind}-{urgency}.pdf"'
    content = rendering.render(_facts(letter_kind, urgency))
    return HttpResponse(content, "application/pdf", headers={"Content-Disposition": disposition})


def _facts(kind: str, urgency: str) -> Facts:
    if kind not in KINDS or urgency not in KINDS[kind].wordings:
        raise Http404
    today = clock.today()
    roll = COUNTINGS["working_day"].roll
    due_on = roll(today + _PERIOD, _LAND)
    facts = queries.specimen(
        kind,
        urgency,
        on=today,
        due_on=due_on,
        next_step=_NEXT.format(day=due_day_in_words(roll(due_on + timedelta(days=1), _LAND))),
        earlier=[] if kind == _FIRST else _EARLIER.get(urgency, [_FIRST]),
    )
    if any("text" in passage.placeholders() for passage in KINDS[kind].wordings[urgency].message):
        return replace(facts, due_on=None, next_step="", text=_TEXT)
    return facts
