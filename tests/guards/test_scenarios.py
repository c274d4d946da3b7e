"""Each scenario of the catalogue has one story through the doors, which bears its number."""

import ast
import re
from collections import Counter
from pathlib import Path

JOURNEYS = Path(__file__).parents[1] / "journeys"
SCENARIOS = range(1, 35)
"""Twenty with their expected behaviour, and fourteen that were added to them."""

_NUMBERED = re.compile(r"test_scenario_(\d\d)_\w+")


def numbered(file: Path) -> list[int]:
    """Return the numbers of the scenarios that a file tells."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [int(found[1]) for name in names if (found := _NUMBERED.fullmatch(name))]


def test_every_scenario_is_told_once_through_the_doors() -> None:
    told = Counter(number for file in JOURNEYS.glob("test_doors_*.py") for number in numbered(file))
    assert told == dict.fromkeys(SCENARIOS, 1)


def test_no_scenario_is_numbered_anywhere_else() -> None:
    elsewhere = [
        file.name
        for file in JOURNEYS.parent.rglob("test_*.py")
        if not file.name.startswith("test_doors_") and numbered(file)
    ]
    assert elsewhere == []
