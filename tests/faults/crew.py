"""A crew of the product's own processes, as an operator runs them on several machines: killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil
import psycopg
from tests import databases
from tests.faults.houses import House
from tests.faults.workers import PATIENCE

from vermittlerpost.lib import clock

WEBS, WORKERS = ("web-1", "web-2"), ("work-1", "work-2", "work-3", "work-4")
_TURNED = Path(__file__).with_name("turned")
_SCRIPT = Path(sys.executable).with_name("vermittlerpost")
_SWEEPS = ["take_steps", "announce", "announce_news", "post", "render", "print_post", "watch_pickups"]
_NUDGE = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock)
    SELECT 'default', name, name FROM unnest(%s::text[]) AS sweep (name) ON CONFLICT DO NOTHING
"""
_NAMED = "ALTER TABLE procrastinate_workers ADD COLUMN name text DEFAULT current_setting('application_name')"
_ALIVE = "SELECT max(id) FROM procrastinate_workers GROUP BY name"
_AT_WORK = f"""
    SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' OR status = 'doing' AND worker_id IN ({_ALIVE})
"""
_LATEST = "SELECT coalesce(max(id), 0) FROM procrastinate_workers"
_HAS_COME = "SELECT count(*) > 0 FROM procrastinate_workers WHERE name = %s AND id > %s"
_DOING = """
    SELECT name FROM procrastinate_jobs JOIN procrastinate_workers ON procrastinate_workers.id = worker_id
    WHERE status = 'doing' AND task_name = %s
"""
_STOPPED = "SELECT application_name FROM pg_stat_activity WHERE datname = %s AND %s = ANY(pg_blocking_pids(pid))"


@dataclass(kw_only=True)
class Crew:
    """Two webs and four workers on one database, one folder and one clock, which is the test's to turn."""

    house: House
    line: "psycopg.Connection[Any]"
    settings: dict[str, str]
    ports: dict[str, int] = field(default_factory=lambda: {name: _free_port() for name in WEBS})
    processes: "dict[str, subprocess.Popen[bytes]]" = field(default_factory=dict)
    latest: dict[str, int] = field(default_factory=dict)
    """Who was the latest worker when one of them was started."""

    def turn(self, moment: str) -> None:
        """Let it be a moment, from which the clock goes on for everybody at once."""
        ahead = (datetime.fromisoformat(moment) - clock.now()).total_seconds()
        written = self._clock.with_suffix(".new")
        written.write_text(str(ahead))
        written.replace(self._clock)

    def start(self, *names: str) -> None:
        """Start processes, each in a session of its own as on a machine of its own."""
        for name in names:
            self.latest[name] = self.ask(_LATEST)[0][0]
            with (self.house.home / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    [_SCRIPT, "web" if name in WEBS else "work"],
                    env=self._environment(name), start_new_session=True, stdout=log, stderr=log,
                )  # fmt: skip

    def are_up(self, *names: str) -> bool:
        """Tell whether within a moment processes work or answer; one that ended meanwhile never will."""
        return all(comes(partial(self._is_up, name)) for name in names)

    def kill(self, name: str) -> None:
        """Kill a process with all its children, as a machine dies, and see them gone: no port is held any more."""
        process = self.processes[name]
        children = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        psutil.wait_procs(children, PATIENCE)

    def end(self) -> list[int]:
        """Ask everybody to end, and return how they did."""
        for process in self.processes.values():
            process.terminate()
        return [process.wait(PATIENCE) for process in self.processes.values()]

    def nudge(self) -> None:
        """Let the workers make their rounds now; in life the clock does that every minute."""
        self.line.execute(_NUDGE, [_SWEEPS])

    def rests(self) -> bool:
        """Tell whether within a moment nobody who is alive has anything in hand or before him."""
        return comes(lambda: self.ask(_AT_WORK) == [(0,)])

    def doing(self, sweep: str) -> set[str]:
        """Return who makes a round."""
        return {name for (name,) in self.ask(_DOING, sweep)}

    def speaking_with(self, port: int) -> set[str]:
        """Return the workers that hold a line to a port of this machine."""
        found = psutil.net_connections("tcp")
        pids = {one.pid for one in found if one.raddr and one.raddr.port == port}
        return {name for name in WORKERS if self.processes[name].pid in pids}

    @contextmanager
    def stopped_at(self, table: str) -> Iterator[Callable[[], set[str]]]:
        """Let nobody write to a table within the block; what is yielded tells who waits there, amid a transaction."""
        with self.house.estate.asked(self.house.name) as lock, lock.transaction():
            lock.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
            me = lock.info.backend_pid
            yield lambda: {name for (name,) in self.ask(_STOPPED, self.house.name, me)}

    def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database."""
        return self.line.execute(statement, values).fetchall()

    def _is_up(self, name: str) -> bool:
        assert self.processes[name].poll() is None, (self.house.home / f"{name}.log").read_text()
        if name in WORKERS:
            return self.ask(_HAS_COME, name, self.latest[name]) == [(True,)]
        with closing(HTTPConnection("127.0.0.1", self.ports[name], timeout=PATIENCE)) as line:
            try:
                line.request("GET", "/readyz")
            except ConnectionRefusedError:
                return False
            return line.getresponse().status == 200

    @property
    def _clock(self) -> Path:
        return self.house.home / "clock"

    def _environment(self, name: str) -> dict[str, str]:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("VERMITTLERPOST_")}
        own = {"VERMITTLERPOST_LISTEN": f"127.0.0.1:{self.ports[name]}"} if name in WEBS else {}
        return inherited | self.settings | own | {
            "DATABASE_URL": databases.url_of(self.house.name),
            "VERMITTLERPOST_HOME": str(self.house.home),
            "VERMITTLERPOST_WEB_WORKERS": "1",
            "VERMITTLERPOST_MERGE_WINDOW": "PT0S",
            "PGAPPNAME": name,
            "PYTHONPATH": os.pathsep.join([str(_TURNED), os.environ.get("PYTHONPATH", "")]),
            "TURNED_CLOCK": str(self._clock),
        }  # fmt: skip


@contextmanager
def crew(house: House, moment: str, **settings: str) -> Iterator[Crew]:
    """Let a crew work in a house, which is not to be used again, for the length of the block."""
    with house.estate.asked(house.name) as line:
        line.execute(_NAMED)
        made = Crew(house=house, line=line, settings=settings)
        made.turn(moment)
        try:
            made.start(*WEBS, *WORKERS)
            assert made.are_up(*WEBS, *WORKERS)
            yield made
        finally:
            for process in made.processes.values():
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()


def comes(answer: Callable[[], object], *, meanwhile: Callable[[], object] = bool) -> bool:
    """Tell whether something comes true within a moment, doing something again and again meanwhile."""
    end = time.monotonic() + PATIENCE
    while not answer():
        if time.monotonic() > end:
            return False
        meanwhile()
        time.sleep(0.02)
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
