"""Einlieferungen: which files were fed, day by day, and what in them was refused and why (R11)."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import render

from vermittlerpost.intake import queries
from vermittlerpost.intake.formats import FORMATS
from vermittlerpost.interfaces.backoffice.asking import day_of, number_of
from vermittlerpost.interfaces.backoffice.lists import KEEPERS
from vermittlerpost.interfaces.backoffice.pages import Visit, read_by
from vermittlerpost.lib import clock
from vermittlerpost.lib.spreadsheets import table

_FILES, _CELLS = 50, 100


@read_by(*KEEPERS)
def overview(request: Visit) -> HttpResponseBase:
    """List the feedings, the newest first, those of a day or those with refusals if asked for."""
    day, has_refusals = day_of(request, "tag"), "abgewiesen" in request.GET
    found = queries.feedings_on(day) if day else queries.feedings()
    if has_refusals:
        found = found.filter(refused__gt=0)
    last = queries.feedings().filter(id=number_of(request.GET.get("vor", ""))).first()
    rows = list((found.filter(queries.feedings_before(last)) if last else found)[: _FILES + 1])
    context = {
        "day": day.isoformat() if day else "",
        "has_refusals": has_refusals,
        "days": _by_day(rows[:_FILES]),
        "older": rows[_FILES - 1].id if len(rows) > _FILES else "",
    }
    return render(request, "backoffice/feedings/overview.html", context)


def _by_day(rows: Sequence[Any]) -> list[dict[str, Any]]:
    grouped = [(day, list(files)) for day, files in groupby(rows, key=lambda one: clock.german_day(one.fed_at))]
    sums = queries.fed_on([day for day, _ in grouped])
    return [{"day": day, "fed": sums[day], "files": [_file(one) for one in files]} for day, files in grouped]


def _file(one: Any) -> dict[str, Any]:
    return {"file": one, "format": FORMATS[one.format].title if one.format in FORMATS else one.format or "unbekannt"}


@read_by(*KEEPERS)
def feeding(request: Visit, feeding: int) -> HttpResponseBase:
    """Show what in one file was refused, by row."""
    known = _known(feeding)
    refused = queries.refused_in(feeding)
    row, _, number = request.GET.get("nach", "").partition("-")
    if number_of(row) and number_of(number):
        refused = refused.filter(queries.refused_behind(number_of(row), number_of(number)))
    found = list(refused[: _CELLS + 1])
    last = found[_CELLS - 1] if len(found) > _CELLS else None
    context = {**_file(known), "cells": found[:_CELLS], "next": f"{last.row}-{last.id}" if last else ""}
    return render(request, "backoffice/feedings/feeding.html", context)


@read_by(*KEEPERS)
def download(_: Visit, /, feeding: int) -> HttpResponseBase:
    """Hand out all that was refused in one file as a table."""
    _known(feeding)
    rows = queries.refused_in(feeding).values_list("row", "column", "value", "rule")
    heads = ["Zeile", "Spalte", "Wert", "Regel"]
    return table(f"abweisungen_{feeding}", heads, rows.iterator(chunk_size=2000))


def _known(feeding: int) -> Any:
    found = queries.feedings().filter(id=feeding).first()
    if found is None:
        raise Http404
    return found
