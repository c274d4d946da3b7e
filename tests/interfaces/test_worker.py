"""The worker as an operator runs it: a process of its own that is nudged, finishes what it holds, and goes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from procrastinate.contrib.django import app

from vermittlerpost.interfaces.ops import tasks

WORLD = Path("examples/world").resolve()
SCRIPT = Path(sys.executable).with_name("vermittlerpost")
MASTERS = ["carriers.csv", "firms.csv", "agencies.csv", "users.csv", "preferences.csv"]
PATIENCE = 60


@pytest.fixture
def environment(tmp_path: Path, database: str) -> dict[str, str]:
    """Return a house of its own in which no mail waits for others."""
    own = {"VERMITTLERPOST_HOME": str(tmp_path / "home"), "DATABASE_URL": database}
    return os.environ | own | {"VERMITTLERPOST_MERGE_WINDOW": "PT0S"}


def feed(environment: dict[str, str], *names: str) -> None:
    files = [str(WORLD / name) for name in names]
    subprocess.run([SCRIPT, "import", *files], env=environment, capture_output=True, timeout=120, check=False)


@pytest.fixture
def worker(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    feed(environment, *MASTERS)
    process = subprocess.Popen([SCRIPT, "work"], env=environment, stderr=subprocess.DEVNULL)
    yield process
    if process.poll() is None:
        process.kill()
        process.wait(timeout=PATIENCE)


def wait_for_mails(folder: Path) -> list[Path]:
    for _ in range(PATIENCE * 10):
        if mails := sorted(folder.glob("*.eml")):
            return mails
        time.sleep(0.1)
    return []


def test_what_is_provided_is_mailed_by_a_worker_that_is_nudged_and_goes_when_asked(
    worker: subprocess.Popen[bytes], environment: dict[str, str]
) -> None:
    feed(environment, "documents.csv")
    mails = wait_for_mails(Path(environment["VERMITTLERPOST_HOME"]) / "mails")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=PATIENCE) == 0
    assert mails, "no mail within a minute"
    assert b"Auto-Submitted: auto-generated" in mails[0].read_bytes()


def test_every_sweep_is_made_by_the_clock_as_well_as_by_nudges() -> None:
    sweeps = {
        "beat", "take_steps", "announce", "announce_news", "post", "render", "print_post", "send_webhooks",
        "watch_pickups", "read_bounces", "forget_tokens", "forget_contents", "take_inbox", "forget_inbox",
        "bring_to_print_shop", "take_answers_of_print_shop", "watch_coverage",
    }  # fmt: skip
    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert sweeps <= set(app.tasks)
    assert {f"{name}_by_clock" for name in sweeps} | {"clean_up_stalled", "forget_old_jobs"} == periodic
    assert all(callable(getattr(tasks, name)) for name in sweeps)
