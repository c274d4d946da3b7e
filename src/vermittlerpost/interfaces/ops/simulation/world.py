"""The sample world that comes with the product, and the days through which it is lived."""

import tomllib
from datetime import date
from pathlib import Path

SAMPLE = Path(__file__).parents[5] / "examples" / "world"


def period_of(world: Path) -> tuple[date, date]:
    """Return the first and last day that a world's `world.toml` recommends."""
    document = tomllib.loads((world / "world.toml").read_text(encoding="utf-8"))
    return document["from"], document["until"]
