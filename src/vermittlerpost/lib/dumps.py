"""Dump and restore a database with PostgreSQL's own programs: those of the wheel, or those of the machine."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from vermittlerpost.lib.embedded import server
from vermittlerpost.lib.errors import Refused


class ProgramMissing(Refused):
    """The machine has no pg_dump or pg_restore."""

    code = "program_missing"


class DumpFailed(Refused):
    """PostgreSQL's program says why it could not dump or restore."""

    code = "dump_failed"


def dump(file: Path, snapshot: str) -> None:
    """Write the database of this process into a file, as a transaction that exported this snapshot sees it."""
    _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-privileges", f"--file={file}")


def restore(file: Path) -> None:
    """Fill the database of this process, which must be empty, all or nothing."""
    name = str(connection.get_connection_params()["dbname"])
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    _run("pg_restore", *options, f"--dbname={name}", str(file))


def is_empty() -> bool:
    """Tell whether the database holds no table at all."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def _run(program: str, *arguments: str) -> None:
    try:
        subprocess.run(  # noqa: S603 (PostgreSQL's own program, arguments of our own)
            [_path_of(program), *arguments], env=_environment(), check=True, capture_output=True
        )
    except subprocess.CalledProcessError as error:
        says = error.stderr.decode(errors="replace").strip().splitlines() or ["ohne Angabe von Gründen"]
        raise DumpFailed("{program} scheiterte: {says}", program=program, says=says[0]) from error


def _path_of(program: str) -> str:
    if connection.settings_dict["ENGINE"] == "vermittlerpost.lib.embedded":
        return str(server.program(program))
    found = shutil.which(program)
    if found is None:
        raise ProgramMissing(
            "{program} fehlt auf dieser Maschine. Bitte die Programme zu PostgreSQL installieren, in der Version des"
            " Servers oder einer neueren.",
            program=program,
        )
    return found


def _environment() -> dict[str, str]:
    """Return where the database is, as PostgreSQL's programs read it; a password stands in no list of processes."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    found = connection.get_connection_params()
    return os.environ | {names[key]: str(value) for key, value in found.items() if key in names and value}
