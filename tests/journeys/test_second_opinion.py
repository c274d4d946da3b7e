"""An independent, slow and obvious recomputation agrees with the product, on the sample world and on random ones."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests import oracle
from tests.journeys.neighbours import neighbourhoods, settle
from tests.oracle.draft import new_draft

from vermittlerpost.interfaces.ops.simulation import results, simulate
from vermittlerpost.interfaces.ops.simulation.world import SAMPLE, period_of

RANDOM_WORLDS = 200
LISTS = ("letters", "decisions", "mails", "cases")
Lines = list[dict[str, Any]]


def lived(world: Path, first: date, last: date, out: Path) -> dict[str, Lines]:
    """Simulate a world and return what the product wrote, in the oracle's terms."""
    simulate(world, first, last, press=lambda: None)
    results.write_lists(out)
    lines = {name: read(out / f"{name}.jsonl") for name in LISTS}
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


def expected(worlds: Sequence[Path], first: date, last: date) -> dict[str, Lines]:
    """Return what the recomputation says of each world alone."""
    outcomes = [oracle.compute(world, first, last) for world in worlds]
    mails = [mail for outcome in outcomes for mail in outcome.mails]
    return {
        "letters": [line for outcome in outcomes for line in outcome.letters],
        "decisions": [line for outcome in outcomes for line in outcome.decisions],
        "mails": [{**mail, "letters": sorted(mail["letters"])} for mail in mails],
        "cases": [line for outcome in outcomes for line in outcome.cases],
    }


def read(path: Path) -> Lines:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def without(line: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name not in names}


def canonical(lines: Lines) -> list[str]:
    return sorted(json.dumps(line, sort_keys=True, default=str) for line in lines)


def assert_same(ours: dict[str, Lines], theirs: dict[str, Lines]) -> None:
    for name in LISTS:
        assert canonical(ours[name]) == canonical(theirs[name]), name


@pytest.mark.django_db
@pytest.mark.parametrize(
    "seeds", neighbourhoods(RANDOM_WORLDS), ids=lambda seeds: f"{len(seeds)}-from-{new_draft(seeds[0]).first}"
)
def test_the_recomputation_agrees_on_random_worlds_that_live_side_by_side(
    seeds: list[int], tmp_path: Path, home: Path
) -> None:
    first, last = settle(seeds, tmp_path / "apart", tmp_path / "together")
    worlds = [tmp_path / "apart" / str(place) for place in range(len(seeds))]
    assert_same(lived(tmp_path / "together", first, last, tmp_path / "out"), expected(worlds, first, last))


@pytest.mark.django_db
def test_the_recomputation_agrees_on_the_sample_world(tmp_path: Path, home: Path) -> None:
    first, last = period_of(SAMPLE)
    assert_same(lived(SAMPLE, first, last, tmp_path / "out"), expected([SAMPLE], first, last))
