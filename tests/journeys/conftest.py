"""What stories over weeks share: a world written row by row, and what the simulation says of it."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.doors import Doors
from tests.oracle import sample

from vermittlerpost.interfaces.ops.simulation import results, simulate

Lines = list[dict[str, Any]]


@pytest.fixture
def doors(stage: None, home: Path) -> Doors:
    """Return the house from outside, with the cast in it and a confirmation for Bonn."""
    return Doors(home)


@pytest.fixture
def live(tmp_path: Path, db: None, home: Path) -> Callable[..., dict[str, Lines]]:
    """Return a function that lives through a world until a day and reads what was written."""

    def live_through(until: str, first: str = "2026-02-02", **tables: list[str]) -> dict[str, Lines]:
        folder = tmp_path / "world"
        folder.mkdir(exist_ok=True)
        world = sample.world(folder, **tables)
        simulate(world, date.fromisoformat(first), date.fromisoformat(until), press=lambda: None)
        results.write_lists(tmp_path / "out")
        return {path.stem: read(path) for path in (tmp_path / "out").glob("*.jsonl")}

    return live_through


def read(path: Path) -> Lines:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
