"""Houses: a database and a folder for files, copied in a moment from one that was furnished before."""

import itertools
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from tests.faults import world
from tests.faults.workers import Forge, Job, Task, Worker

_PATIENCE = 20.0


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where workers work: Django's settings of the database, and a folder of letters, print batches and mails."""

    forge: Forge
    home: Path
    database: Mapping[str, object]

    def start(self, *tasks: Task | str, clock: str = world.MORNING, **wishes: Any) -> Worker:
        """Start a worker on tasks; one without arguments is its name alone, for wishes see `Job`."""
        listed = [(task,) if isinstance(task, str) else task for task in tasks]
        job = Job(database=self.database, home=str(self.home), clock=clock, tasks=listed, **wishes)
        return self.forge.start(job)

    def do(self, *tasks: Task | str, clock: str = world.MORNING, **wishes: Any) -> list[Any]:
        """Let a worker do tasks, and return what each came to."""
        return self.start(*tasks, clock=clock, **wishes).results()


@dataclass(frozen=True, kw_only=True)
class Estate:
    """Where houses stand: a server of databases, a folder, and a forge of workers."""

    server: Mapping[str, Any]
    folder: Path
    forge: Forge
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @contextmanager
    def build(self) -> Iterator["House"]:
        """Return a house without so much as a table; gone after the block."""
        with self.built_like("template1") as house:
            house.home.mkdir()
            yield house

    @contextmanager
    def built_like(self, model: str) -> Iterator["House"]:
        """Return a house with the database of another one, in which nobody may be at work, but without its files."""
        name = f"faults_{os.getpid()}_{next(self.numbers)}"
        database = {"ENGINE": "django.db.backends.postgresql", "NAME": name} | {
            key.upper(): str(value) for key, value in self.server.items()
        }
        house = House(estate=self, name=name, forge=self.forge, home=self.folder / name, database=database)
        create, drop = sql.SQL("CREATE DATABASE {} TEMPLATE {}"), sql.SQL("DROP DATABASE {} WITH (FORCE)")
        with self.asked("postgres") as connection:
            connection.execute(create.format(sql.Identifier(name), sql.Identifier(model)))
        try:
            yield house
        finally:
            with self.asked("postgres") as connection:
                connection.execute(drop.format(sql.Identifier(name)))
            shutil.rmtree(house.home)

    @contextmanager
    def asked(self, database: str) -> Iterator["psycopg.Connection[Any]"]:
        """Ask a database, outside of every transaction."""
        with psycopg.connect(dbname=database, autocommit=True, **self.server) as connection:
            yield connection


@dataclass(frozen=True, kw_only=True)
class House(Place):
    """A place on an estate."""

    estate: Estate
    name: str

    @contextmanager
    def copy(self) -> Iterator["House"]:
        """Return a house that is furnished like this one, in which nobody may be at work; gone after the block."""
        with self.estate.built_like(self.name) as copied:
            shutil.copytree(self.home, copied.home)
            yield copied

    def cut_lines(self) -> None:
        """End every connection to the database from the server's side."""
        with self.estate.asked("postgres") as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [self.name]
            )

    def waits_for_lock(self) -> bool:
        """Tell whether within a moment some worker waits for what another one holds."""
        return self._comes("SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'")

    def is_quiet(self) -> bool:
        """Tell whether within a moment the server has noticed that its dead clients are gone, with all they held."""
        return self._comes("SELECT count(*) = 0 FROM pg_stat_activity WHERE datname = %s")

    def _comes(self, question: str) -> bool:
        end = time.monotonic() + _PATIENCE
        with self.estate.asked("postgres") as connection:
            while time.monotonic() < end:
                if (row := connection.execute(question, [self.name]).fetchone()) and row[0]:
                    return True
                time.sleep(0.005)
        return False
