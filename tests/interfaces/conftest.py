"""What tests of programs share: a database for processes of their own, which need neither make nor start it."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker
from tests import databases


@pytest.fixture(scope="module")
def database(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Return the address of a database with all tables, for the tests of one file."""
    with django_db_blocker.unblock(), databases.copy_of(databases.migrated()) as name:
        yield databases.url_of(name)
