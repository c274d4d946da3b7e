"""Ask whether processes may run: their deadline lint, with the letters that they would write (B11)."""

import tomllib
from functools import cache
from importlib import resources

from vermittlerpost.cases import processes, rules
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.models import Case
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import Flaw, Process, Said, Specimen, State
from vermittlerpost.letters import queries as letters
from vermittlerpost.letters import rendering
from vermittlerpost.letters.rules import Facts, day_in_words
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

_NAMED = 5
_BROKEN = (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError)


class UnfitProcess(Refused):
    """A process file cannot be read, breaks a rule, or would change a version under cases that run on it."""

    code = "unfit_process"


@cache
def flaws() -> tuple[Flaw, ...]:
    """Return what is wrong with the processes of this house; they cannot change while it runs."""
    return tuple(flaw for process in PROCESSES.values() for flaw in flaws_of(process))


def flaws_of(process: Process) -> list[Flaw]:
    """Return what is wrong with a process."""
    return rules.flaws(process, COUNTINGS, _read, clock.today().year)


def source_of(process: str) -> str:
    """Return a process's file as it was written."""
    return resources.files(processes).joinpath(f"{process}.toml").read_text(encoding="utf-8")


def written(code: str, text: str) -> Process:
    """Return the process that a file `<code>.toml` would be; refuses what cannot be read or has flaws."""
    try:
        process = Process.from_document(code, tomllib.loads(text))
    except _BROKEN as error:
        raise UnfitProcess("Die Datei lässt sich nicht lesen: {error}", error=_words(error)) from error
    if found := flaws_of(process):
        raise UnfitProcess("{flaws}", flaws=" ".join(map(str, found)))
    return process


def drafted(code: str, text: str) -> Process:
    """Return the process that a new version would be; refuses what `written` refuses, and a version that is in use.

    Another text under a version on which cases run would move their deadlines.
    """
    process = written(code, text)
    if code in PROCESSES and process != PROCESSES[code]:
        _refuse_change(code)
    return process


def _words(error: Exception) -> str:
    return f"{error.args[0]} fehlt." if isinstance(error, KeyError) else str(error)


def _refuse_change(code: str) -> None:
    running = Case.objects.filter(process=code).exclude(state=State.CLOSED).order_by("id")
    names = list(running.values_list("id", flat=True)[: _NAMED + 1])
    on_it = (
        f" Auf ihr laufen {', '.join(names[:_NAMED])}{' und weitere' if len(names) > _NAMED else ''}." if names else ""
    )
    raise UnfitProcess(
        "Die Fassung {code} gibt es schon; laufende Vorgänge behalten ihre Fristen.{on_it} Bitte die nächste Nummer"
        " nehmen.",
        code=code,
        on_it=on_it,
    )


def _read(specimen: Specimen) -> Said:
    step, planned = specimen.step, specimen.schedule
    facts = letters.specimen(
        step.letter or "",
        step.urgency,
        on=specimen.taken_on,
        due_on=planned.due_on,
        next_step=specimen.next_step,
        earlier=[one.letter for one in specimen.earlier if one.letter],
    )
    text = rendering.text_of(facts)
    said = [text.subject, *text.request, *text.message, text.deadline, *text.otherwise]
    return Said(deadline=text.deadline, everything="\n".join(said), past=_past(facts))


def _past(facts: Facts) -> frozenset[str]:
    days = [facts.first_requested_on, facts.registered_on, *(one.issued_on for one in facts.earlier)]
    return frozenset(day_in_words(day) for day in days)
