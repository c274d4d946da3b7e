"""Random worlds that live side by side in one database: each under names of its own, so that none touches another.

A day costs the product nearly the same for twenty worlds as for one, and a neighbour that is noticed is a mistake too.
"""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from tests import oracle
from tests.oracle.draft import new_draft

TOGETHER = 20
NUMBERS = 49
"""A plate tells by its number in which world it is: three digits have room for 49 numbers in each."""

# What names something: firms, agencies, people, messages. Random codes (eVB, VIN) are nobody else's anyway.
NAMED = {
    "carriers": ("code",),
    "firms": ("id",),
    "agencies": ("number", "parent", "firm"),
    "users": ("login_id", "firm", "assigned_agencies"),
    "preferences": ("login_id",),
    "evb": ("carrier", "agency"),
    "notices": ("message_id",),
    "applications": ("application_id",),
}


def neighbourhoods(worlds: int) -> list[list[int]]:
    """Return the seeds of so many worlds, those together that begin at about the same time."""
    seeds = sorted(range(worlds), key=lambda seed: new_draft(seed).first)
    return [seeds[start : start + TOGETHER] for start in range(0, worlds, TOGETHER)]


def settle(seeds: Sequence[int], apart: Path, together: Path) -> tuple[date, date]:
    """Make each world in a folder of its own, and all of them in one; return the days that they live through."""
    spans = [oracle.make(seed, apart / str(place)) for place, seed in enumerate(seeds)]
    together.mkdir()
    for place in range(len(seeds)):
        for path in sorted((apart / str(place)).iterdir()):
            _rename(path, place)
            _join(path, place, together)
    firsts, lasts = zip(*spans, strict=True)
    return sorted(firsts)[len(firsts) // 2], max(lasts)


def _rename(path: Path, place: int) -> None:
    """Give everything in a file the names of its world."""
    text = path.read_text(encoding="utf-8-sig")
    separator = ";" if ";" in text.partition("\n")[0] else ","
    header, *rows = csv.reader(text.splitlines(), delimiter=separator)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=separator)
        table.writerow(header)
        table.writerows(_renamed(row, header, path.stem.partition("-")[0], place) for row in rows)


def _renamed(row: Sequence[str], header: Sequence[str], table: str, place: int) -> list[str]:
    renamers: Mapping[str, Callable[[str], str]] = {
        **dict.fromkeys(NAMED[table], lambda cell: re.sub(r"[^|;]+", rf"{place}x\g<0>", cell)),
        "plate": lambda cell: re.sub(
            r"[0-9]+$", lambda number: str(place * NUMBERS + int(number[0]) % NUMBERS + 1), cell
        ),
    }
    # A row may have a cell too many, and then it stays wrong.
    return [renamers.get(column, str)(cell) for column, cell in zip([*header, ""], row, strict=False)]


def _join(path: Path, place: int, together: Path) -> None:
    """Add a file to the one of the same table, but keep notices in files of their own."""
    lines = path.read_text(encoding="utf-8").splitlines()
    table = list(csv.reader(lines, delimiter=";" if ";" in lines[0] else ","))
    is_of_notices = path.stem.startswith("notices")
    target = together / (f"notices-{place}-{path.name}" if is_of_notices else path.name)
    rows = table[1:] if target.exists() else table
    with target.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
