"""Prozesse: what each does on which day, whether it may run, what another one would change, and a new version."""

from collections import Counter
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.cases import queries
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.processes import PROCESSES, newest
from vermittlerpost.cases.rules import Process, Stage
from vermittlerpost.interfaces.backoffice.pages import Visit, filled_in_by, has_role, read_by
from vermittlerpost.interfaces.backoffice.procedures.forms import Beginning, Draft, Switching
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

_KEEPERS = (StaffRole.ADMINISTRATOR,)
_LAND = "DE-NW"


@read_by()
def overview(request: Visit) -> HttpResponseBase:
    """List the processes with the cases that run on each, and whether each may run."""
    running = Counter[str]()
    for one in queries.running():
        running[one.process] += one.number
    rows = [
        {
            "process": process,
            "running": running[code],
            "carriers": [one.name for one in agencies.known_carriers().values() if _follows(one.process, process)],
            "flaws": [flaw for flaw in queries.flaws() if flaw.process == code],
        }
        for code, process in PROCESSES.items()
    ]
    return render(request, "backoffice/procedures/processes.html", {"rows": rows})


def _follows(name: str, process: Process) -> bool:
    return name == process.name and newest(name) == process


@read_by()
def process(request: Visit, process: str) -> HttpResponseBase:
    """Show a process as a line of days for a notice of a day in a Land."""
    found = _process(process)
    form = Beginning(request.GET or None, initial={"tag": clock.today(), "land": _LAND})
    opened_on, land = clock.today(), _LAND
    if form.is_bound and form.is_valid():
        opened_on, land = form.cleaned_data["tag"], form.cleaned_data["land"]
    titles = queries.titles_of_states()
    context = {
        "process": found,
        "form": form,
        "opened_on": opened_on,
        "line": _line(found, opened_on, land),
        "counting": COUNTINGS[found.counting].title if found.counting in COUNTINGS else found.counting,
        "flaws": [flaw for flaw in queries.flaws() if flaw.process == process],
        "running": [
            {"title": titles.get(one.state, one.state), "number": one.number}
            for one in queries.running()
            if one.process == process
        ],
        "may_draft": has_role(request.user, _KEEPERS),
    }
    return render(request, "backoffice/procedures/process.html", context)


@read_by()
def switch(request: Visit) -> HttpResponseBase:
    """Show which cases and days it would concern if a carrier followed another process; nothing is changed here."""
    form = Switching(request.GET or None)
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        context |= _switched(form.cleaned_data["carrier"], form.cleaned_data["process"])
    return render(request, "backoffice/procedures/switch.html", context)


def _switched(code: str, to: str) -> dict[str, Any]:
    carrier = agencies.known_carriers()[code]
    asked = queries.switch(code, carrier.process, to)
    titles, today = queries.titles_of_states(), clock.today()
    lines = (_line(asked.before, today, _LAND), _line(asked.after, today, _LAND))
    return {
        "carrier": carrier,
        "switch": asked,
        "is_newest": newest(asked.after.name) == asked.after,
        "is_same": asked.before == asked.after,
        "running": [{"one": one, "title": titles.get(one.state, one.state)} for one in asked.running],
        "running_number": sum(one.number for one in asked.running),
        "lines": [
            {"process": process, "line": line} for process, line in zip((asked.before, asked.after), lines, strict=True)
        ],
        "today": today,
    }


@filled_in_by(*_KEEPERS)
def draft(request: Visit, process: str) -> HttpResponseBase:
    """Check a new version of a process, show its days, and hand out its file: it is installed with the program."""
    found = _process(process)
    code = f"{found.name}.{newest(found.name).version + 1}"
    form = Draft(request.POST or None, initial={"text": queries.source_of(process)})
    checked = None
    if form.is_bound and form.is_valid():
        try:
            checked = queries.drafted(code, form.content())
        except Refused as refusal:
            form.add_error("text", refusal.sentence)
        if checked and "download" in request.POST:
            return _file(code, form.content())
    context = {
        "process": found,
        "code": code,
        "form": form,
        "checked": checked,
        "line": _line(checked, clock.today(), _LAND) if checked else [],
        "before": _line(found, clock.today(), _LAND),
        "today": clock.today(),
    }
    return render(request, "backoffice/procedures/draft.html", context)


def _file(code: str, text: str) -> HttpResponse:
    disposition = f'attachment; filename="{code}.toml"'
    return HttpResponse(text, "application/toml; charset=utf-8", headers={"Content-Disposition": disposition})


def _process(code: str) -> Process:
    if code not in PROCESSES:
        raise Http404
    return PROCESSES[code]


def _line(process: Process, opened_on: date, land: str) -> list[dict[str, Any]]:
    return [_stage(one) for one in queries.line_of(process, opened_on, land)]


def _stage(stage: Stage) -> dict[str, Any]:
    kind = KINDS.get(stage.step.letter or "")
    return {"stage": stage, "step": stage.step, "kind": kind}
