"""The operator's door: the real command in its own process."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("commands")  # what they share takes long to make

WORLD = Path("examples/world").resolve()
Finished = subprocess.CompletedProcess[str]
Command = Callable[..., Finished]


def command_in(home: Path, **house: str) -> Command:
    """Return a function that runs the command with its data in `home`, and an embedded database unless one is named."""

    def run(*arguments: str, **settings: str) -> Finished:
        inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment = {**inherited, "VERMITTLERPOST_HOME": str(home), **house, **settings}
        script = Path(sys.executable).with_name("vermittlerpost")
        return subprocess.run(
            [script, *arguments], env=environment, capture_output=True, text=True, timeout=240, check=False
        )

    return run


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory, database: str) -> Command:
    return command_in(tmp_path_factory.mktemp("home"), DATABASE_URL=database)


@pytest.fixture(scope="module")
def fed(command: Command) -> tuple[Command, list[dict[str, object]]]:
    """Return the command on a house into which the sample world was fed once, and what it said."""
    return command, json.loads(command("import", str(WORLD), "--json").stdout)


def test_feeding_names_every_file_with_its_counts_and_what_is_wrong_where(
    fed: tuple[Command, list[dict[str, object]]],
) -> None:
    _, reports = fed
    (agencies,) = [report for report in reports if report["file"] == "agencies.csv"]
    assert (agencies["accepted"], agencies["known"], agencies["refused"]) == (60, 0, 2)
    assert isinstance(agencies["remarks"], list)
    assert {"row", "column", "value", "rule"} <= set(agencies["remarks"][0])


def test_what_is_fed_twice_changes_nothing(fed: tuple[Command, list[dict[str, object]]]) -> None:
    command, first = fed
    again = command("import", str(WORLD), "--json")
    assert again.returncode == 3, "refused rows are reported to whoever called"
    for before, after in zip(first, json.loads(again.stdout), strict=True):
        assert after["refused"] == before["refused"], after["file"]
        assert after["accepted"] == 0, after["file"]


def test_a_file_that_is_not_there_is_said_in_one_sentence(fed: tuple[Command, list[dict[str, object]]]) -> None:
    command, _ = fed
    finished = command("import", "nirgends.csv")
    assert (finished.returncode, finished.stderr) == (1, "nirgends.csv gibt es nicht.\n")


def test_status_names_every_queue(fed: tuple[Command, list[dict[str, object]]]) -> None:
    command, _ = fed
    queues = {queue["queue"]: queue for queue in json.loads(command("status", "--json").stdout)}
    assert queues["Klärfälle"]["waiting"] == 10
    assert queues["fällige Schritte"]["stuck"] == 0


def test_a_slip_in_a_reference_is_noticed_before_anything_is_looked_up(
    fed: tuple[Command, list[dict[str, object]]],
) -> None:
    command, _ = fed
    finished = command("retry", "V-0000-0000-00001", "--reason", "Versuch")
    assert finished.returncode == 1
    assert "bitte die Schreibweise prüfen" in finished.stderr


def test_the_doctor_is_content_with_a_trial_and_not_with_trial_settings_in_production(command: Command) -> None:
    command("migrate")
    trial, production = command("doctor"), command("doctor", VERMITTLERPOST_ENVIRONMENT="production")
    assert trial.returncode == 0, trial.stdout
    assert production.returncode == 1
    for setting in ("SECRET_KEY", "MAIL_TRANSPORT", "BASE_URL", "OPERATOR", "IMPRINT", "MAIL_FROM"):
        assert f"VERMITTLERPOST_{setting}" in production.stdout


def test_trial_settings_refuse_to_work_as_production(command: Command) -> None:
    finished = command("status", VERMITTLERPOST_ENVIRONMENT="production")
    assert finished.returncode == 1
    assert "VERMITTLERPOST_SECRET_KEY" in finished.stderr


def test_a_setting_that_makes_no_sense_is_named(command: Command) -> None:
    finished = command("status", VERMITTLERPOST_SMTP_PORT="fünf")
    assert finished.returncode == 2
    assert "smtp_port" in finished.stderr


def test_the_worker_ends_when_nothing_waits_any_more(fed: tuple[Command, list[dict[str, object]]]) -> None:
    command, _ = fed
    assert command("work", "--until-idle").returncode == 0


def test_the_same_world_gives_the_same_files(tmp_path: Path) -> None:
    command = command_in(tmp_path / "home")
    outs = [tmp_path / "one", tmp_path / "two"]
    for out in outs:
        days = ["--from", "2026-02-23", "--until", "2026-03-13", "--out", str(out)]
        finished = command("simulate", str(WORLD), *days)
        assert finished.returncode == 0, finished.stderr
        assert "keine Warteschlange hält zurück" in finished.stdout
    contents = [{path.relative_to(out): path.read_bytes() for path in sorted(out.rglob("*.*"))} for out in outs]
    assert contents[0].keys() == contents[1].keys()
    assert [name for name in contents[0] if contents[0][name] != contents[1][name]] == []
    assert {path.parent.name for path in contents[0]} >= {"letters", "mails", "print"}
