"""An independent, slow and obvious recomputation agrees with the product, on the sample world and on random ones."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests import oracle

from vermittlerpost.interfaces.ops.simulation import results, simulate

RANDOM_WORLDS = 200
Lines = list[dict[str, Any]]


def lived(world: Path, first: date, last: date, out: Path) -> dict[str, Lines]:
    """Simulate a world and return what the product wrote, in the oracle's terms."""
    simulate(world, first, last, press=lambda: None)
    results.write_lists(out)
    lines = {path.stem: [json.loads(line) for line in path.read_text().splitlines()] for path in out.glob("*.jsonl")}
    names = {line["letter"]: [line["message_id"], line["kind"], line["level"]] for line in lines["letters"]}
    return {
        "letters": [without(line, "letter", "case") for line in lines["letters"]],
        "decisions": [{**line, "letter": names[line["letter"]]} for line in lines["decisions"]],
        "mails": [
            {**line, "letters": sorted(names[letter] for letter in line["letters"])}
            for line in lines["mails"]
            if line["letters"]
        ],
        "cases": [
            {**line, "case": line["case"] and line["message_id"], "plate": oracle.folded(line["plate"])}
            for line in lines["cases"]
        ],
    }


def expected(world: Path, first: date, last: date) -> dict[str, Lines]:
    """Return what the recomputation says."""
    outcome = oracle.compute(world, first, last)
    return {
        "letters": outcome.letters,
        "decisions": outcome.decisions,
        "mails": [{**mail, "letters": sorted(mail["letters"])} for mail in outcome.mails],
        "cases": outcome.cases,
    }


def without(line: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name not in names}


def canonical(lines: Lines) -> list[str]:
    return sorted(json.dumps(line, sort_keys=True, default=str) for line in lines)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(RANDOM_WORLDS))
def test_the_recomputation_agrees_on_a_random_world(seed: int, tmp_path: Path, home: Path) -> None:
    world = tmp_path / "world"
    world.mkdir()
    first, last = oracle.make(seed, world)
    ours, theirs = lived(world, first, last, tmp_path / "out"), expected(world, first, last)
    for name in theirs:
        assert canonical(ours[name]) == canonical(theirs[name]), name


@pytest.mark.django_db
def test_the_recomputation_agrees_on_the_sample_world(tmp_path: Path, home: Path) -> None:
    world, first, last = Path("examples/world"), date(2026, 2, 23), date(2026, 6, 14)
    ours, theirs = lived(world, first, last, tmp_path / "out"), expected(world, first, last)
    for name in theirs:
        assert canonical(ours[name]) == canonical(theirs[name]), name
