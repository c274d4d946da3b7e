"""Deadline lint (B11): a letter prints the days that the engine keeps, and nothing is cancelled without reminders."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from string import Formatter

from vermittlerpost.cases.rules.states import LETTERS_BEFORE_CANCELLATION, State
from vermittlerpost.cases.rules.steps import Counting, Process, Schedule, Step, schedule
from vermittlerpost.letters.rules import day_in_words, due_day_in_words
from vermittlerpost.lib.errors import Refused

_URGENCIES = ("normal", "hoch", "letzte")
_DAYS = ("grace_days", "longest_hold_days", "longest_pause_days", "most_pause_days")
# What the engine does not compute must not stand in a sentence: it would be right until somebody changes a number.
_TYPED_DATE = re.compile(r"\b\d{1,2}\.\d{1,2}\.(?:\d{4})?")
_TYPED_PERIOD = re.compile(r"\b\d+\s+(?:Tag|Werktag|Woche|Monat)", re.IGNORECASE)
_LAND = "DE-BY"
"""Where days are tried: the Land with the most holidays."""
_OWN_STATES = frozenset(State) - {State.CANCELLATION_PROPOSED}


@dataclass(frozen=True, kw_only=True)
class Specimen:
    """A letter as a step of a process would write it on a day; `earlier` were written before it in the same case."""

    step: Step
    taken_on: date
    schedule: Schedule
    next_step: str
    earlier: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a letter says: the line with its due date, everything, and the days in it that tell of the past."""

    deadline: str
    everything: str
    past: frozenset[str]


@dataclass(frozen=True)
class Flaw:
    """Why a process must not run, as a German sentence."""

    process: str
    state: str
    sentence: str

    def __str__(self) -> str:
        where = f"{self.process}, Schritt {self.state}" if self.state else self.process
        return f"{where}: {self.sentence}"


Reader = Callable[[Specimen], Said]
"""Says what a specimen would read; raises `Refused` for a letter that cannot be written."""


def flaws(process: Process, countings: Mapping[str, Counting], read: Reader, year: int) -> list[Flaw]:
    """Return what is wrong with a process, nothing if it may run; days are tried in every month of a year."""
    found = [*_numbers(process), *_order(process), *_cancellation(process), *_urgencies(process), *_sentences(process)]
    if process.counting not in countings:
        found.append(("", f"Die Zählweise „{process.counting}“ gibt es nicht."))
    if not found:  # else there is nothing that could be read
        found += _printed(process, countings[process.counting], read, year)
    return [Flaw(process.code, state, sentence) for state, sentence in found]


Found = Iterator[tuple[str, str]]


def _numbers(process: Process) -> Found:
    for name in _DAYS:
        if not _is_number(getattr(process, name), at_least=0):
            yield "", f"{name} muss eine ganze Zahl von Tagen sein, mindestens 0."
    for step in process.steps:
        if not _is_number(step.level, at_least=0) or (step.letter and not _is_number(step.due_days, at_least=1)):
            yield step.state, "level und due_days müssen ganze Zahlen sein, die Frist mindestens ein Tag."


def _is_number(value: object, *, at_least: int) -> bool:
    return type(value) is int and value >= at_least


def _order(process: Process) -> Found:
    for state, number in Counter(step.state for step in process.steps).items():
        if state in _OWN_STATES:
            yield state, "So heißt ein Zustand, den jeder Vorgang hat; bitte anders nennen."
        if number > 1:
            yield state, "Der Zustand kommt zweimal vor."
    for (letter, level), number in Counter((step.letter, step.level) for step in process.steps if step.letter).items():
        if number > 1:
            yield "", f"Das Schreiben „{letter}“ der Stufe {level} kommt zweimal vor; je Vorgang gibt es eines."
    for step in process.steps[:-1]:
        if step.letter is None:
            yield step.state, "Nach einem Schritt ohne Schreiben geht es nicht weiter; er muss der letzte sein."


