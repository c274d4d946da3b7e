"""Houses: a database and a folder for files, copied in a moment from one that was furnished before."""

import itertools
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from tests.faults import contents, world
from tests.faults.contents import Contents
from tests.faults.workers import PATIENCE, Forge, Job, Task, Worker

_LINES = "pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"


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
    databases: list[str] = field(default_factory=list)
    vacant: LifoQueue["House"] = field(default_factory=LifoQueue)
    """Houses that were left in peace, with all tables and whatever rows; a new database would cost far more."""

    def build(self, *, like: str = "template1") -> "House":
        """Return a house with a new database, made like one at which nobody is at work, and no files."""
        name = f"faults_{os.getpid()}_{next(self.numbers)}"
        self._administer("CREATE DATABASE {} TEMPLATE {}", name, like)
        self.databases.append(name)
        database = {"ENGINE": "django.db.backends.postgresql", "NAME": name} | {
            key.upper(): str(value) for key, value in self.server.items()
        }
        house = House(estate=self, name=name, forge=self.forge, home=self.folder / name, database=database)
        house.home.mkdir()
        return house

    def clear(self) -> None:
        """Remove all databases."""
        for name in self.databases:
            self._administer("DROP DATABASE {} WITH (FORCE)", name)

    def _administer(self, statement: LiteralString, *databases: str) -> None:
        with self.asked("postgres") as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, databases)))

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

    @cached_property
    def contents(self) -> Contents:
        """Return what is in its database; it is looked at once, when nobody works here any more."""
        with self.estate.asked(self.name) as connection:
            return contents.taken_from(connection)

    @contextmanager
    def copy(self) -> Iterator["House"]:
        """Yield a house that is furnished like this one, in which nobody may work from now on; vacant after the block.

        One in which something went wrong is left alone, since somebody may still be at work there.
        """
        copied = self._vacant_or_new()
        copied.furnish(self.contents, self.home)
        yield copied
        copied.cut_lines()
        self.estate.vacant.put(replace(copied))  # … which knows nothing of the contents it had

    def furnish(self, rows: Contents, files: Path) -> None:
        """Let this house hold these rows and files, and nothing else."""
        with self.estate.asked(self.name) as connection:
            contents.put_into(connection, rows)
        shutil.rmtree(self.home)
        shutil.copytree(files, self.home)

    def _vacant_or_new(self) -> "House":
        try:
            return self.estate.vacant.get_nowait()
        except Empty:
            return self.estate.build(like=self.name)

    def cut_lines(self) -> None:
        """End every connection to the database from the server's side."""
        with self.estate.asked("postgres") as connection:
            connection.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM {_LINES}", [self.name])

    def waits_for_lock(self) -> bool:
        """Tell whether within a moment some worker waits for what another one holds."""
        return self._comes(f"SELECT count(*) > 0 FROM {_LINES} AND wait_event_type = 'Lock'")

    def is_quiet(self) -> bool:
        """Tell whether within a moment the server has noticed that its dead clients are gone, with all they held."""
        return self._comes(f"SELECT count(*) = 0 FROM {_LINES}")

    def _comes(self, question: str) -> bool:
        end = time.monotonic() + PATIENCE
        with self.estate.asked("postgres") as connection:
            while time.monotonic() < end:
                if (row := connection.execute(question, [self.name]).fetchone()) and row[0]:
                    return True
                time.sleep(0.005)
        return False
