"""Rehearsal: what is lost, doubled, early or stuck is named with its case and day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.acts import moment

from vermittlerpost.cases.queries import Planned
from vermittlerpost.interfaces.ops.rehearsal.proofs import Day, Report, Step, faults_of

MORNING = moment("2026-03-03 07:00")
CASE = "V-1"
DUE = Planned(case=CASE, due_at=MORNING, land="DE-NW", is_stuck=False)
NEXT = replace(DUE, due_at=MORNING + timedelta(days=15))
LATER = replace(DUE, due_at=MORNING + timedelta(days=1))
STEP = Step(case=CASE)


def day(
    before: Planned | None, after: Planned | None, *steps: Step, letters: Sequence[Step] = (), works: bool = True
) -> Day:
    return Day(
        morning=MORNING,
        works={"DE-NW": works},
        before={CASE: before} if before else {},
        after={CASE: after} if after else {},
        steps=steps,
        letters=letters,
        mails=0,
    )


@pytest.mark.parametrize(
    ("lived", "says"),
    [
        (day(DUE, DUE), ["nicht gehalten (verloren)"]),  # nothing happened
        (day(DUE, None), ["verloren", "ohne Schritt verschwunden"]),  # the deadline went without a step
        (day(LATER, NEXT, STEP), ["zu früh"]),
        (day(None, NEXT, STEP), ["zu früh"]),  # a step that nobody had planned
        (day(DUE, NEXT, STEP, STEP), ["doppelt"]),
        (day(DUE, replace(DUE, is_stuck=True)), ["der fällige Schritt scheiterte"]),
        (day(DUE, NEXT, STEP, works=False), ["kein Arbeitstag"]),
        (day(LATER, NEXT), ["ohne Schritt verschwunden"]),
        (day(DUE, NEXT, STEP, letters=[Step(case=CASE, due_on="2026-03-03")]), ["schon verstrichen"]),
        (day(DUE, NEXT, STEP, letters=[Step(case=CASE, due_on="2026-03-18")]), ["vor Ablauf der genannten Frist"]),
    ],
)
def test_what_must_not_be_is_named(lived: Day, says: list[str]) -> None:
    found = list(faults_of(lived))
    assert len(found) == len(says)
    assert all(CASE in fault and word in fault for fault, word in zip(found, says, strict=True))
    assert any("FEHLER" in line for line in Report(days=[lived]).lines())


@pytest.mark.parametrize(
    "lived",
    [
        day(DUE, NEXT, STEP, letters=[Step(case=CASE, due_on="2026-03-17")]),
        day(DUE, None, STEP),  # the last step leaves no deadline
        day(LATER, LATER),
        day(DUE, DUE, works=False),  # it waits for the working day
        day(replace(DUE, is_stuck=True), replace(DUE, is_stuck=True)),  # known before, and a person's
    ],
)
def test_what_may_be_is_no_fault(lived: Day) -> None:
    assert list(faults_of(lived)) == []
