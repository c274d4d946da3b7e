"""`serve`: portal and worker under one supervisor, which starts anew what dies and ends all together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pytest

SCRIPT = Path(sys.executable).with_name("vermittlerpost")
PATIENCE = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    settings = {
        "VERMITTLERPOST_HOME": str(tmp_path / "home"),
        "VERMITTLERPOST_LISTEN": f"127.0.0.1:{free_port()}",
        "VERMITTLERPOST_WEB_WORKERS": "1",
    }
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | settings


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([SCRIPT, "serve"], env=environment, stderr=subprocess.PIPE, text=True)
    family = psutil.Process(process.pid)
    yield process
    left = [*family.children(recursive=True), family] if process.poll() is None else []
    for one in left:
        one.kill()
    process.communicate(timeout=PATIENCE)


def wait_until(holds: Callable[[], object], what: str) -> None:
    for _ in range(PATIENCE * 10):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail(f"{what} did not come about within {PATIENCE} seconds")


def login_page(environment: dict[str, str]) -> str:
    try:
        with urlopen(f"http://{environment['VERMITTLERPOST_LISTEN']}/anmelden/", timeout=10) as response:
            return str(response.read().decode())
    except (URLError, ConnectionError, TimeoutError):
        return ""


def children_of(house: subprocess.Popen[str], word: str) -> list[psutil.Process]:
    """Return the supervisor's own living children whose command bears a word."""
    children = psutil.Process(house.pid).children()
    return [one for one in children if one.status() != psutil.STATUS_ZOMBIE and word in one.cmdline()]


@pytest.fixture
def house(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Return the supervisor of a house that has made itself an embedded database."""
    with serving(environment) as process:
        yield process


def test_what_is_killed_comes_back_and_all_end_together(
    house: subprocess.Popen[str], environment: dict[str, str]
) -> None:
    wait_until(lambda: login_page(environment), "the login page")
    assert "Benutzerkennung" in login_page(environment)

    [worker] = children_of(house, "work")
    worker.kill()
    wait_until(lambda: [one.pid for one in children_of(house, "work")] not in ([], [worker.pid]), "another worker")

    everybody = psutil.Process(house.pid).children(recursive=True)
    house.send_signal(signal.SIGTERM)
    _, errors = house.communicate(timeout=PATIENCE)
    assert house.returncode == 0
    assert "Arbeiter endete mit -9; Neustart in 0.5 s." in errors
    _, alive = psutil.wait_procs(everybody, timeout=10)
    assert [one.cmdline() for one in alive] == []
    assert login_page(environment) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_a_supervisor_that_is_killed_leaves_nobody_behind(environment: dict[str, str], database: str) -> None:
    with serving(environment | {"DATABASE_URL": database}) as house:
        wait_until(lambda: login_page(environment), "the login page")
        wait_until(lambda: children_of(house, "work"), "the worker")
        everybody = psutil.Process(house.pid).children(recursive=True)
        assert len(everybody) >= 3
        house.kill()
        _, alive = psutil.wait_procs(everybody, timeout=PATIENCE)
        assert [one.cmdline() for one in alive] == []


def test_a_port_that_is_taken_is_said_at_once(environment: dict[str, str], database: str) -> None:
    host, _, port = environment["VERMITTLERPOST_LISTEN"].partition(":")
    with socket.create_server((host, int(port))):
        finished = subprocess.run(
            [SCRIPT, "serve"],
            env=environment | {"DATABASE_URL": database},
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
    assert finished.returncode == 1
    assert "kann das Portal nicht angeboten werden" in finished.stderr


@pytest.mark.parametrize("listen", ["8000", "127.0.0.1:", "127.0.0.1:http", "a b:80"])
def test_an_address_that_is_none_is_named_as_a_setting(environment: dict[str, str], listen: str) -> None:
    finished = subprocess.run(
        [SCRIPT, "serve"],
        env=environment | {"VERMITTLERPOST_LISTEN": listen},
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert finished.returncode == 2
    assert "listen" in finished.stderr.lower()


def test_a_process_that_keeps_dying_is_given_up_aloud_and_takes_the_others_with_it(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from vermittlerpost.interfaces.ops import supervision\n"
        "supervision._FIRST_PAUSE = 0.01\n"
        "children = [\n"
        "    supervision.Child('Kurz', [sys.executable, '-c', 'raise SystemExit(3)'], {}),\n"
        "    supervision.Child('Lang', [sys.executable, '-c', 'import time; time.sleep(600)'], {}),\n"
        "]\n"
        "try:\n"
        "    supervision.supervise(children)\n"
        "except supervision.GivenUp as reason:\n"
        "    sys.exit(str(reason))\n"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert finished.returncode == 1
    assert "Kurz endet immer wieder (zuletzt mit 3); es wird aufgegeben." in finished.stderr
    assert finished.stderr.count("Neustart") == 5
