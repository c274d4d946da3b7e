"""The embedded PostgreSQL: shared from its first instant, and whatever is killed, what was committed is there."""

import os
import signal
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest
from tests.faults import world
from tests.faults.account import Account
from tests.faults.deaths import STAGES
from tests.faults.houses import Place
from tests.faults.workers import PATIENCE, Forge, sql

SERVER = sql("SELECT pg_postmaster_start_time()::text, current_database()")
DURABLE = sql(
    "SELECT current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit')"
)
SLOW_ONCE = "test -e {flag} || (touch {flag}; sleep 12); false"
BURIED, DEAD = "", psutil.STATUS_ZOMBIE
GONE = (BURIED, DEAD)


@dataclass(frozen=True, kw_only=True)
class OwnServer(Place):
    """An embedded server in a home of its own."""

    @property
    def process(self) -> int:
        """Return the process id of the server, 0 if there is none."""
        file = self.home / "database" / "postmaster.pid"
        process = int(file.read_text().split("\n", 1)[0] or 0) if file.exists() else 0
        return process if process and condition(process) not in GONE else 0

    def kill(self, *, until: Collection[str]) -> None:
        """Kill the server, and wait until it is gone in one of several ways."""
        killed = self.process
        os.kill(killed, signal.SIGKILL)
        assert comes(lambda: condition(killed) in until)

    def stops(self) -> bool:
        """Tell whether the server stops within a moment."""
        return comes(lambda: not self.process)


def condition(process: int) -> str:
    """Return in which condition a process is."""
    try:
        return str(psutil.Process(process).status())
    except psutil.NoSuchProcess:
        return BURIED


def comes(answer: Callable[[], bool]) -> bool:
    """Tell whether something comes true within a moment."""
    end = time.monotonic() + PATIENCE
    while not answer():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture
def server(smithy: Forge) -> Iterator[OwnServer]:
    """Return an embedded server that nobody has started yet; it ends with the test."""
    # Not in pytest's folder, which every session locks anew for other users; the server is one.
    with TemporaryDirectory(prefix="vermittlerpost-server-", ignore_cleanup_errors=True) as folder:
        database = {"ENGINE": "vermittlerpost.lib.embedded", "NAME": "vermittlerpost", "DATA": f"{folder}/database"}
        own = OwnServer(forge=smithy, home=Path(folder), database=database)
        yield own
        smithy.dismiss()
        if process := own.process:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGINT)
            own.stops()


def test_processes_that_start_at_the_same_instant_share_one_server_and_one_database(server: OwnServer) -> None:
    starts_at = time.monotonic() + 0.2
    workers = [
        server.start(SERVER, SERVER, starts_at=starts_at, hold_at="before SQL SELECT", holds_after=1) for _ in range(4)
    ]
    for worker in workers:
        worker.held()
    for worker in workers:
        worker.go_on()
    answers = {str(answer) for worker in workers for answer in worker.results()}
    assert len(answers) == 1
    assert "vermittlerpost" in answers.pop()
    assert server.stops(), "It should end with the last process that uses it."


def test_a_server_that_is_killed_amid_a_sweep_keeps_what_was_committed_and_the_sweep_goes_on(
    server: OwnServer, tmp_path: Path
) -> None:
    files = [
        *world.masters(tmp_path),
        *world.registrations(tmp_path, range(1, 5), agency=world.ELECTRONIC, received_at=world.LATELY),
    ]
    steps = sql("SELECT count(*) FROM letters_letter")
    server.do("migrate", *[("feed", file) for file in files], clock=world.LATELY)
    sweep = server.start(
        "take_steps",
        "take_steps",
        *STAGES,
        "account",
        survives=True,
        limits={"_BATCH": 2},
        hold_at="before COMMIT",
        holds_after=1,
    )
    sweep.held()
    server.kill(until=[BURIED])
    assert server.do(steps, DURABLE) == [[[2]], [["on", "on", "on"]]]
    sweep.go_on()
    lost, taken, *_, account = sweep.results()
    assert str(lost).startswith("OperationalError")
    assert taken == 2
    assert_is_whole(account)


def assert_is_whole(account: Account) -> None:
    assert {state for _, state, *_ in account["cases"]} == {"requested"}
    assert len(account["letters"]) == 4
    assert [trouble for _, _, trouble in account["pdfs"]] == [""] * 4
    assert account["broken_chains"] == []


def test_a_worker_whose_server_was_killed_starts_it_again(server: OwnServer) -> None:
    worker = server.start(
        sql("CREATE TABLE kept (fact text)"),
        sql("INSERT INTO kept VALUES ('committed')"),
        sql("SELECT fact FROM kept"),
        sql("SELECT fact FROM kept"),
        survives=True,
        hold_at="before SQL SELECT fact",
    )
    worker.held()
    server.kill(until=[BURIED])
    worker.go_on()
    *_, lost, found = worker.results()
    assert str(lost).startswith("OperationalError")
    assert found == [["committed"]]


def test_a_server_that_is_dead_but_was_never_buried_is_started_again(server: OwnServer) -> None:
    """In a container whose first process looks after nobody, a killed server stays in the table of processes."""
    first = server.start(("adopt_orphans",), SERVER, SERVER, hold_at="before SQL SELECT", holds_after=1)
    first.held()
    server.kill(until=[DEAD])
    (after,) = server.do(SERVER)
    first.hang_up()
    assert after[0][1] == "vermittlerpost"


def test_a_server_that_takes_long_to_recover_is_waited_for_by_everybody(server: OwnServer) -> None:
    """As with a long log to read again: this one asks for a log that takes twelve seconds not to be there."""
    server.do(SERVER)
    assert server.stops()
    data = server.home / "database"
    data.joinpath("postgresql.auto.conf").write_text(f"restore_command = '{SLOW_ONCE.format(flag=data / 'asked')}'\n")
    data.joinpath("recovery.signal").touch()
    early = server.start(SERVER, hold_at="before asking for the server")
    early.held()
    starting = server.start(SERVER, hold_at="before SQL SELECT pg_postmaster")
    assert comes(lambda: bool(server.process))
    early.go_on()  # it saw no server, and now finds one that is not ready
    late = server.start(SERVER)
    starting.held()
    starting.go_on()
    answers = [worker.results() for worker in (early, late, starting)]
    assert [database for (((_, database),),) in answers] == ["vermittlerpost"] * 3
    assert data.joinpath("asked").exists()
    assert not data.joinpath("recovery.signal").exists()


def test_a_killed_process_does_not_take_the_server_along_and_does_not_keep_it_alive(server: OwnServer) -> None:
    survivor = server.start(SERVER, SERVER, hold_at="before SQL SELECT pg_postmaster", holds_after=1)
    survivor.held()
    killed = server.start(SERVER, hold_at="before SQL SELECT pg_postmaster")
    killed.held()
    os.kill(killed.pid, signal.SIGKILL)
    assert killed.is_gone()
    survivor.go_on()
    first, second = survivor.results()
    assert first == second
    assert server.stops(), "It should end with the last process that uses it."
