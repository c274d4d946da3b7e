"""The engine that Django loads: PostgreSQL as ever, but the server is found or started first."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from vermittlerpost.lib.embedded import server


class DatabaseWrapper(base.DatabaseWrapper):
    """Connect to the embedded server; `DATA` in the settings is its folder."""

    def get_connection_params(self) -> dict[str, Any]:
        """Start the server, make the database, and say where both are."""
        data, name = Path(self.settings_dict["DATA"]), self.settings_dict["NAME"]
        if name:
            server.create_database(data, name)
        return super().get_connection_params() | server.address(data)
