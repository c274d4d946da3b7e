"""Letters in an object store: the same bytes at every door, saved and restored, and a plain word when it is away."""

import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from tests import acts, cast
from tests.interfaces.letter_doors import bipro, desk, portal, rest, zipped
from tests.object_server import ObjectServer

from vermittlerpost.interfaces.ops import health, retention, rounds, scratch, wiring
from vermittlerpost.interfaces.ops.backup import making, restoring
from vermittlerpost.interfaces.ops.backup.making import NotEmpty
from vermittlerpost.interfaces.ops.backup.manifest import BackupDamaged
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock
from vermittlerpost.lib.extras import ExtraMissing
from vermittlerpost.lib.storage import Away, FolderStore, ObjectStore

NOON = f"{acts.REQUESTED} 12:00"
STORE = "Ablage der Schreiben"
AWAY = "http://127.0.0.1:9"


@pytest.fixture
def letter(bucket: str, stage: None) -> str:
    """Return a letter whose PDF lies in the bucket."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    with clock.turned_to(acts.moment(NOON)):
        assert rounds.render() == 1
    return acts.letter().id


@pytest.fixture
def set_to(settings: LazySettings) -> Callable[..., None]:
    def choose(**chosen: object) -> None:
        settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=chosen)

    return choose


def test_every_door_gives_the_bytes_that_lie_in_the_bucket(
    letter: str, bucket: str, objects: ObjectServer, home: Path
) -> None:
    with clock.turned_to(acts.moment("2026-02-17 09:00")):
        [key] = objects.keys(bucket)
        kept = objects.client().get_object(Bucket=bucket, Key=key)["Body"].read()
        given = [portal(letter).content, rest(letter).getvalue(), desk(letter).content, bipro(letter).pdf]
        archive = zipped(letter)
        assert [*given, archive.read(archive.namelist()[0])] == [kept] * 5
    assert key.startswith("haus/schreiben/")
    assert kept.startswith(b"%PDF")
    assert not (home / "letters").exists()


def test_every_door_says_plainly_that_the_bucket_is_away(letter: str, set_to: Callable[..., None]) -> None:
    set_to(s3_endpoint=AWAY)
    with clock.turned_to(acts.moment("2026-02-17 09:00")):
        page, problem, fault, message = portal(letter), rest(letter), bipro(letter), desk(letter)
        assert zipped(letter).namelist()[0].endswith(".txt")
    assert (page.status_code, page["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert "Das Schreiben ist nicht verloren" in page.content.decode()
    assert (problem.status_code, problem.json()["code"], problem["Retry-After"]) == (503, "unavailable", "5")
    assert (fault.status, fault.codes) == (500, ["00940"])
    assert "Die Dokumente sind gerade nicht erreichbar." in message.content.decode()


def test_machines_and_the_doctor_are_told_that_the_bucket_is_away(
    db: None, bucket: str, home: Path, set_to: Callable[..., None]
) -> None:
    def finding() -> health.Finding:
        return next(one for one in health.findings() if one.subject == STORE)

    assert (Client().get("/readyz").status_code, finding().is_ok) == (200, True)
    assert finding().sentence == f"s3://{bucket}/haus/schreiben/ nimmt und gibt."
    set_to(s3_endpoint=AWAY)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, [STORE])
    assert (finding().is_ok, "EndpointConnectionError" in finding().sentence) == (False, True)


def test_what_could_not_be_kept_is_rendered_once_the_bucket_is_back(
    bucket: str, stage: None, set_to: Callable[..., None], objects: ObjectServer
) -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    set_to(s3_endpoint=AWAY)
    with clock.turned_to(acts.moment(NOON)), pytest.raises(Away):
        rounds.render()
    assert (letters.to_render().count(), letters.stuck().count()) == (1, 0)
    set_to(s3_endpoint=objects.endpoint)
    with clock.turned_to(acts.moment(NOON) + timedelta(minutes=6)):
        assert rounds.render() == 1
    assert len(objects.keys(bucket)) == 1


def test_what_need_no_longer_be_kept_is_removed_from_the_bucket(
    letter: str, bucket: str, objects: ObjectServer
) -> None:
    acts.apply("A-1", "2026-02-20 10:00")
    with clock.turned_to(acts.moment("2033-01-01 12:00")):
        assert sum(retention.carry_out(retention.plan(None), by="operator")) == 1
    assert objects.keys(bucket) == []


def test_a_backup_holds_the_letters_of_the_bucket_and_restores_them_into_another(
    bucket: str,
    objects: ObjectServer,
    set_to: Callable[..., None],
    home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: Any,
) -> None:
    beside = tmp_path_factory.mktemp("saved")
    with django_db_blocker.unblock(), scratch.server_in(beside / "first"):
        call_command("migrate", verbosity=0)
        cast.enter()
        acts.confirm()
        acts.register()
        acts.mornings(acts.REQUESTED)
        with clock.turned_to(acts.moment(NOON)):
            rounds.render()
            made = making.make(beside / "backup")
        [key] = objects.keys(bucket)
        objects.client().delete_object(Bucket=bucket, Key=key)
        with pytest.raises(BackupDamaged, match="fehlt im Bestand"):
            making.make(beside / "again")
    other = objects.new_bucket()
    with django_db_blocker.unblock(), scratch.server_in(beside / "second"):
        objects.client().put_object(Bucket=bucket, Key="haus/schreiben/aa/fremd", Body=b"fremd")
        with pytest.raises(NotEmpty, match=bucket):
            restoring.restore(beside / "backup")
        set_to(s3_bucket=other)
        found = restoring.restore(beside / "backup")
        [name] = letters.kept_pdfs()
        assert wiring.letter_store().get(name).startswith(b"%PDF")
    assert (found.letters, made.letters, objects.keys(other)) == (1, 1, [key])
    shutil.rmtree(beside / "backup")


def test_a_rehearsal_and_a_simulation_touch_no_bucket(bucket: str, tmp_path: Path) -> None:
    with wiring.housed_in(tmp_path):
        assert isinstance(wiring.letter_store(), FolderStore)
    assert isinstance(wiring.letter_store(), ObjectStore)


def test_a_house_without_the_library_says_what_installs_it(
    db: None, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    monkeypatch.setitem(sys.modules, "botocore.exceptions", None)
    with pytest.raises(ExtraMissing, match=r"requirements/extras.txt \(vermittlerpost\[s3\]\)"):
        wiring.refuse_missing_extras()
    assert "vermittlerpost[s3]" in next(one for one in health.findings() if one.subject == STORE).sentence
