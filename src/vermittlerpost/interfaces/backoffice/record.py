"""Journal: what happened to anything that has a number, by whom, when, and whether its chain holds."""

import re
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render

from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.interfaces.backoffice import subjects
from vermittlerpost.interfaces.backoffice.asking import Period, number_of, period_of, place, place_of, text_of
from vermittlerpost.interfaces.backoffice.pages import Visit, read_by
from vermittlerpost.journal import queries
from vermittlerpost.journal.events import KINDS, sentence_of
from vermittlerpost.lib import clock
from vermittlerpost.lib.spreadsheets import table

_READERS = (StaffRole.ADMINISTRATOR, StaffRole.AUDITOR)
_SHOWN = 100
_MOST_DAYS = 31
_EVER = 9000
_FACT = re.compile(r"\{\w+\}")


@read_by(*_READERS)
def overview(request: Visit) -> HttpResponseBase:
    """Show the entries about a subject, or else those of some days."""
    text = text_of(request, "gegenstand")
    meant = subjects.meant_by(text) if text else []
    subject = meant[0] if len(meant) == 1 else ""
    context = {
        "text": text,
        "subject": subject,
        "meant": meant if len(meant) > 1 else [],
        "actor": text_of(request, "akteur"),
        "kind": _kind(request),
        "kinds": _kinds(),
        "period": _days_if_asked(request) if text else _days(request),
    }
    shown = _about(request, subject) if subject else {} if text else _found(request)
    return render(request, "backoffice/record.html", context | shown)


def _about(request: Visit, subject: str) -> dict[str, Any]:
    """Return the entries about a subject, of all times unless days are asked for."""
    found = queries.found_about(subject, _search(request, _days_if_asked(request)))
    rows = list(found.filter(position__gt=number_of(request.GET.get("nach", "")))[: _SHOWN + 1])
    return {
        "entries": [_entry(one) for one in rows[:_SHOWN]],
        "broken_at": queries.broken_at(subject),
        "next": rows[_SHOWN - 1].position if len(rows) > _SHOWN else "",
    }


def _found(request: Visit) -> dict[str, Any]:
    """Return what was recorded in some days, by whomever and of whatever kind is asked for, the newest first."""
    found, behind = queries.found(_search(request, _days(request))), place_of(request, "vor")
    if behind:
        found = found.filter(queries.found_behind(behind[0], number_of(behind[1])))
    rows = list(found[: _SHOWN + 1])
    last = rows[_SHOWN - 1] if len(rows) > _SHOWN else None
    return {"entries": [_entry(one) for one in rows[:_SHOWN]], "older": place(last.at, last.id) if last else ""}


@read_by(*_READERS)
def export(request: Visit) -> HttpResponseBase:
    """Hand out the entries about a subject as a table."""
    meant = subjects.meant_by(text_of(request, "gegenstand"))
    found = queries.found_about(meant[0], _search(request, _days_if_asked(request))) if len(meant) == 1 else ()
    heads = ["Stelle", "Zeitpunkt", "Akteur", "Art", "Satz"]
    return table("journal", heads, ((one.position, _at(one), *_said(one)) for one in found))


@read_by(*_READERS)
def export_found(request: Visit) -> HttpResponseBase:
    """Hand out what was recorded in some days as a table."""
    heads = ["Gegenstand", "Stelle", "Zeitpunkt", "Akteur", "Art", "Satz"]
    found = queries.found(_search(request, _days(request))).iterator(chunk_size=2000)
    return table("journal", heads, ((one.subject, one.position, _at(one), *_said(one)) for one in found))


def _days(request: Visit) -> Period:
    return period_of(request, usual=1, most=_MOST_DAYS)


def _days_if_asked(request: Visit) -> Period | None:
    is_asked = request.GET.get("ab") or request.GET.get("bis")
    return period_of(request, usual=_EVER, most=_EVER) if is_asked else None


def _search(request: Visit, period: Period | None) -> queries.Search:
    return queries.Search(
        since=period.since if period else None,
        until=period.until if period else None,
        actor=text_of(request, "akteur"),
        kind=_kind(request),
    )


def _kind(request: Visit) -> str:
    asked = request.GET.get("art", "")
    return asked if asked in KINDS else ""


def _kinds() -> list[tuple[str, str]]:
    return [(code, _FACT.sub("…", kind.sentence)) for code, kind in sorted(KINDS.items())]


def _entry(one: Any) -> dict[str, Any]:
    return {
        "subject": one.subject,
        "position": one.position,
        "at": one.at,
        "actor": one.actor,
        "kind": one.kind,
        "sentence": sentence_of(one.kind, one.data),
    }


def _at(one: Any) -> str:
    return str(one.at.astimezone(clock.GERMANY).isoformat(timespec="seconds"))


def _said(one: Any) -> tuple[str, str, str]:
    return one.actor, one.kind, sentence_of(one.kind, one.data)
