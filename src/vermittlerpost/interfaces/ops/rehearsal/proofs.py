"""What must hold of every day of a rehearsal, told by looking at it, not by asking the sweep again."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vermittlerpost.cases.queries import Planned
from vermittlerpost.lib import clock

_TOLD = 20


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that a case did: a step, or a letter with its due date."""

    case: str
    due_on: object = None


@dataclass(frozen=True, kw_only=True)
class Day:
    """One morning: what was planned before and after it, and what happened in it."""

    morning: datetime
    works: Mapping[str, bool]
    before: Mapping[str, Planned]
    after: Mapping[str, Planned]
    steps: Sequence[Step]
    letters: Sequence[Step]
    mails: int

    @property
    def day(self) -> date:
        """Return the calendar day."""
        return clock.german_day(self.morning)

    def due(self) -> list[Planned]:
        """Return what had to happen this morning."""
        return [
            one
            for one in self.before.values()
            if one.due_at <= self.morning and self.works[one.land] and not one.is_stuck
        ]


def faults_of(day: Day) -> Iterator[str]:
    """Yield what was lost, doubled, early or stuck on a day, one German sentence each."""
    taken = Counter(step.case for step in day.steps)
    for case, times in taken.items():
        yield from _of_step(day, case, times)
    for one in day.due():
        if one.case not in taken:
            yield from _of_missing(day, one)
    for case, one in day.before.items():
        if case not in taken and (case not in day.after or day.after[case].due_at != one.due_at):
            yield f"{case}: die Frist vom {one.due_at:%d.%m.%Y} ist am {day.day:%d.%m.%Y} ohne Schritt verschwunden"
    yield from _of_letters(day)


def _of_step(day: Day, case: str, times: int) -> Iterator[str]:
    planned = day.before.get(case)
    if times > 1:
        yield f"{case}: {times} Schritte am {day.day:%d.%m.%Y} (doppelt)"
    if planned is None or planned.due_at > day.morning:
        yield f"{case}: Schritt am {day.day:%d.%m.%Y} vor seiner Frist (zu früh)"
    elif not day.works[planned.land]:
        yield f"{case}: Schritt am {day.day:%d.%m.%Y}, der in {planned.land} kein Arbeitstag ist"


def _of_missing(day: Day, one: Planned) -> Iterator[str]:
    after = day.after.get(one.case)
    if after and after.is_stuck:
        yield f"{one.case}: der fällige Schritt scheiterte am {day.day:%d.%m.%Y}"
    else:
        yield f"{one.case}: Frist vom {one.due_at:%d.%m.%Y} am {day.day:%d.%m.%Y} nicht gehalten (verloren)"


def _of_letters(day: Day) -> Iterator[str]:
    for letter in day.letters:
        due_on = date.fromisoformat(str(letter.due_on)) if letter.due_on else None
        following = day.after.get(letter.case)
        if due_on and due_on <= day.day:
            yield f"{letter.case}: Schreiben vom {day.day:%d.%m.%Y} nennt eine Frist, die schon verstrichen ist"
        if due_on and following and clock.german_day(following.due_at) <= due_on:
            yield f"{letter.case}: der nächste Schritt kommt vor Ablauf der genannten Frist {due_on:%d.%m.%Y}"


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was seen on all the days."""

    days: Sequence[Day]

    @property
    def faults(self) -> list[str]:
        """Return everything that must not be."""
        return [fault for day in self.days for fault in faults_of(day)]

    def lines(self) -> Iterator[str]:
        """Yield the report in German."""
        first, last = self.days[0], self.days[-1]
        yield f"Probe vom {first.day:%d.%m.%Y} bis {last.day:%d.%m.%Y} ({len(self.days)} Läufe)"
        yield f"  {len(first.before)} Fristen in der Sicherung, {len(last.after)} am Ende offen"
        yield f"  {sum(len(day.due()) for day in self.days)} Fristen fällig, {self._count('steps')} Schritte"
        mails = sum(day.mails for day in self.days)
        yield f"  {self._count('letters')} Schreiben, {mails} Mails (keine verließ die Probe)"
        faults = self.faults
        if not faults:
            yield "  Geprüft: keine Frist ging verloren, keine wurde doppelt oder zu früh gehalten."
        yield from (f"  FEHLER {fault}" for fault in faults[:_TOLD])
        if len(faults) > _TOLD:
            yield f"  … und {len(faults) - _TOLD} weitere"

    def _count(self, what: str) -> int:
        return sum(len(getattr(day, what)) for day in self.days)
