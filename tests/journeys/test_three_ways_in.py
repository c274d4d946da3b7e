"""By files, over REST or as GDV records: what the same messages lead to is the same."""

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from tests.journeys import short_world
from tests.journeys.ways import Gdv, Rest

from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.ops import wiring
from vermittlerpost.interfaces.ops.simulation import results, simulate
from vermittlerpost.interfaces.ops.simulation.ways import Files, Way
from vermittlerpost.interfaces.ops.simulation.world import period_of

pytestmark = pytest.mark.xdist_group("ways")  # what they share takes long to make

LISTS = ("letters", "mails", "decisions", "cases")
LONGEST_FIELD = 30


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a world in which every scene of the sample world happens."""
    return short_world.make(tmp_path_factory.mktemp("worlds") / "short")


@dataclass(frozen=True, kw_only=True)
class Left:
    """What a world has led to: the lists of a simulation, line by line, and what stands in each letter."""

    lists: dict[str, list[str]]
    facts: dict[str, dict[str, Any]]


def lived(world: Path, way: Way, folder: Path) -> Left:
    """Live through a world in an empty database and return what was written; nothing of it stays there."""
    with transaction.atomic(), wiring.housed_in(folder):
        simulate(world, *period_of(world), press=lambda: None, way=way)
        results.write_lists(folder)
        facts = {sent.letter_id: sent.letter.facts for sent in delivery.everything_issued()}
        transaction.set_rollback(True)
    lists = {name: (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() for name in LISTS}
    return Left(lists=lists, facts=facts)


@pytest.fixture(scope="module")
def by_files(
    world: Path, tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Left:
    """Return what the world leads to when it is fed as files."""
    with django_db_blocker.unblock():
        return lived(world, Files(), tmp_path_factory.mktemp("files"))


@pytest.mark.django_db
def test_over_rest_the_same_letters_are_written_as_by_files(world: Path, by_files: Left, tmp_path: Path) -> None:
    assert min(map(len, by_files.lists.values())) > 100
    assert lived(world, Rest(), tmp_path) == by_files


@pytest.mark.django_db
def test_as_gdv_records_the_same_letters_are_written_as_by_files(world: Path, by_files: Left, tmp_path: Path) -> None:
    as_records = lived(world, Gdv(tmp_path), tmp_path)
    assert as_records.lists == by_files.lists
    sayable = {letter for letter, facts in by_files.facts.items() if is_sayable(**facts["policyholder"])}
    assert len(sayable) > len(by_files.facts) / 2
    for letter, facts in by_files.facts.items():
        left_out = set() if letter in sayable else {"policyholder", "keeper"}
        assert without(as_records.facts[letter], left_out) == without(facts, left_out)


def is_sayable(*, name: str, street: str, **_: str) -> bool:
    """Tell whether GDV records can say it: letters of ISO 8859-1, as many as the fields hold."""
    fields = textwrap.wrap(name, LONGEST_FIELD, break_on_hyphens=False)
    fits = len(fields) <= 3 and " ".join(fields) == name and len(street) <= LONGEST_FIELD
    return fits and f"{name}{street}".encode("iso-8859-1", "replace").decode("iso-8859-1") == f"{name}{street}"


def without(facts: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """Return facts but for some of them: the keeper is named where he is not the policyholder."""
    return {name: fact for name, fact in facts.items() if name not in names}
