"""The whole world: everything that is in it, and the folder it is written into."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from worldmaker import documents, flaws, master, ordinary, preferences, readme, scenes
from worldmaker.dice import Dice
from worldmaker.feeds import Feeds
from worldmaker.people import Office
from worldmaker.script import Script
from worldmaker.sheets import Sheet
from worldmaker.timetable import FIRST_DAY, LAST_DAY

OPENINGS = 600

_TOML = f"""\
title = "Frühjahr 2026"
sentence = "Drei Gesellschaften, 60 Agenturen, {OPENINGS} Zulassungen aus elf Wochen rund um Ostern."
from = {FIRST_DAY.isoformat()}
until = {LAST_DAY.isoformat()}
"""


@dataclass(frozen=True, kw_only=True)
class World:
    """The files of the world, and what the README tells about them."""

    sheets: Sequence[Sheet]
    readme: str

    def write_into(self, folder: Path) -> None:
        """Write `world/` and README.md into the folder; files of an earlier world are replaced."""
        target = folder / "world"
        target.mkdir(parents=True, exist_ok=True)
        for old in target.glob("*.csv"):
            old.unlink()
        for sheet in self.sheets:
            sheet.write_into(target)
        (target / "world.toml").write_text(_TOML, encoding="utf-8", newline="\n")
        (folder / "README.md").write_text(self.readme, encoding="utf-8", newline="\n")


def make(seed: int) -> World:
    """Make the world of a seed; the same seed always makes the same files."""
    office = Office(Dice(seed, "people"))
    script = Script(seed)
    scenes.play(script)
    flaws.spoil(script)
    ordinary.fill(script, OPENINGS)
    feeds = Feeds(script)
    sheets = [
        *master.sheets(Dice(seed, "master")),
        office.sheet(),
        preferences.sheet(Dice(seed, "preferences"), office),
        *feeds.sheets(),
        documents.sheet(Dice(seed, "documents")),
    ]
    return World(sheets=sheets, readme=readme.text(sheets, script, feeds.ids, office))
