"""Backups: what is saved is proven when it is saved and when it is restored; nothing is restored over anything."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from tests import acts, cast

from vermittlerpost.interfaces.ops import rehearsal, rounds, schema, scratch, wiring
from vermittlerpost.interfaces.ops.backup import making, manifest, restoring
from vermittlerpost.interfaces.ops.backup.making import NotEmpty
from vermittlerpost.interfaces.ops.backup.manifest import BackupDamaged
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock

pytestmark = pytest.mark.xdist_group("backups")  # what they share takes long to make


@pytest.fixture(scope="module")
def saved(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: "pytest.FixtureRequest"
) -> Path:
    """Return the backup of a house in which one case was requested and another one waits, made outside of tests."""
    folder = tmp_path_factory.mktemp("house")
    with django_db_blocker.unblock(), wiring.housed_in(folder), scratch.server_in(folder / "database"):  # type: ignore[attr-defined]
        schema.migrate()
        cast.enter()
        acts.confirm()
        acts.confirm(acts.OTHER_EVB, agency=cast.MUENCHEN)
        acts.register()
        acts.mornings(acts.REQUESTED)
        acts.register("Z-2", "2026-02-16 09:00", evb=acts.OTHER_EVB, plate=acts.OTHER_PLATE, vin=acts.OTHER_VIN)
        with clock.turned_to(acts.moment(f"{acts.REQUESTED} 15:00")):
            rounds.render()
            making.make(folder / "backup")
    return folder / "backup"


@pytest.fixture
def copy(saved: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(saved, tmp_path / "copy"))


@pytest.fixture
def empty(tmp_path: Path, django_db_blocker: "pytest.FixtureRequest") -> Iterator[None]:
    home = tmp_path / "empty"
    with django_db_blocker.unblock(), wiring.housed_in(home), scratch.server_in(home / "database"):  # type: ignore[attr-defined]
        yield


def test_what_was_saved_is_there_again_and_proven(saved: Path, empty: None) -> None:
    found = restoring.restore(saved)
    assert (found.letters, found.is_current, found.made_at) == (1, True, acts.moment("2026-02-16 15:00"))
    assert found.entries == sum(length for _, length, _ in journal.heads()) > 10
    assert journal.broken_at(acts.intake_case("Z-1")) is None
    [name] = letters.kept_pdfs()
    assert wiring.letter_store().get(name).startswith(b"%PDF")


def test_no_backup_is_restored_over_anything(saved: Path, empty: None) -> None:
    restoring.restore(saved)
    with pytest.raises(NotEmpty, match="Datenbank ist nicht leer"):
        restoring.restore(saved)


def test_no_two_backups_share_a_folder(saved: Path) -> None:
    with pytest.raises(NotEmpty):
        making.make(saved)


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda folder: _flip(folder / manifest.DATABASE), "database.dump ist verändert"),
        (lambda folder: _flip(next((folder / "letters").rglob("??????????*"))), "ist verändert"),
        (lambda folder: (folder / manifest.HEADS).unlink(), "journal-heads.txt fehlt"),
        (lambda folder: (folder / "more.txt").write_text("x"), "more.txt gehört nicht dazu"),
        (lambda folder: (folder / manifest.NAME).unlink(), "keine vollständige Sicherung"),
    ],
)
def test_a_damaged_backup_is_refused_before_anything_is_touched(
    copy: Path, harm: Callable[[Path], object], says: str
) -> None:
    harm(copy)
    with pytest.raises(BackupDamaged, match=says):
        manifest.verify(copy)


def test_a_letter_that_is_missing_makes_a_backup_none(empty: None, saved: Path, tmp_path: Path) -> None:
    restoring.restore(saved)
    shutil.rmtree(settings.HOME / "letters")
    with pytest.raises(BackupDamaged, match="fehlt im Bestand"):
        making.make(tmp_path / "again")
    assert not (tmp_path / "again" / manifest.NAME).exists()


def test_a_rehearsal_lives_on_from_the_backup_and_finds_every_deadline_kept(
    saved: Path, django_db_blocker: "pytest.FixtureRequest"
) -> None:
    real = connections["default"]
    with django_db_blocker.unblock(), rehearsal.stage(saved) as found:  # type: ignore[attr-defined]
        report = rehearsal.live_through(found.made_at, date(2026, 4, 20))
    text = "\n".join(report.lines())
    assert connections["default"] is real
    assert report.faults == []
    assert "Probe vom 17.02.2026 bis 20.04.2026 (63 Läufe)" in text
    assert "keine Frist ging verloren" in text
    # Three steps were left to the first case, four to the second; the last of each writes no letter.
    assert sum(len(day.steps) for day in report.days) == 7
    assert sum(len(day.letters) for day in report.days) == 5