def _cancellation(process: Process) -> Found:
    letters = 0
    for step in process.steps:
        if step.state == State.CANCELLATION_PROPOSED:
            if letters < LETTERS_BEFORE_CANCELLATION:
                yield (
                    step.state,
                    "Vor dem Vorschlag zur Kündigung stehen eine Anforderung und mindestens eine Erinnerung.",
                )
            if step.letter:
                yield step.state, "Der Vorschlag zur Kündigung ist kein Schreiben; darüber entscheiden zwei Menschen."
        letters += step.letter is not None


def _urgencies(process: Process) -> Found:
    letters = [step for step in process.steps if step.letter]
    for step in letters:
        if step.urgency not in _URGENCIES:
            yield step.state, f"Die Dringlichkeit „{step.urgency}“ gibt es nicht; es gibt {', '.join(_URGENCIES)}."
            return
    for before, step in pairwise(letters):
        if _URGENCIES.index(step.urgency) < _URGENCIES.index(before.urgency):
            yield (
                step.state,
                f"Die Dringlichkeit fällt von „{before.urgency}“ auf „{step.urgency}“; sie darf nur steigen.",
            )


def _sentences(process: Process) -> Found:
    for before, step in pairwise(process.steps):
        if before.letter and _names_in(step.announcement) != ["day"]:
            yield step.state, "announcement muss den Tag des Schrittes genau einmal als {day} nennen, und sonst nichts."
    for step in process.steps:
        typed = _typed(f"{step.announcement} {step.prospect} {step.title} {step.coming}")
        if typed:
            yield step.state, f"„{typed}“ ist von Hand geschrieben; Tage und Fristen rechnet nur das Programm."


def _names_in(text: str) -> list[str]:
    try:
        return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:  # a brace without its other half
        return []


def _typed(text: str) -> str:
    found = _TYPED_DATE.search(text) or _TYPED_PERIOD.search(text)
    return found.group() if found else ""


def _printed(process: Process, counting: Counting, read: Reader, year: int) -> Found:
    for number, step in enumerate(process.steps):
        if step.letter is None:
            continue
        earlier = tuple(one for one in process.steps[:number] if one.letter)
        specimens = (_specimen(process, counting, step, earlier, on) for on in _days(counting, year))
        wrong = next((sentence for specimen in specimens for sentence in _misprints(specimen, read)), "")
        if wrong:
            yield step.state, wrong


def _days(counting: Counting, year: int) -> Iterator[tuple[date, str]]:
    return ((counting.roll(date(year, month, 1), _LAND), _LAND) for month in range(1, 13))


def _specimen(
    process: Process, counting: Counting, step: Step, earlier: tuple[Step, ...], on: tuple[date, str]
) -> Specimen:
    planned = schedule(step, counting, *on)
    next_step = process.announcement(step.state, due_day_in_words(planned.next_on)) if planned.next_on else ""
    return Specimen(step=step, taken_on=on[0], schedule=planned, next_step=next_step, earlier=earlier)


def _misprints(specimen: Specimen, read: Reader) -> Iterator[str]:
    try:
        said = read(specimen)
    except Refused as refusal:
        yield refusal.sentence
        return
    planned = specimen.schedule
    if due_day_in_words(planned.due_on) not in said.deadline:
        yield "Das Schreiben druckt seine Frist nicht; in deadline fehlt {due_on}."
    if specimen.next_step and specimen.next_step not in said.everything:
        yield "Das Schreiben nennt den nächsten Schritt und seinen Tag nicht; in otherwise fehlt {next_step}."
    known = said.past | {day_in_words(day) for day in (specimen.taken_on, planned.due_on, planned.next_on)}
    for typed in _TYPED_DATE.findall(said.everything):
        if typed not in known:
            yield f"Das Schreiben druckt den Tag {typed}, den das Programm nicht rechnet."
    if period := _TYPED_PERIOD.search(said.everything):
        yield f"Das Schreiben nennt „{period.group()}“; Fristen rechnet nur das Programm."
