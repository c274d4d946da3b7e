"""A fresh database: beside the real one and gone afterwards, or in the place of the demo's old one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections

from vermittlerpost.lib.embedded import server
from vermittlerpost.lib.embedded.base import DatabaseWrapper


@contextmanager
def database() -> Iterator[None]:
    """Let this process work on an empty database with all tables; the real one is not touched."""
    real = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"] = {
        **connection.settings_dict.get("TEST", {}),
        "NAME": f"scratch_{os.getpid()}",
    }
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(real, verbosity=0)


@contextmanager
def server_in(data: Path) -> Iterator[None]:
    """Let this process work on an empty embedded database of its own in a folder; the real one is not touched."""
    real = connections["default"]
    names = {"ENGINE": "vermittlerpost.lib.embedded", "NAME": "vermittlerpost", "DATA": data}
    connections["default"] = DatabaseWrapper({**real.settings_dict, **names}, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = real
        server.stop(data)


def empty_embedded() -> None:
    """Throw the embedded database of this home away and begin a new one."""
    connection.close()
    server.drop_database(Path(connection.settings_dict["DATA"]), connection.settings_dict["NAME"])
