"""A fresh database: beside the real one and gone afterwards, or in the place of the demo's old one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from vermittlerpost.lib.embedded import server


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


def empty_embedded() -> None:
    """Throw the embedded database of this home away and begin a new one."""
    connection.close()
    server.drop_database(Path(connection.settings_dict["DATA"]), connection.settings_dict["NAME"])
