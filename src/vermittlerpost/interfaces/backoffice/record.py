"""Journal: what happened to anything that has a number, by whom, and whether its chain holds."""

import csv
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.interfaces.backoffice.pages import Visit, read_by
from vermittlerpost.journal import queries
from vermittlerpost.journal.events import sentence_of
from vermittlerpost.lib import clock

_READERS = (StaffRole.ADMINISTRATOR, StaffRole.AUDITOR)


@read_by(*_READERS)
def overview(request: Visit) -> HttpResponseBase:
    """Show the entries about a subject, oldest first."""
    subject = _asked(request)
    context = {
        "subject": subject,
        "entries": _entries(subject) if subject else [],
        "broken_at": queries.broken_at(subject) if subject else None,
    }
    return render(request, "backoffice/record.html", context)


@read_by(*_READERS)
def export(request: Visit) -> HttpResponseBase:
    """Hand out the entries about a subject as a table."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="journal.csv"'
    table = csv.writer(response, delimiter=";")
    table.writerow(["Stelle", "Zeitpunkt", "Akteur", "Art", "Satz"])
    for one in _entries(_asked(request)):
        at = one["at"].astimezone(clock.GERMANY).isoformat(timespec="seconds")
        table.writerow([one["position"], at, *(_harmless(one[key]) for key in ("actor", "kind", "sentence"))])
    return response


def _asked(request: Visit) -> str:
    return request.GET.get("gegenstand", "").replace("\0", "").strip()[:100]


def _entries(subject: str) -> list[dict[str, Any]]:
    return [
        {
            "position": one.position,
            "at": one.at,
            "actor": one.actor,
            "kind": one.kind,
            "sentence": sentence_of(one.kind, one.data),
        }
        for one in queries.about(subject)
    ]


def _harmless(text: str) -> str:
    # A spreadsheet takes what begins like this for a formula.
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
