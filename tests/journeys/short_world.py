"""A shorter sample world: every scene of its readme, about a third of its messages, all masters, all bad rows."""

import re
import shutil
from pathlib import Path

from tests.journeys.tables import Line, lines

from vermittlerpost.interfaces.ops.simulation.world import SAMPLE

_README = (SAMPLE.parent / "README.md").read_text(encoding="utf-8")
_SCENES = frozenset(re.findall(r"`([ZA]\d{6}-\d{3})`", _README))
_BAD = frozenset((file, int(line)) for file, line in re.findall(r"^\| `(\S+\.csv)` \| (\d+) \|", _README, re.MULTILINE))
_NUMBERS = ("message_id", "application_id")
_MARKS = ("evb", "vin")


def make(folder: Path) -> Path:
    """Write the world into a folder that does not exist yet.

    Kept are the messages that a scene names and the rows that are there to be refused, with every other message about
    the same eVB numbers and vehicles: so each vehicle is there from its first message to its last, or not at all.
    """
    shutil.copytree(SAMPLE, folder)
    tables = {path: list(lines(path)) for path in folder.glob("*.csv") if path.stem[:7] == "notices"}
    tables[folder / "applications.csv"] = list(lines(folder / "applications.csv"))
    named = [line for path, table in tables.items() for line in table if _is_named(path, line)]
    marks = {line.cells.get(mark, "") for line in named for mark in _MARKS} - {""}
    for path, table in tables.items():
        kept = [line.text for line in table if _is_named(path, line) or marks & _marks_of(line)]
        header = path.read_text(encoding="utf-8-sig").splitlines()[0]
        path.write_text("\n".join([header, *kept, ""]), encoding="utf-8")
    return folder


def _is_named(path: Path, line: Line) -> bool:
    return (path.name, line.number) in _BAD or any(line.cells.get(name) in _SCENES for name in _NUMBERS)


def _marks_of(line: Line) -> set[str]:
    return {line.cells.get(mark, "") for mark in _MARKS}
