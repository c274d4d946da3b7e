"""The tables of the database: made by themselves where it is embedded, by an operator's command elsewhere."""

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from vermittlerpost.lib.errors import Refused

_LOCK = 0x534348


class SchemaOutdated(Refused):
    """The database lacks tables or columns that this version needs."""

    code = "schema_outdated"


def is_current() -> bool:
    """Tell whether every migration has been applied, and the table that web processes share is there."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes()) and _has_shared_cache()


def _has_shared_cache() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [settings.CACHES["default"]["LOCATION"]])
        return bool((cursor.fetchone() or (False,))[0])


def applied() -> list[str]:
    """Return the migrations that the database has seen, as `room.0001_name`; none if it is empty."""
    return sorted(".".join(migration) for migration in MigrationRecorder(connection).applied_migrations())


def known() -> list[str]:
    """Return the migrations that this version knows."""
    return sorted(".".join(migration) for migration in MigrationLoader(None).disk_migrations)


def of_the_house() -> list[str]:
    """Return those of the known migrations that are our own, not a library's."""
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("vermittlerpost.")}
    return [migration for migration in known() if migration.split(".")[0] in ours]


def ensure() -> None:
    """Bring the embedded database up to date; refuses to work on another one that is not."""
    if is_current():
        return
    if connection.settings_dict["ENGINE"] != "vermittlerpost.lib.embedded":
        raise SchemaOutdated(
            "Die Tabellen der Datenbank sind nicht aktuell. Bitte zuerst `vermittlerpost migrate` ausführen."
        )
    migrate()


def migrate() -> None:
    """Apply what is missing; of several processes that try at once, one does and the others wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
