"""Deadline lint (B11): what a process must keep so that its letters print the days that the engine keeps."""

import tomllib
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from vermittlerpost.cases import processes
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import Process, Said, Specimen, flaws, stages
from vermittlerpost.interfaces.ops.commands import app
from vermittlerpost.letters.rules import due_day_in_words
from vermittlerpost.lib.errors import Refused

STANDARD = PROCESSES["kfz_standard.1"]
REQUEST, REMINDER, LAST_REMINDER, PROPOSAL = STANDARD.steps


class Unreadable(Refused):
    code = "unreadable"


def faithful(specimen: Specimen) -> Said:
    """Say what a good letter says."""
    deadline = f"Frist: {due_day_in_words(specimen.schedule.due_on)}"
    return Said(deadline=deadline, everything=f"{deadline} {specimen.next_step}", past=frozenset())


def lint(process: Process, read: Any = faithful) -> str:
    return " | ".join(map(str, flaws(process, COUNTINGS, read, 2026)))


def with_step(place: int, **fields: Any) -> Process:
    steps = list(STANDARD.steps)
    steps[place] = replace(steps[place], **fields)
    return replace(STANDARD, steps=tuple(steps))


def test_the_shipped_process_has_no_flaw() -> None:
    assert lint(STANDARD) == ""


FLAWED = [
    (replace(STANDARD, counting="moon"), "Die Zählweise „moon“ gibt es nicht"),
    (replace(STANDARD, grace_days=-1), "grace_days muss eine ganze Zahl"),
    (replace(STANDARD, grace_days=2.5), "grace_days muss eine ganze Zahl"),  # type: ignore[arg-type]  # TOML may
    (with_step(0, due_days=True), "ganze Zahlen"),
    (with_step(1, urgency="letzte"), ""),  # rising faster is no flaw
    (with_step(2, urgency="normal"), "fällt von „hoch“ auf „normal“"),
    (with_step(2, urgency="dringend"), "„dringend“ gibt es nicht"),
    (with_step(2, level=1), "„reminder“ der Stufe 1 kommt zweimal vor"),
    (with_step(2, state="reminded_1"), "Der Zustand kommt zweimal vor"),
    (with_step(2, state="closed"), "So heißt ein Zustand, den jeder Vorgang hat"),
    (with_step(3, letter="evb_cancellation", urgency="letzte", due_days=14), "darüber entscheiden zwei Menschen"),
    (replace(STANDARD, steps=(REQUEST, PROPOSAL)), "mindestens eine Erinnerung"),
    (replace(STANDARD, steps=(PROPOSAL, REQUEST)), "er muss der letzte sein"),
    (with_step(1, announcement="Wir erinnern Sie bald."), "genau einmal als {day}"),
    (with_step(1, announcement="Am {day}, also am {day}."), "genau einmal als {day}"),
    (with_step(1, announcement="Am {day} schreibt {carrier}."), "genau einmal als {day}"),
    (with_step(1, announcement="Am {day, oder"), "genau einmal als {day}"),
    (with_step(1, announcement="Am {day}, nicht am 14.04.2026."), "„14.04.2026“ ist von Hand geschrieben"),
    (with_step(1, prospect="In 14 Tagen erinnern wir."), "„14 Tag“ ist von Hand geschrieben"),
]


@pytest.mark.parametrize(("process", "sentence"), FLAWED)
def test_a_flaw_is_named_in_a_sentence(process: Process, sentence: str) -> None:
    found = lint(process)
    assert (sentence in found) if sentence else found == ""


def says(**parts: Any) -> Any:
    """Return a reader whose letters say something else than they should."""

    def read(specimen: Specimen) -> Said:
        return replace(faithful(specimen), **parts)

    return read


MISPRINTS = [
    (says(deadline="Frist: bald"), "druckt seine Frist nicht"),
    (says(everything="Frist steht oben."), "nennt den nächsten Schritt und seinen Tag nicht"),
    (lambda s: Said(deadline=due_day_in_words(s.schedule.due_on), everything=f"{s.next_step} Spätestens am 01.01.2000.",
                    past=frozenset()), "druckt den Tag 01.01.2000"),
    (lambda s: Said(deadline=due_day_in_words(s.schedule.due_on), everything=f"{s.next_step} Binnen 14 Tagen.",
                    past=frozenset()), "nennt „14 Tag“"),
]  # fmt: skip


@pytest.mark.parametrize(("read", "sentence"), MISPRINTS)
def test_a_letter_that_prints_other_days_than_the_engine_keeps_is_refused(read: Any, sentence: str) -> None:
    assert sentence in lint(STANDARD, read)


def test_a_day_of_the_past_may_be_printed() -> None:
    def read(specimen: Specimen) -> Said:
        said = faithful(specimen)
        return replace(said, everything=f"{said.everything} Angefordert am 02.02.2026.", past=frozenset({"02.02.2026"}))

    assert lint(STANDARD, read) == ""


def test_a_letter_that_cannot_be_written_says_why() -> None:
    def read(_: Specimen) -> Said:
        raise Unreadable("Dem Schreiben fehlt eine Angabe: {name}.", name="vin")

    assert "Schritt requested: Dem Schreiben fehlt eine Angabe: vin." in lint(STANDARD, read)


def test_the_line_of_a_process_is_the_life_of_a_case_that_nobody_answers() -> None:
    line = stages(STANDARD, COUNTINGS["working_day"], date(2026, 3, 20), "DE-NW")
    assert [f"{one.day:%m-%d}" for one in line] == ["04-07", "04-22", "05-07", "05-22"]
    assert [one.after for one in line] == [18, 33, 48, 63]


def test_the_command_judges_the_house_and_new_files(tmp_path: Path) -> None:
    good = tmp_path / "kfz_standard.2.toml"
    good.write_text(resources.files(processes).joinpath("kfz_standard.1.toml").read_text(encoding="utf-8"))
    bad = tmp_path / "kfz_standard.3.toml"
    bad.write_text(good.read_text().replace('urgency = "letzte"', 'urgency = "normal"'))
    broken = tmp_path / "kfz_standard.4.toml"
    broken.write_text("title = ")
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(broken.read_text())
    run = CliRunner().invoke
    assert "Ohne Mangel: kfz_standard.1." in run(app, ["lint-processes"]).output
    assert run(app, ["lint-processes", str(good)]).exit_code == 0
    judged = run(app, ["lint-processes", str(good), str(bad), str(broken)])
    assert judged.exit_code == 1
    assert "Die Dringlichkeit fällt" in judged.stderr
    assert "kfz_standard.4.toml: Die Datei lässt sich nicht lesen" in judged.stderr
